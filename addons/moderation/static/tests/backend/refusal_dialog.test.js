import {click, contains} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {mountWithCleanup} from "@web/../tests/web_test_helpers";
import {MainComponentsContainer} from "@web/core/main_components_container";
import {
    advice,
    CPF,
    defineModerationModels,
    gateError,
} from "../moderation_test_helpers";

defineModerationModels();
describe.current.tags("desktop");

test("what another form could not save is said in the same words", async () => {
    expect.errors(1);
    await mountWithCleanup(MainComponentsContainer);
    Promise.reject(gateError(advice()));
    await contains(".o_moderation_coach mark", {text: CPF});
    expect.verifyErrors(["Your text was not sent."]);
    await contains(".modal-footer button", {count: 1, text: "Change the text"});
    await click("button", {text: "Change the text"});
    await contains(".o_moderation_coach", {count: 0});
});
