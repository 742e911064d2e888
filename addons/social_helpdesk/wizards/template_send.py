from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ..providers.errors import ProviderError
from ..wording import explain


class HelpdeskSocialTemplateSend(models.TransientModel):
    """An agent chooses a template and fills in its variables."""

    _name = "helpdesk.social.template.send"
    _description = "Send a Social Template"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    account_id = fields.Many2one(related="ticket_id.social_conversation_id.account_id")
    template_id = fields.Many2one(
        "helpdesk.social.template",
        required=True,
        ondelete="cascade",
        domain="[('account_id', '=', account_id), ('usable', '=', True)]",
    )
    line_ids = fields.One2many(
        "helpdesk.social.template.send.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    preview = fields.Html(compute="_compute_preview")

    @api.depends("template_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [(5, 0, 0)] + [
                (0, 0, {"variable": name, "value": wizard._suggest(name)})
                for name in wizard.template_id.variables or []
            ]

    @api.constrains("ticket_id")
    def _check_ticket(self):
        """Constraints run as the system; this one asks for the agent's rights."""
        self.ticket_id.sudo(False).check_access("write")

    def _suggest(self, variable):
        """The first place of a body is the customer's name nearly everywhere."""
        if variable in ("body:1", "body:name", "body:nome"):
            return (self.ticket_id.partner_name or "").split(" ")[0]
        if variable in ("body:ticket", "body:number", "body:protocolo"):
            return self.ticket_id.number
        return False

    def _values(self):
        return {line.variable: line.value or "" for line in self.line_ids}

    @api.depends("template_id", "line_ids.value")
    def _compute_preview(self):
        for wizard in self:
            template = wizard.template_id
            text = template._preview(wizard._values()) if template else ""
            buttons = Markup().join(
                Markup('<span class="badge text-bg-light me-1">%s</span>') % label
                for label in template.buttons or []
            )
            wizard.preview = plaintext2html(text) + buttons

    def action_send(self):
        """Queue the template and write it into the ticket."""
        self.ensure_one()
        ticket = self.ticket_id
        ticket.check_access("write")
        # sudo: an agent answers through an account that he cannot configure
        conversation = ticket.sudo().social_conversation_id
        template, values = self.template_id, self._values()
        account = conversation.account_id
        if not account or template.account_id != account:
            raise UserError(
                self.env._(
                    "“%s” is no template of the account that this customer writes to. "
                    "Choose another one.",
                    template.name,
                )
            )
        try:
            part = account._provider().template_part(template._as_template(), values)
        except ProviderError as error:
            raise UserError(explain(self.env, error)) from None
        post = ticket._social_quietly().message_post(
            body=plaintext2html(template._preview(values)),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        conversation._queue(ticket.sudo(), post.sudo(), [part])
        return {"type": "ir.actions.act_window_close"}


class HelpdeskSocialTemplateSendLine(models.TransientModel):
    """One variable of the chosen template."""

    _name = "helpdesk.social.template.send.line"
    _description = "Social Template Variable"

    wizard_id = fields.Many2one(
        "helpdesk.social.template.send", required=True, ondelete="cascade"
    )
    variable = fields.Char(required=True)
    label = fields.Char(compute="_compute_label")
    value = fields.Char()

    @api.depends("variable")
    @api.depends_context("lang")
    def _compute_label(self):
        sections = {
            "header": self.env._("Header"),
            "body": self.env._("Text"),
            "button": self.env._("Button"),
        }
        for line in self:
            section, _colon, place = (line.variable or "").partition(":")
            line.label = f"{sections.get(section, section)} {place}"
