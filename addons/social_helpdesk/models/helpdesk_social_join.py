"""The comment, its private continuation and the later WhatsApp of one person can
share one ticket, if an agent says so; and go apart again."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.moderation.gate import PASS

MOST = 3  # tickets offered in one composer
# What tells of the ticket itself stays where it happened.
OF_THE_TICKET = ("notification", "user_notification")


class HelpdeskSocialJoin(models.Model):
    """A ticket whose conversations go on in another one, until they are separated."""

    _name = "helpdesk.social.join"
    _description = "Joined Ticket"
    _order = "id"

    ticket_id = fields.Many2one(
        "helpdesk.ticket", required=True, index=True, ondelete="cascade"
    )
    joined_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    stage_id = fields.Many2one(
        "helpdesk.ticket.stage",
        help="Of the joined ticket, before.",
        ondelete="set null",
    )
    conversation_ids = fields.Many2many("helpdesk.social.conversation")
    line_ids = fields.Many2many("mail.message", help="What was written before.")

    _joined_unique = models.UniqueIndex(
        "(joined_id)", "This ticket already goes on in another one."
    )

    @api.model
    def _join(self, ticket, other):
        """Both of one customer, see ``_social_joinable``; as superuser."""
        (ticket | other).lock_for_update()
        lines = other.message_ids.filtered(
            lambda line: line.message_type not in OF_THE_TICKET
        )
        conversations = other._social_conversations()
        self.create(
            {
                "ticket_id": ticket.id,
                "joined_id": other.id,
                "stage_id": other.stage_id.id,
                "conversation_ids": conversations.ids,
                "line_ids": lines.ids,
            }
        )
        ticket._social_take(lines, conversations)
        # Nobody is written "your ticket was closed": it goes on.
        other.with_context(mail_notrack=True).write(
            {"duplicate_id": ticket.id, "stage_id": other._social_joined_stage().id}
        )
        note = self.env._("This ticket goes on in %s.", ticket._social_link())
        other._social_note(note)
        ticket._social_note(self.env._("Ticket %s goes on here.", other._social_link()))

    def _separate(self):
        """Everything of these conversations goes back, what came since as well; an
        agent's notes stay where they were written."""
        self.ensure_one()
        ticket, other = self.ticket_id, self.joined_id
        (ticket | other).lock_for_update()
        here = self.conversation_ids.filtered(lambda c: c.ticket_id == ticket)
        since = self.env["helpdesk.social.message"].search(
            [("conversation_id", "in", here.ids), ("ticket_id", "=", ticket.id)]
        )
        lines = (self.line_ids | since.mail_message_id).filtered(
            lambda line: (line.model, line.res_id) == (ticket._name, ticket.id)
        )
        other._social_take(lines, here)
        if ticket.social_conversation_id in here:
            ticket.social_conversation_id = ticket._social_conversations()[:1]
        other.with_context(mail_notrack=True).write(
            {"duplicate_id": False, "stage_id": self.stage_id.id, "closed_date": False}
        )
        ticket._social_note(
            self.env._("Ticket %s goes its own way again.", other._social_link())
        )
        other._social_note(self.env._("This ticket goes its own way again."))
        self.unlink()


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _social_conversations(self):
        """Where the customer of this ticket has written, the present one first."""
        found = self.env["helpdesk.social.conversation"].search(
            [("ticket_id", "in", self.ids)], order="id"
        )
        return (self.social_conversation_id & found) | found

    def _social_joinable(self):
        """The customer's other open tickets, those with news first; as superuser."""
        self.ensure_one()
        if not self.partner_id or not self.social_conversation_id:
            return self.browse()
        conversations = self.env["helpdesk.social.conversation"].search(
            Domain("contact_id.partner_id", "=", self.partner_id.id)
            & Domain("ticket_id", "not in", [False, self.id])
            & Domain("ticket_id.closed", "=", False),
            order="last_message_at desc, id desc",
            limit=10 * MOST,
        )
        return conversations.ticket_id.filtered(
            lambda t: (
                (t.active, t.partner_id, t.company_id)
                == (True, self.partner_id, self.company_id)
            )
        )

    def _social_take(self, lines, conversations):
        """Lines of another ticket, with their files, become this one's."""
        self.ensure_one()
        before = conversations.ticket_id
        files = lines.attachment_ids.filtered(lambda f: f.res_model == self._name)
        # They were judged when they were written.
        lines.with_context(moderation_gate=PASS).write({"res_id": self.id})
        files.write({"res_id": self.id})
        lines.social_message_ids.ticket_id = self
        conversations.ticket_id = self
        conversations.account_id._tell_tickets(before | self)

    def _social_joined_stage(self):
        """The stage of duplicates, else the team's first closed one, else none but
        its own."""
        closed = self.team_id._get_applicable_stages().filtered("closed")
        return (
            self.company_id.helpdesk_mgmt_duplicate_ticket_stage_id
            or closed[:1]
            or self.stage_id
        )

    def _social_link(self):
        return self._get_html_link(title=self.number)

    def _social_note(self, text):
        self.message_post(body=text, subtype_xmlid="mail.mt_note")

    def _social_pick(self, tickets):
        """As the composer names them: those that the user may change."""
        mine = tickets.with_env(self.env)._filtered_access("write")[:MOST].sudo()
        return [
            {
                "id": ticket.id,
                "number": ticket.number,
                "name": ticket.name,
                **ticket.social_conversation_id._where(),
            }
            for ticket in mine
        ]

    def _compute_social_info(self):
        result = super()._compute_social_info()
        for ticket in self.filtered(lambda t: t.social_info and t.id):
            # sudo: only those that the user may change are named
            neighbours = ticket.sudo()._social_neighbours()
            ticket.social_info = ticket.social_info | {
                name: ticket._social_pick(tickets)
                for name, tickets in neighbours.items()
            }
        return result

    def _social_neighbours(self):
        """The customer's other tickets, by what they are to this one; as superuser."""
        nothing = self.browse()
        joins = self.env["helpdesk.social.join"].search(
            Domain("ticket_id", "=", self.id) | Domain("joined_id", "=", self.id)
        )
        away = joins.filtered(lambda join: join.joined_id == self).ticket_id
        return {
            "goes_on": away,
            "joined": nothing if away else joins.joined_id,
            "joinable": nothing if away else self._social_joinable(),
        }

    # --- buttons ----------------------------------------------------------------------

    def action_social_join(self, other_id):
        """Let another ticket of the customer go on in this one.

        :raises UserError: it is none of this customer's, or it is closed
        """
        other = self._social_other(other_id)
        # sudo: an agent answers through an account that he cannot configure
        ticket = self.sudo()
        if other.sudo() not in ticket._social_joinable():
            raise UserError(
                self.env._(
                    "Only open tickets of the same customer can share one ticket. If "
                    "both are the same person, say so in his contact first."
                )
            )
        self.env["helpdesk.social.join"].sudo()._join(ticket, other.sudo())
        return True

    def action_social_separate(self, other_id):
        """Let a joined ticket go its own way again.

        :raises UserError: it was not joined to this one
        """
        other = self._social_other(other_id)
        # sudo: see ``action_social_join``
        join = self.env["helpdesk.social.join"].sudo()
        join = join.search([("ticket_id", "=", self.id), ("joined_id", "=", other.id)])
        if not join:
            raise UserError(
                self.env._("This ticket was separated already. Reload the page.")
            )
        join._separate()
        return True

    def _social_other(self, other_id):
        """:raises AccessError: the user may not change both"""
        self.ensure_one()
        if not isinstance(other_id, int):
            raise AccessError(self.env._("There is no such ticket."))
        other = self.browse(other_id).exists()
        (self | other).check_access("write")
        return other
