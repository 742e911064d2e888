import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {mailModels} from "@mail/../tests/mail_test_helpers";
import {
    MockServer,
    defineModels,
    fields,
    models,
    serverState,
} from "@web/../tests/web_test_helpers";

const FORM = /* xml */ `
    <form js_class="social_ticket_form">
        <field name="social_suggestions" widget="social_suggestions"
               invisible="not social_suggestions"/>
        <sheet>
            <field name="name"/>
            <field name="social_info" invisible="1"/>
        </sheet>
        <chatter/>
    </form>`;
const LIST = /* xml */ `
    <list js_class="social_ticket_list" multi_edit="1">
        <field name="name"/>
        <field name="social_last_inbound_at" widget="social_since"/>
    </list>`;
const KANBAN = /* xml */ `
    <kanban js_class="social_ticket_kanban" default_group_by="stage">
        <templates><t t-name="card"><field name="name"/></t></templates>
    </kanban>`;

export class HelpdeskTicket extends models.Model {
    _name = "helpdesk.ticket";
    _views = {form: FORM, list: LIST, kanban: KANBAN};

    name = fields.Char();
    stage = fields.Selection({
        selection: [
            ["new", "New"],
            ["done", "Done"],
        ],
        default: "new",
    });
    social_info = fields.Json();
    social_suggestions = fields.Json();
    social_provider = fields.Selection({
        selection: [
            ["whatsapp", "WhatsApp"],
            ["pigeon", "Pigeon"],
        ],
    });
    social_last_inbound_at = fields.Datetime();
    message_ids = fields.One2many({relation: "mail.message"});
    message_follower_ids = fields.Many2many({relation: "mail.followers"});
}

export class HelpdeskSocialMessage extends models.Model {
    _name = "helpdesk.social.message";
}

class MailMessage extends mailModels.MailMessage {
    social_info = fields.Json();

    get _to_store_defaults() {
        return [...super._to_store_defaults, "social_info"];
    }
}

export function defineSocialModels() {
    defineModels({...mailModels, HelpdeskTicket, HelpdeskSocialMessage, MailMessage});
}

/** What `helpdesk.ticket.social_info` holds, with the window open for a day. */
export function socialInfo(values = {}) {
    return {
        channel: "whatsapp",
        label: "WhatsApp",
        account: "WhatsApp Support",
        contact: "Maria Souza",
        address: "+5511987650001",
        has_window: true,
        window_ends_at: inHours(24),
        has_templates: true,
        alarm: false,
        archived: false,
        text_limit: 100,
        ...values,
    };
}

/** One of the provider's messages, as `_chatter_values` describes it. */
export function part(values = {}) {
    return {
        id: 1,
        channel: "whatsapp",
        label: "WhatsApp",
        direction: "out",
        public: false,
        kind: "text",
        state: "sent",
        unconfirmed: false,
        error: "",
        error_code: "",
        media_state: "",
        receipts: true,
        occurred_at: "2026-01-15 12:00:00",
        ...values,
    };
}

export function received(values = {}) {
    return part({direction: "in", state: "received", ...values});
}

/** @returns {string} a moment as the server writes it */
export function inHours(hours) {
    return luxon.DateTime.utc().plus({hours}).toFormat("yyyy-MM-dd HH:mm:ss");
}

/** @returns {number} id of a ticket that is answered on a channel */
export function createTicket(pyEnv, info = {}, values = {}) {
    return pyEnv["helpdesk.ticket"].create({
        name: "The invoice is wrong",
        social_info: info && socialInfo(info),
        ...values,
    });
}

export function createMessage(pyEnv, ticketId, parts, values = {}) {
    const [subtype] = pyEnv["mail.message.subtype"].search([
        ["subtype_xmlid", "=", "mail.mt_comment"],
    ]);
    return pyEnv["mail.message"].create({
        body: "<p>Good morning</p>",
        message_type: "comment",
        model: "helpdesk.ticket",
        res_id: ticketId,
        subtype_id: subtype,
        social_info: parts,
        ...values,
    });
}

/** The bus, as `helpdesk.social.account._tell_tickets` uses it. */
export function announce(...ids) {
    const {env} = MockServer;
    const [partner] = env["res.partner"].read(serverState.partnerId);
    env["bus.bus"]._sendone(partner, "social_helpdesk/tickets", {ids});
}

/** Let what runs come to its end, then so much time pass. */
export async function pass(ms) {
    await animationFrame();
    await advanceTime(ms);
    await animationFrame();
}
