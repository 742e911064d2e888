from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import anonymise
from ..models.community_space import AUDIENCES
from .ticket_crossing import _listed


class CommunityTicketAsk(models.TransientModel):
    """A ticket becomes a question of an agent, without anything that says whose it
    was. The way back to the ticket is the vendor's alone."""

    _name = "community.ticket.ask"
    _description = "Ask the Community About a Ticket"
    _inherit = ["community.ticket.crossing"]

    space_id = fields.Many2one(
        "community.space",
        required=True,
        domain=[("kind", "=", "question")],
        default=lambda self: self._first_space(),
    )
    audience = fields.Selection(AUDIENCES, "Who reads it", required=True)
    title = fields.Char(required=True)

    @api.model
    def _first_space(self):
        return self.env["community.space"].search([("kind", "=", "question")], limit=1)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        ticket = self.env["helpdesk.ticket"].browse(values.get("ticket_id"))
        space = self.env["community.space"].browse(values.get("space_id"))
        values["audience"] = space._default_audience() if space else "everybody"
        if ticket:
            values |= self._proposal(ticket)
        return values

    @api.model
    def _proposal(self, ticket):
        """The ticket's words with all that was found covered."""
        ticket.check_access("read")
        names = self.new({"ticket_id": ticket.id})._crossing_names()
        found = anonymise.search(
            ticket.name or "", anonymise.bare(str(ticket.description or "")), names
        )
        told = self._sentences(found.findings)
        return {"title": found.title, "body": found.body, "masked": _listed(told)}

    @api.depends("title")
    def _compute_left(self):
        return super()._compute_left()

    def _crossing_title(self):
        return self.title or ""

    def _crossing_space(self):
        return self.space_id

    def action_ask(self):
        """Publish the question, through the gate like any other.

        :return: an action that opens it
        """
        self.ensure_one()
        posts = self.env["community.post"]
        posts._check_staff()
        self.ticket_id.check_access("write")
        ticket = self.ticket_id.sudo()
        if ticket.community_question_id:
            raise UserError(
                self.env._("There is a question of this ticket already. Open that one.")
            )
        self._check_crossing()
        question = posts._ask(
            {
                "space_id": self.space_id.id,
                "title": self.title,
                "body": str(self.body or ""),
                "audience": self.audience,
            }
        )
        ticket.community_question_id = question.id
        return {
            "type": "ir.actions.act_url",
            "url": question._url(),
            "target": "new",
            "close": True,
        }
