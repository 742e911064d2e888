import {
    click,
    contains,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {getService, onRpc} from "@web/../tests/web_test_helpers";
import {
    createMessage,
    createSomebody,
    createTicket,
    defineModerationModels,
} from "../moderation_test_helpers";

defineModerationModels();
describe.current.tags("desktop");

const COVERED = "<p>The password is ███</p>";
const UNCOVERED = "<p>The password is <b>Xk92!foo</b></p>";
const INFO = {
    labels: [
        {name: "Insults", color: 2, severity: 1},
        {name: "Passwords and keys", color: 6, severity: 2},
        {name: "Passwords and keys", color: 6, severity: 4},
    ],
    covered: true,
};

async function show(info, body = COVERED) {
    const pyEnv = await startServer();
    const ticketId = createTicket(pyEnv);
    const id = createMessage(pyEnv, ticketId, {
        author_id: createSomebody(pyEnv),
        body,
        moderation_info: info,
    });
    onRpc("mail.message", "moderation_reveal", ({args}) => {
        expect.step(args);
        return UNCOVERED;
    });
    await start();
    await openFormView("helpdesk.ticket", ticketId);
    await contains(".o-mail-Message");
    return {pyEnv, id, ticketId};
}

/** What the server sends when the ticket is fetched again. */
function fetchAgain(id, body) {
    getService("mail.store").insert({"mail.message": [{id, body: ["markup", body]}]});
}

test("each label once, the worst first", async () => {
    await show(INFO);
    await contains(".o_moderation_labels li", {count: 2});
    expect(queryAllTexts(".o_moderation_labels li")).toEqual([
        "Passwords and keys",
        "Insults",
    ]);
    await contains("li.o_tag_color_6 [aria-label=Serious]");
    await contains("li.o_tag_color_2 [aria-label=Serious]", {count: 0});
});

for (const info of [false, {}, {labels: [], covered: false}]) {
    test(`nothing to say: ${JSON.stringify(info)}`, async () => {
        await show(info);
        await contains(".o_moderation_labels", {count: 0});
        await contains(".o_moderation_uncover", {count: 0});
    });
}

test("a label without a secret covers nothing", async () => {
    await show({...INFO, covered: false});
    await contains(".o_moderation_labels");
    await contains(".o_moderation_uncover", {count: 0});
});

test("what is covered is shown when somebody asks, and covered again", async () => {
    const {id} = await show(INFO);
    await contains(".o-mail-Message-body", {text: "The password is ███"});
    await click("button", {text: "Show the hidden data"});
    await contains(".o-mail-Message-body b", {text: "Xk92!foo"});
    expect.verifySteps([[[id]]]);
    await click("button", {text: "Hide again"});
    await contains(".o-mail-Message-body", {text: "The password is ███"});
    await contains("button", {text: "Show the hidden data"});
});

test("it stays uncovered while the ticket is fetched again", async () => {
    const {id} = await show(INFO);
    await click("button", {text: "Show the hidden data"});
    await contains(".o-mail-Message-body b");
    expect.verifySteps([[[id]]]);
    fetchAgain(id, COVERED);
    await contains(".o-mail-Message-body b", {text: "Xk92!foo"});
    await click("button", {text: "Hide again"});
    await contains(".o-mail-Message-body", {text: "The password is ███"});
});

test("another text of it is covered", async () => {
    const {id} = await show(INFO);
    await click("button", {text: "Show the hidden data"});
    await contains(".o-mail-Message-body b");
    expect.verifySteps([[[id]]]);
    fetchAgain(id, "<p>Never mind ███</p>");
    await contains(".o-mail-Message-body", {text: "Never mind ███"});
    await contains("button", {text: "Show the hidden data"});
});
