import {
    click,
    contains,
    insertText,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {mockService} from "@web/../tests/web_test_helpers";
import {announce, createTicket, defineSocialModels} from "../social_test_helpers";

describe.current.tags("desktop");
defineSocialModels();

const ANA = {
    id: 7,
    partner_id: 70,
    name: "Ana Souza",
    reasons: "same e-mail, same full name",
};

async function openTicket(suggestions) {
    const pyEnv = await startServer();
    const id = createTicket(pyEnv, {}, {social_suggestions: suggestions});
    await start();
    await openFormView("helpdesk.ticket", id);
    await contains(".o-mail-Chatter");
    return {pyEnv, id};
}

/** The server's part: it takes a decision and closes the dialog, if there was one. */
function decided(answer) {
    mockService("action", {
        doActionButton(button) {
            expect.step(`${button.resModel} ${button.resId} ${button.name}`);
            answer?.();
            return button.onClose();
        },
        doAction(action) {
            if (action.res_model === "res.partner") {
                expect.step(`partner ${action.res_id}`);
                return true;
            }
            return super.doAction(...arguments);
        },
    });
}

test("who it may be, with the reasons", async () => {
    await openTicket([ANA, {...ANA, id: 8, name: "Ana S."}]);
    await contains(".o_social_suggestion", {count: 2});
    expect(queryAllTexts(".o_social_suggestion a")).toEqual(["Ana Souza", "Ana S."]);
    await contains(".o_social_suggestion", {text: ANA.reasons, count: 2});
});

test("nobody, and nothing is shown", async () => {
    await openTicket([]);
    await contains(".o_social_suggestion", {count: 0});
});

test("somebody else: asked on the server, and gone", async () => {
    let server = null;
    decided(() => {
        const {pyEnv, id} = server;
        pyEnv["helpdesk.ticket"].write([id], {social_suggestions: []});
    });
    server = await openTicket([ANA]);
    await click(".o_social_somebody_else");
    await contains(".o_social_suggestion", {count: 0});
    expect.verifySteps(["helpdesk.social.suggestion 7 action_somebody_else"]);
});

test("same person: what was typed is kept", async () => {
    decided();
    const {pyEnv, id} = await openTicket([ANA]);
    await insertText("[name=name] input", "The other invoice", {replace: true});
    await click(".o_social_same_person");
    await expect.waitForSteps(["helpdesk.social.suggestion 7 action_same_person"]);
    const [ticket] = pyEnv["helpdesk.ticket"].read([id], ["name"]);
    expect(ticket.name).toBe("The other invoice");
});

test("the candidate opens", async () => {
    decided();
    await openTicket([ANA]);
    await click(".o_social_suggestion a", {text: "Ana Souza"});
    expect.verifySteps(["partner 70"]);
});

test("a new suggestion appears in the open ticket", async () => {
    const {pyEnv, id} = await openTicket([]);
    pyEnv["helpdesk.ticket"].write([id], {social_suggestions: [ANA]});
    announce(id);
    await contains(".o_social_suggestion", {text: "Ana Souza"});
});
