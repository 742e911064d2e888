import {
    click,
    contains,
    insertText,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {queryAll, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {onRpc, serverState} from "@web/../tests/web_test_helpers";
import {
    createMessage,
    createTicket,
    defineSocialModels,
    part,
    pass,
    received,
} from "../social_test_helpers";

defineSocialModels();

const SIGNS = {read: true, typing: true};

async function show(parts, {info = {signs: SIGNS}, ...values} = {}) {
    for (const name of ["social_seen", "social_typing"]) {
        onRpc("helpdesk.ticket", name, () => {
            expect.step(name);
            return true;
        });
    }
    const pyEnv = await startServer();
    const ticketId = createTicket(pyEnv, info);
    createMessage(pyEnv, ticketId, parts, {
        author_id: serverState.partnerId,
        ...values,
    });
    await start();
    await openFormView("helpdesk.ticket", ticketId);
    await contains(".o-mail-Message");
    await animationFrame();
}

test("an opened ticket tells the customer that his message was read", async () => {
    await show([received()]);
    await expect.waitForSteps(["social_seen"]);
});

test("not again when the customer knows", async () => {
    await show([received({state: "read"})]);
    expect.verifySteps([]);
});

test("not where it cannot be shown", async () => {
    await show([received()], {info: {signs: {read: false, typing: false}}});
    await click("button", {text: "Send message"});
    await insertText(".o-mail-Composer-input", "One moment");
    expect.verifySteps([]);
});

test("who writes an answer is seen typing, now and then", async () => {
    await show([received({state: "read"})]);
    await click("button", {text: "Send message"});
    await insertText(".o-mail-Composer-input", "One");
    await expect.waitForSteps(["social_typing"]);
    await insertText(".o-mail-Composer-input", " moment");
    expect.verifySteps([]);
    await pass(9000);
    await insertText(".o-mail-Composer-input", " please");
    await expect.waitForSteps(["social_typing"]);
});

test("nobody sees a note being written", async () => {
    await show([received({state: "read"})]);
    await click("button", {text: "Log note"});
    await insertText(".o-mail-Composer-input", "A difficult one");
    expect.verifySteps([]);
});

/** What the message's menu offers of the two. */
async function offered(values) {
    await show([part(values)]);
    await click(".o-mail-Message [title='Expand']");
    await contains(".o-dropdown-item", {text: "Copy Link"});
    return ["Edit", "Delete"].filter(
        (name) =>
            queryAll(`.o-mail-Message [title='${name}']`).length ||
            queryAllTexts(".o-dropdown-item").includes(name)
    );
}

test("what left stays as it is where the channel cannot change it", async () => {
    expect(await offered({})).toEqual([]);
});

test("it is changed where the channel can do that only", async () => {
    expect(await offered({can_edit: true})).toEqual(["Edit"]);
});

test("it is taken back where the channel can do that only", async () => {
    expect(await offered({can_unsend: true})).toEqual(["Delete"]);
});

test("an answer is edited without the quote above it", async () => {
    await show([part({can_edit: true, can_unsend: true})], {
        body: `<div class="o_social_quote">The customer's words</div><p>Restart it</p>`,
    });
    await click(".o-mail-Message [title='Edit']");
    await contains(".o-mail-Message .o-mail-Composer-input", {value: "Restart it"});
});
