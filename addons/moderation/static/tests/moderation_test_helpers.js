import {mailModels} from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    fields,
    makeServerError,
    models,
    serverState,
} from "@web/../tests/web_test_helpers";

const FORM = /* xml */ `
    <form>
        <sheet><field name="name"/></sheet>
        <chatter/>
    </form>`;

export class HelpdeskTicket extends models.Model {
    _name = "helpdesk.ticket";
    _views = {form: FORM};

    name = fields.Char();
    message_ids = fields.One2many({relation: "mail.message"});
    message_follower_ids = fields.Many2many({relation: "mail.followers"});
}

class MailMessage extends mailModels.MailMessage {
    moderation_state = fields.Char();
    moderation_info = fields.Json();

    get _to_store_defaults() {
        return [...super._to_store_defaults, "moderation_state", "moderation_info"];
    }
}

export function defineModerationModels() {
    defineModels({...mailModels, HelpdeskTicket, MailMessage});
}

export function createTicket(pyEnv) {
    return pyEnv["helpdesk.ticket"].create({name: "The invoice is wrong"});
}

/** A message of the user himself, unless `values` name another author. */
export function createMessage(pyEnv, ticketId, values = {}) {
    const [subtype] = pyEnv["mail.message.subtype"].search([
        ["subtype_xmlid", "=", "mail.mt_comment"],
    ]);
    return pyEnv["mail.message"].create({
        author_id: serverState.partnerId,
        body: "<p>Good morning</p>",
        message_type: "comment",
        model: "helpdesk.ticket",
        res_id: ticketId,
        subtype_id: subtype,
        ...values,
    });
}

export function createSomebody(pyEnv) {
    return pyEnv["res.partner"].create({name: "Maria Souza"});
}

export const CPF = "529.982.247-25";

/** What the gate says of "My CPF is …", see `moderation.scanner._advice`. */
export function advice(values = {}) {
    return {
        action: "coach",
        may_insist: true,
        masked: {title: "", body: "<p>My CPF is ███</p>", text: "My CPF is ███"},
        parts: [
            {
                part: "body",
                pieces: [
                    ["My CPF is ", false],
                    [CPF, true],
                ],
            },
        ],
        findings: [
            {
                kind: "cpf",
                text: "The text contains a CPF.",
                advice: "Remove the CPF and send it again.",
            },
        ],
        ...values,
    };
}

export function refusal(values = {}) {
    return advice({action: "block", may_insist: false, ...values});
}

/** The gate's error, as the page gets it. */
export function gateError(found = advice()) {
    const name = found.action === "block" ? "Refused" : "Coached";
    return makeServerError({
        errorName: `odoo.addons.moderation.exceptions.${name}`,
        message: "Your text was not sent.",
        context: {moderation: found},
    });
}
