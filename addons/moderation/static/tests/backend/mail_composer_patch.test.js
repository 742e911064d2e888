import {click, contains, mailModels, start} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {
    defineModels,
    fields,
    getService,
    models,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {CPF, gateError, refusal} from "../moderation_test_helpers";
import "@moderation/backend/mail_composer_patch.esm";

class MailComposeMessage extends models.Model {
    _name = "mail.compose.message";
    _views = {
        form: /* xml */ `
            <form js_class="mail_composer_form">
                <field name="subject"/>
                <field name="body"/>
                <field name="composition_comment_option" invisible="1"/>
                <field name="attachment_ids" invisible="1"/>
                <field name="partner_ids" invisible="1"/>
                <field name="res_ids" invisible="1"/>
                <button name="action_send_mail" type="object" string="Send it"/>
            </form>`,
    };

    subject = fields.Char({default: "About the invoice"});
    body = fields.Html({default: `<p>My CPF is ${CPF}</p>`});
    composition_comment_option = fields.Char();
    attachment_ids = fields.Many2many({relation: "ir.attachment"});
    partner_ids = fields.Many2many({relation: "res.partner"});
    res_ids = fields.Char({default: "[]"});
}

defineModels({...mailModels, MailComposeMessage});
describe.current.tags("desktop");

async function send(...errors) {
    onRpc("mail.compose.message", "action_send_mail", function ({args, kwargs}) {
        const [{body}] = this.env["mail.compose.message"].browse(args[0]);
        const insists = Boolean(kwargs.context.moderation_insist);
        expect.step(`${body}${insists ? ", insisting" : ""}`);
        const error = errors.shift();
        if (error) {
            throw error;
        }
        return false;
    });
    await start();
    await getService("action").doAction({
        type: "ir.actions.act_window",
        res_model: "mail.compose.message",
        target: "new",
        views: [[false, "form"]],
    });
    await click("button", {text: "Send it"});
}

const BODY = `<p>My CPF is ${CPF}</p>`;

test("the full composer asks as well, and keeps the text", async () => {
    await send(gateError());
    await contains(".o_moderation_coach mark", {text: CPF});
    await click("button", {text: "Change the text"});
    await contains(".o_moderation_coach", {count: 0});
    await contains("button", {text: "Send it"});
    expect.verifySteps([BODY]);
});

test("it sends the masked text", async () => {
    await send(gateError());
    await click("button", {text: "Mask and send"});
    await contains(".o_moderation_coach", {count: 0});
    expect.verifySteps([BODY, "<p>My CPF is ███</p>"]);
});

test("it insists", async () => {
    await send(gateError());
    await click("button", {text: "Send all the same: a moderator looks at it"});
    await contains(".o_moderation_coach", {count: 0});
    expect.verifySteps([BODY, `${BODY}, insisting`]);
});

test("it does not insist on what is refused", async () => {
    await send(gateError(refusal()));
    await contains(".modal-footer button", {text: "Change the text"});
    await contains("button", {count: 0, text: "Mask and send"});
    expect.verifySteps([BODY]);
});
