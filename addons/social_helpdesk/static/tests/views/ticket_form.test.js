import {
    click,
    contains,
    insertText,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryValue} from "@odoo/hoot-dom";
import {onRpc} from "@web/../tests/web_test_helpers";
import {
    announce,
    createMessage,
    createTicket,
    defineSocialModels,
    inHours,
    part,
    pass,
    received,
    socialInfo,
} from "../social_test_helpers";

describe.current.tags("desktop");
defineSocialModels();

async function openTicket(info) {
    const pyEnv = await startServer();
    const id = createTicket(pyEnv, info);
    await start();
    await openFormView("helpdesk.ticket", id);
    await contains(".o-mail-Chatter");
    return {pyEnv, id};
}

test("the open ticket follows what happens to it", async () => {
    const {pyEnv, id} = await openTicket();
    pyEnv["helpdesk.ticket"].write([id], {name: "Solved by itself"});
    announce(id);
    await contains("[name=name] input", {value: "Solved by itself"});
});

test("what is typed survives, and the reply window is fresh all the same", async () => {
    const {pyEnv, id} = await openTicket({window_ends_at: false});
    await click("button", {text: "Send message"});
    await contains(".o_social_closed");
    await insertText("[name=name] input", "Half a word", {replace: true});
    pyEnv["helpdesk.ticket"].write([id], {
        name: "Somebody else's",
        social_info: socialInfo({window_ends_at: inHours(24)}),
    });
    announce(id);
    await contains(".o_social_closed", {count: 0});
    expect(queryValue("[name=name] input")).toBe("Half a word");
});

test("what is typed into the composer survives, too", async () => {
    const {pyEnv, id} = await openTicket();
    await click("button", {text: "Send message"});
    await insertText(".o-mail-Composer-input", "Dear Ma");
    createMessage(pyEnv, id, [received()], {body: "<p>Hello?</p>"});
    announce(id);
    await contains(".o-mail-Message", {text: "Hello?"});
    await contains(".o-mail-Composer-input", {value: "Dear Ma"});
});

test("ticks of messages that are already there move on", async () => {
    const pyEnv = await startServer();
    const id = createTicket(pyEnv);
    const messageId = createMessage(pyEnv, id, [part({state: "sent"})]);
    await start();
    await openFormView("helpdesk.ticket", id);
    await contains(".o_social_delivery[data-state=sent]");
    pyEnv["mail.message"].write([messageId], {
        social_info: [part({state: "read"})],
        body: "<p>Edited</p>",
    });
    announce(id);
    await contains(".o_social_delivery[data-state=read]");
    await contains(".o-mail-Message", {text: "Edited"});
});

test("nobody announces that an answer stays away: the page asks", async () => {
    const pyEnv = await startServer();
    const id = createTicket(pyEnv);
    const messageId = createMessage(pyEnv, id, [part({state: "sending"})]);
    await start();
    await openFormView("helpdesk.ticket", id);
    await contains(".o_social_delivery[data-state=sending]");
    pyEnv["mail.message"].write([messageId], {
        social_info: [part({state: "sending", unconfirmed: true})],
    });
    await pass(31000);
    await contains(".o_social_delivery[data-state=unconfirmed]");
});

test("other tickets do not concern this one", async () => {
    const {id} = await openTicket();
    onRpc("helpdesk.ticket", "web_read", () => expect.step("read"));
    announce(id + 1);
    await pass(1000);
    expect.verifySteps([]);
});
