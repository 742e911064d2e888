import {
    click,
    contains,
    insertText,
    onRpcBefore,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {mockService} from "@web/../tests/web_test_helpers";
import {
    createMessage,
    createTicket,
    defineSocialModels,
    received,
} from "../social_test_helpers";

defineSocialModels();

async function show(parts = [received({id: 41})], info = {}) {
    const pyEnv = await startServer();
    const ticketId = createTicket(pyEnv, info);
    const messageId = createMessage(pyEnv, ticketId, parts);
    await start();
    await openFormView("helpdesk.ticket", ticketId);
    await contains(".o-mail-Message");
    return messageId;
}

test("Reply quotes the message and writes to the customer", async () => {
    const messageId = await show();
    onRpcBefore("/mail/message/post", ({post_data}) =>
        expect.step([post_data.parent_id, post_data.subtype_xmlid].join())
    );
    await click(".o-mail-Message [title='Reply']");
    await contains(".o_social_recipient");
    await contains(".o_social_quoted", {text: "Good morning"});
    await insertText(".o-mail-Composer-input", "Good morning to you");
    await click(".o-mail-Composer-send:enabled");
    await contains(".o-mail-Message", {text: "Good morning to you"});
    expect.verifySteps([`${messageId},mail.mt_comment`]);
});

test("pressing Reply again takes it back", async () => {
    await show();
    await click(".o-mail-Message [title='Reply']");
    await contains(".o_social_quoted");
    await click(".o-mail-Message [title='Reply']");
    await contains(".o_social_quoted", {count: 0});
});

test("a note does not quote", async () => {
    await show();
    await click(".o-mail-Message [title='Reply']");
    await contains(".o-mail-Composer-coreHeader [title='Stop replying']");
    await click("button", {text: "Log note"});
    await contains(".o_social_note");
    await contains(".o-mail-Composer-coreHeader [title='Stop replying']", {count: 0});
});

test("what did not come over a channel is not quoted there", async () => {
    await show(false);
    await contains(".o-mail-Message [title='Reply']", {count: 0});
});

test("the message as it was received is one click away", async () => {
    mockService("action", {
        doActionButton: ({name, resModel, resId}) =>
            expect.step([name, resModel, resId].join()),
    });
    await show();
    await click(".o-mail-Message [title='Expand']");
    await click(".o-mail-Message-moreMenu [name=social-show-raw]");
    expect.verifySteps(["action_show_raw,helpdesk.social.message,41"]);
});
