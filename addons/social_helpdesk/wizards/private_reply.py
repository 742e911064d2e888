from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html


class HelpdeskSocialPrivateReply(models.TransientModel):
    """What only the author of a public comment will read."""

    _name = "helpdesk.social.private.reply"
    _description = "Answer a Comment in Private"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    text = fields.Text(required=True)

    @api.constrains("ticket_id")
    def _check_ticket(self):
        """Constraints run as the system; this one asks for the agent's rights."""
        self.ticket_id.sudo(False).check_access("write")

    def action_send(self):
        """Queue it and write it into the ticket."""
        self.ensure_one()
        ticket = self.ticket_id
        ticket.check_access("write")
        # sudo: an agent answers through an account that he cannot configure
        conversation = ticket.sudo().social_conversation_id
        if not conversation or not conversation._can_reply_privately():
            raise UserError(
                self.env._(
                    "This ticket has no public comment that could be answered in "
                    "private now. Reload the page."
                )
            )
        part = conversation._private_part(plaintext2html(self.text))
        post = ticket._social_quietly().message_post(
            body=plaintext2html(self.text),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        if post.sudo()._moderation_is_withdrawn():
            raise UserError(
                self.env._(
                    "The house rules hold this text until a moderator has read it, so "
                    "it cannot go out in private. Change it."
                )
            )
        inbound = self.env["helpdesk.social.inbound"]
        post.sudo().body = inbound._small(self.env._("In private")) + post.body
        conversation._queue(ticket.sudo(), post.sudo(), [part])
        return {"type": "ir.actions.act_window_close"}
