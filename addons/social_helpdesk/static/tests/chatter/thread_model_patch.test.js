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
    return {add, thread};
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
