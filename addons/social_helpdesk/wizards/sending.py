from odoo import api, fields, models
from odoo.exceptions import UserError


class HelpdeskSocialSending(models.AbstractModel):
    """What an agent sends from a dialog, beside what he writes in the composer."""

    _name = "helpdesk.social.sending"
    _description = "Sending from a Dialog"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")

    @api.constrains("ticket_id")
    def _check_ticket(self):
        """Constraints run as the system; this one asks for the agent's rights."""
        self.ticket_id.sudo(False).check_access("write")

    def _conversation(self):
        """Where it goes, as the system: an agent answers through an account that he
        cannot configure.

        :raises UserError: nobody can be written to now, and why
        """
        self.ensure_one()
        self.ticket_id.check_access("write")
        conversation = self.ticket_id.sudo().social_conversation_id
        if not conversation:
            raise UserError(
                self.env._("Nobody is written to from this ticket on a channel.")
            )
        conversation._check_window()
        return conversation

    def _write_down(self, body):
        """Its line in the ticket, which goes nowhere by itself.

        :raises UserError: the house rules hold it, so it cannot go out
        """
        post = self.ticket_id._social_quietly().message_post(
            body=body, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        if post.sudo()._moderation_is_withdrawn():
            raise UserError(
                self.env._(
                    "The house rules hold this text until a moderator has read it, so "
                    "it cannot go out. Change it."
                )
            )
        return post.sudo()
