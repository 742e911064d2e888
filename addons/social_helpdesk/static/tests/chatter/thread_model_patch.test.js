import {
    contains,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {getService} from "@web/../tests/web_test_helpers";
import {
    createMessage,
    createTicket,
    defineSocialModels,
    received,
} from "../social_test_helpers";

defineSocialModels();

async function openWith(count) {
    const pyEnv = await startServer();
    const ticketId = createTicket(pyEnv);
    const add = (n) =>
        Array.from({length: n}, (_, i) =>
            createMessage(pyEnv, ticketId, [received()], {body: `Message ${i}`})
        );
    add(count);
    await start();
    await openFormView("helpdesk.ticket", ticketId);
    await contains(".o-mail-Message", {count: Math.min(count, 30)});
    const thread = getService("mail.store").Thread.get({
        model: "helpdesk.ticket",
        id: ticketId,
    });
    return {add, pyEnv, thread};
}

test("new messages come once", async () => {
    const {add, thread} = await openWith(2);
    add(1);
    await Promise.all([thread.refreshMessages(), thread.refreshMessages()]);
    await contains(".o-mail-Message", {count: 3});
    expect(thread.messages).toHaveLength(3);
});

test("more than a page of news leaves no hole", async () => {
    const {add, thread} = await openWith(2);
    const newest = add(45).at(-1);
    await thread.refreshMessages();
    expect(thread.messages.at(-1).id).toBe(newest);
    const ids = thread.messages.map(({id}) => id);
    expect(ids).toEqual(ids.map((_, index) => ids[0] + index));
    expect(thread.loadOlder).toBe(true);
});

test("while an old place is shown, nothing is appended to it", async () => {
    const {add, thread} = await openWith(2);
    thread.loadNewer = true;
    add(1);
    await thread.refreshMessages();
    expect(thread.messages).toHaveLength(2);
});

test("lines of another ticket come in their place, and go again", async () => {
    const {add, pyEnv, thread} = await openWith(2);
    const other = createTicket(pyEnv);
    const early = thread.messages[0].id;
    const [line] = add(1);
    add(1);
    pyEnv["mail.message"].write([line], {res_id: other});
    await thread.refreshMessages();
    expect(thread.messages.map(({id}) => id)).not.toInclude(line);
    await contains(".o-mail-Message", {count: 3});

    pyEnv["mail.message"].write([line], {res_id: thread.id});
    await thread.refreshMessages();
    expect(thread.messages.map(({id}) => id)).toEqual([
        early,
        early + 1,
        line,
        line + 1,
    ]);

    pyEnv["mail.message"].write([early, line], {res_id: other});
    await thread.refreshMessages();
    expect(thread.messages.map(({id}) => id)).toEqual([early + 1, line + 1]);
    await contains(".o-mail-Message", {count: 2});
});

test("what is written while the list is asked for stays", async () => {
    const {add, thread} = await openWith(2);
    const before = thread.messages.map(({id}) => id);
    const [late] = add(1);
    await thread.refreshMessages();
    thread.showMessages(before, before);
    expect(thread.messages.map(({id}) => id)).toEqual([...before, late]);
});

test("a ticket that gave all of its lines away is empty", async () => {
    const {thread} = await openWith(2);
    const ids = thread.messages.map(({id}) => id);
    thread.showMessages([], ids, true);
    expect(thread.messages).toHaveLength(0);
});
