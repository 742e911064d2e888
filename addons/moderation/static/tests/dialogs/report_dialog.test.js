import {contains as inDialog} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {ReportDialog} from "@moderation/dialogs/report_dialog.esm";
import {
    contains,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {MainComponentsContainer} from "@web/core/main_components_container";
import {defineModerationModels} from "../moderation_test_helpers";

defineModerationModels();
describe.current.tags("desktop");

async function open() {
    onRpc("/moderation/report/categories", () => [
        {code: "insult", name: "Insults"},
        {code: "spam", name: "Spam"},
    ]);
    await mountWithCleanup(MainComponentsContainer);
    getService("dialog").add(ReportDialog, {resModel: "mail.message", resId: 7});
    await inDialog(".o_moderation_report");
}

test("a category is needed, a note is not", async () => {
    await open();
    expect("input[type=radio]:first").toBeFocused();
    expect("button:contains(Report)").not.toBeEnabled();
    await contains("label:contains(Spam)").click();
    expect("button:contains(Report)").toBeEnabled();
});

test("it is sent, and he is thanked", async () => {
    onRpc("/moderation/report", async (request) => {
        const {params} = await request.json();
        expect.step(params);
        return {message: "Thank you. A moderator looks at it."};
    });
    await open();
    await contains("label:contains(Insults)").click();
    await contains("#moderation_note").edit("  He shouted  ");
    await contains("button:contains(Report)").click();
    await inDialog(".o_notification", {text: "Thank you. A moderator looks at it."});
    await inDialog(".o_moderation_report", {count: 0});
    expect.verifySteps([
        {
            res_model: "mail.message",
            res_id: 7,
            category: "insult",
            note: "He shouted",
        },
    ]);
});

test("why it could not be reported stays in the dialog", async () => {
    onRpc("/moderation/report", () => {
        throw makeServerError({message: "You have reported this already."});
    });
    await open();
    await contains("label:contains(Spam)").click();
    await contains("button:contains(Report)").click();
    await inDialog(".alert", {text: "You have reported this already."});
    await contains("button:contains(Cancel)").click();
    await inDialog(".o_moderation_report", {count: 0});
});
