from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import anonymise
from .ticket_crossing import _listed


class CommunityTicketReply(models.TransientModel):
    """What an agent answered in the ticket goes into the thread that the ticket came
    from, or that was asked because of it: others have the same question."""

    _name = "community.ticket.reply"
    _description = "Answer in the Community from a Ticket"
    _inherit = ["community.ticket.crossing"]

    post_id = fields.Many2one("community.post", "Thread", compute="_compute_post_id")

    @api.depends("ticket_id")
    def _compute_post_id(self):
        for reply in self:
            ticket = reply.ticket_id
            post = ticket.community_question_id or ticket.community_post_id
            reply.post_id = post.root_id or post

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        ticket = self.env["helpdesk.ticket"].browse(values.get("ticket_id"))
        if ticket:
            ticket.check_access("read")
            reply = self.new({"ticket_id": ticket.id})
            body = anonymise.bare(reply._latest_answer())
            found = anonymise.search("", body, reply._crossing_names())
            told = self._sentences(found.findings)
            values |= {"body": found.body, "masked": _listed(told)}
        return values

    def _latest_answer(self):
        """The HTML of what an agent wrote to the customer last."""
        message = self.env["mail.message"].search(
            [
                ("model", "=", "helpdesk.ticket"),
                ("res_id", "=", self.ticket_id.id),
                ("message_type", "in", ("comment", "email_outgoing")),
                ("subtype_id.internal", "=", False),
                ("author_id.partner_share", "=", False),
            ],
            order="id desc",
            limit=1,
        )
        return str(message.body or "")

    def _crossing_space(self):
        return self.post_id.space_id

    def action_reply(self):
        """:return: an action that opens the thread"""
        self.ensure_one()
        self.env["community.post"]._check_staff()
        if not self.post_id:
            raise UserError(
                self.env._("This ticket has no thread. Ask the community first.")
            )
        self._check_crossing()
        reply = self.post_id._reply(str(self.body or ""))
        return {
            "type": "ir.actions.act_url",
            "url": reply._url(),
            "target": "new",
            "close": True,
        }
