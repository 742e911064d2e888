import {
    click,
    contains,
    insertText,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {press, queryFirst} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {makeServerError, onRpc} from "@web/../tests/web_test_helpers";
import {
    advice,
    CPF,
    createMessage,
    createTicket,
    defineModerationModels,
    gateError,
    refusal,
} from "../moderation_test_helpers";

defineModerationModels();

const TEXT = `My CPF is ${CPF}`;
const INPUT = ".o-mail-Chatter-top .o-mail-Composer-input";

/** The gate stops what is sent once with each of these. */
function stop(route, errors) {
    onRpc(route, async (request) => {
        const {params} = await request.json();
        const {body} = params.post_data || params.update_data;
        const insists = Boolean(params.moderation_insist);
        expect.step(`${body.replace(/<[^>]+>/g, "")}${insists ? ", insisting" : ""}`);
        const error = errors.shift();
        if (error) {
            throw error;
        }
    });
}

async function write(...errors) {
    const pyEnv = await startServer();
    const ticketId = createTicket(pyEnv);
    stop("/mail/message/post", errors);
    await start();
    await openFormView("helpdesk.ticket", ticketId);
    await click("button", {text: "Send message"});
    await insertText(INPUT, TEXT);
    await click(".o-mail-Composer-send:enabled");
}

test("he sees what was found, why, and what he can do", async () => {
    await write(gateError());
    await contains(".o_moderation_coach mark", {text: CPF});
    await contains("p", {text: "Nothing was sent yet. Your text is safe here."});
    await contains("li", {text: "The text contains a CPF."});
    await contains("li", {text: "Remove the CPF and send it again."});
    await contains(".o_moderation_masked", {text: "My CPF is ███"});
    await contains("button", {text: "Mask and send"});
    await contains("button", {text: "Change the text"});
    await contains("button", {text: "Send all the same: a moderator looks at it"});
    await contains(".o-mail-Message", {count: 0});
    expect.verifySteps([TEXT]);
});

test("a dialog for everybody: names, focus, and Tab that stays", async () => {
    await write(gateError());
    await contains(".o_moderation_coach");
    const modal = queryFirst(".modal");
    expect(modal).toHaveAttribute("aria-modal", "true");
    const read = (name) =>
        document.getElementById(modal.getAttribute(name)).textContent;
    expect(read("aria-labelledby")).toInclude("Please look at it once more");
    expect(read("aria-describedby")).toInclude("The text contains a CPF.");
    expect("button:contains(Change the text)").toBeFocused();
    await press("Tab");
    expect("button:contains(Send all the same)").toBeFocused();
    await press("Tab");
    expect(".modal-body [tabindex='0']:first").toBeFocused();
    await press(["shift", "Tab"]);
    expect("button:contains(Send all the same)").toBeFocused();
    expect.verifySteps([TEXT]);
});

test("masked and sent with one click", async () => {
    await write(gateError());
    await click("button", {text: "Mask and send"});
    await contains(".o-mail-Message-body", {text: "My CPF is ███"});
    await contains(".o_moderation_coach", {count: 0});
    expect.verifySteps([TEXT, "My CPF is ███"]);
});

test("back to the text, with what was found selected", async () => {
    await write(gateError());
    await click("button", {text: "Change the text"});
    await contains(".o_moderation_coach", {count: 0});
    await contains(INPUT, {value: TEXT});
    expect(INPUT).toBeFocused();
    const input = queryFirst(INPUT);
    expect(input.selectionStart).toBe(TEXT.indexOf(CPF));
    expect(input.selectionEnd).toBe(TEXT.length);
    expect(input.readOnly).toBe(false);
    await insertText(INPUT, "My problem", {replace: true});
    await click(".o-mail-Composer-send:enabled");
    await contains(".o-mail-Message-body", {text: "My problem"});
    expect.verifySteps([TEXT, "My problem"]);
});

test("Escape goes back as well", async () => {
    await write(gateError());
    await contains(".o_moderation_coach");
    await press("Escape");
    await contains(".o_moderation_coach", {count: 0});
    await contains(INPUT, {value: TEXT});
    expect.verifySteps([TEXT]);
});

test("he insists", async () => {
    await write(gateError());
    await click("button", {text: "Send all the same: a moderator looks at it"});
    await contains(".o-mail-Message-body", {text: TEXT});
    expect.verifySteps([TEXT, `${TEXT}, insisting`]);
});

test("the next message insists on nothing", async () => {
    await write(gateError());
    await click("button", {text: "Send all the same: a moderator looks at it"});
    await contains(".o-mail-Message-body", {text: TEXT});
    await click("button", {text: "Send message"});
    await insertText(INPUT, "Thanks");
    await click(".o-mail-Composer-send:enabled");
    await contains(".o-mail-Message-body", {text: "Thanks"});
    expect.verifySteps([TEXT, `${TEXT}, insisting`, "Thanks"]);
});

test("what is masked is judged again", async () => {
    await write(gateError(), gateError(refusal({parts: [], findings: []})));
    await click("button", {text: "Mask and send"});
    await contains(".modal-title", {text: "This cannot be sent as it is"});
    await click("button", {text: "Change the text"});
    await contains(INPUT, {value: TEXT});
    expect.verifySteps([TEXT, "My CPF is ███"]);
});

test("a refusal offers to change the text alone", async () => {
    await write(gateError(refusal()));
    await contains(".modal-title", {text: "This cannot be sent as it is"});
    await contains(".modal-footer button", {count: 1, text: "Change the text"});
    expect.verifySteps([TEXT]);
});

test("what cannot be masked or insisted on is not offered", async () => {
    await write(gateError(advice({masked: false, may_insist: false})));
    await contains(".o_moderation_coach");
    await contains(".modal-footer button", {count: 1, text: "Change the text"});
    expect.verifySteps([TEXT]);
});

test("his text is text", async () => {
    const pieces = [["<img src=x onerror=alert(1)>", true]];
    await write(gateError(advice({parts: [{part: "body", pieces}]})));
    await contains("mark", {text: "<img src=x onerror=alert(1)>"});
    await contains(".o_moderation_coach img", {count: 0});
    expect.verifySteps([TEXT]);
});

test("a file's name and a subject are called so", async () => {
    const parts = [
        {part: "title", pieces: [["pau", true]]},
        {part: "file:0", pieces: [["pau.pdf", true]]},
    ];
    await write(gateError(advice({parts, masked: false})));
    await contains("figcaption", {text: "Subject"});
    await contains("figcaption", {text: "File name"});
    expect.verifySteps([TEXT]);
});

test.tags("desktop");
test("after another error the text can be sent again", async () => {
    expect.errors(1);
    await write(makeServerError({message: "The server is tired."}));
    await animationFrame();
    expect.verifyErrors(["The server is tired."]);
    await contains(INPUT, {value: TEXT});
    await click(".modal .btn-close");
    await click(".o-mail-Composer-send:enabled");
    await contains(".o-mail-Message-body", {text: TEXT});
    expect.verifySteps([TEXT, TEXT]);
});

async function edit(...errors) {
    const pyEnv = await startServer();
    const ticketId = createTicket(pyEnv);
    createMessage(pyEnv, ticketId);
    stop("/mail/message/update_content", errors);
    await start();
    await openFormView("helpdesk.ticket", ticketId);
    await click(".o-mail-Message [title='Edit']");
    await insertText(".o-mail-Message .o-mail-Composer-input", TEXT, {replace: true});
    await click(".o-mail-Message button", {text: "save"});
}

test.tags("desktop");
test("an edit is coached, and changed", async () => {
    await edit(gateError());
    await click("button", {text: "Change the text"});
    await contains(".o-mail-Message .o-mail-Composer-input", {value: TEXT});
    expect.verifySteps([TEXT]);
});

test.tags("desktop");
test("an edit is masked", async () => {
    await edit(gateError());
    await click("button", {text: "Mask and send"});
    await contains(".o-mail-Message-body", {text: "My CPF is ███"});
    await contains(".o-mail-Message .o-mail-Composer-input", {count: 0});
    expect.verifySteps([TEXT, "My CPF is ███"]);
});

test.tags("desktop");
test("an edit is insisted on", async () => {
    await edit(gateError());
    await click("button", {text: "Send all the same: a moderator looks at it"});
    await contains(".o-mail-Message .o-mail-Composer-input", {count: 0});
    expect.verifySteps([TEXT, `${TEXT}, insisting`]);
});
