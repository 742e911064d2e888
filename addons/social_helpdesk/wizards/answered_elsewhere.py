from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ..models.helpdesk_social_public import URL_LENGTH


class HelpdeskSocialAnsweredElsewhere(models.TransientModel):
    """What was answered on a page that nothing can be sent to from here."""

    _name = "helpdesk.social.answered.elsewhere"
    _description = "Note What Was Answered"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    text = fields.Text(required=True)
    url = fields.Char(string="Link to the answer")

    @api.constrains("ticket_id")
    def _check_ticket(self):
        """Constraints run as the system; this one asks for the agent's rights."""
        self.ticket_id.sudo(False).check_access("write")

    def action_note(self):
        """Write it into the ticket; the customer counts as answered."""
        self.ensure_one()
        ticket = self.ticket_id
        ticket.check_access("write")
        # sudo: an agent answers through an account that he cannot configure
        conversation = ticket.sudo().social_conversation_id
        if not conversation._answers_elsewhere():
            raise UserError(
                self.env._("This ticket is answered right here. Reload the page.")
            )
        inbound = self.env["helpdesk.social.inbound"]
        label = self.env._("Answered on the page")
        ticket.message_post(
            body=inbound._small(self._linked(label)) + plaintext2html(self.text),
            subtype_xmlid="mail.mt_note",
        )
        conversation._heard(fields.Datetime.now(), echo=True)
        return {"type": "ir.actions.act_window_close"}

    def _linked(self, label):
        url = (self.url or "").strip()[:URL_LENGTH]
        if not url.startswith(("https://", "http://")):
            return label
        return Markup(
            '<a href="%s" target="_blank" rel="noopener noreferrer">%s</a>'
        ) % (url, label)
