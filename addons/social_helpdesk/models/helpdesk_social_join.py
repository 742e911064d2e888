"""The comment, its private continuation and the later WhatsApp of one person can
share one ticket, if an agent says so; and go apart again."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

MOST = 3  # tickets offered in one composer


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
        self._hold(ticket | other)
        lines = other._social_lines()
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
        ticket._social_take(other, lines, conversations)
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
        self._hold(ticket | other)
        here = self.conversation_ids.filtered(lambda c: c.ticket_id == ticket)
        since = self.env["helpdesk.social.message"].search(
            [("conversation_id", "in", here.ids), ("ticket_id", "=", ticket.id)]
        )
        other._social_take(ticket, self.line_ids | since.mail_message_id, here)
        if ticket.social_conversation_id in here:
            ticket.social_conversation_id = ticket._social_conversations()[:1]
        stages = other.team_id._get_applicable_stages()
        stage = self.stage_id or stages.filtered(lambda s: not s.closed)[:1]
        other.with_context(mail_notrack=True).write(
            {"duplicate_id": False, "stage_id": stage.id, "closed_date": False}
        )
        ticket._social_note(
            self.env._("Ticket %s goes its own way again.", other._social_link())
        )
        other._social_note(self.env._("This ticket goes its own way again."))
        self.unlink()

    @api.model
    def _hold(self, tickets):
        """:raises UserError: a line is being written into one of them"""
        try:
            tickets.lock_for_update()
        except LockError:
            raise UserError(
                self.env._(
                    "A message is just coming into one of these tickets. Try again in "
                    "a moment."
                )
            ) from None


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _social_conversations(self):
        """Where the customer of this ticket has written, the present one first."""
        found = self.env["helpdesk.social.conversation"].search(
            [("ticket_id", "in", self.ids)], order="id"
        )
        return (self.social_conversation_id & found) | found

    def _social_lines(self):
        """What people wrote. What tells of the ticket itself stays where it is."""
        return self.env["mail.message"].search(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("message_type", "not in", ("notification", "user_notification")),
            ]
        )

    def _social_joinable(self):
        """The customer's other open tickets, those with news first; as superuser."""
        self.ensure_one()
        if self.closed or not self.partner_id or not self.social_conversation_id:
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

    def _social_take(self, other, lines, conversations):
        """Lines of another ticket, with their files, become this one's.

        In three statements: a customer of years has written thousands. They were
        judged when they were written, and are held back no second time.
        """
        self.ensure_one()
        self.env.flush_all()
        moved, to = (self._name, other.id, lines.ids), self.id
        of = SQL("model = %s AND res_id = %s AND id = ANY(%s)", *moved)
        self.env.cr.execute(
            SQL("UPDATE mail_message SET res_id = %s WHERE %s RETURNING id", to, of)
        )
        ids = [line_id for (line_id,) in self.env.cr.fetchall()]
        self.env.cr.execute(
            """
            UPDATE ir_attachment AS file SET res_id = %s
              FROM message_attachment_rel AS rel
             WHERE rel.attachment_id = file.id AND rel.message_id = ANY(%s)
               AND file.res_model = %s AND file.res_id = %s
            """,
            [to, ids, self._name, other.id],
        )
        self.env.cr.execute(
            "UPDATE helpdesk_social_message SET ticket_id = %s"
            " WHERE mail_message_id = ANY(%s)",
            [to, ids],
        )
        self.env.invalidate_all(flush=False)
        conversations.ticket_id = self
        conversations.account_id._tell_tickets(other | self)

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
        away, nothing = self._social_away(), self.browse()
        joins = self.env["helpdesk.social.join"].search([("ticket_id", "=", self.id)])
        return {
            "goes_on": away,
            "joined": nothing if away else joins.joined_id,
            "joinable": nothing if away else self._social_joinable(),
        }

    def _social_away(self):
        """Where this ticket goes on, if it does so elsewhere; as superuser."""
        joins = self.env["helpdesk.social.join"]
        return joins.search([("joined_id", "=", self.id)]).ticket_id

    def _check_social_here(self):
        """:raises UserError: the conversation goes on in another ticket; what was
        written here would be read by the customer, and by no agent there"""
        # sudo: only its number is said
        away = self.sudo()._social_away()
        if away:
            raise UserError(
                self.env._("This ticket goes on in %s. Answer there.", away.number)
            )

    # --- buttons ----------------------------------------------------------------------

    def action_social_join(self, other_id):
        """Let another ticket of the customer go on in this one.

        :raises UserError: it is none of this customer's, or it is closed
        """
        other = self._social_other(other_id)
        # sudo: an agent answers through an account that he cannot configure
        ticket = self.sudo()
        if other.sudo() not in ticket._social_neighbours()["joinable"]:
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

        :raises UserError: it was not joined to this one, or this one goes on elsewhere
        """
        other = self._social_other(other_id)
        self._check_social_here()
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


class HelpdeskSocialContact(models.Model):
    _inherit = "helpdesk.social.contact"

    def _leave_shared_tickets(self):
        """They are to become another customer's: what they write may not go on where
        this one reads it, nor answers to him reach them."""
        conversations = self.env["helpdesk.social.conversation"]

        def others():
            shared = self.conversation_ids.ticket_id
            return conversations.search(
                [("ticket_id", "in", shared.ids), ("contact_id", "not in", self.ids)]
            )

        joins = self.env["helpdesk.social.join"].search(
            [("ticket_id", "in", others().ticket_id.ids)]
        )
        for join in joins:
            join._separate()
        staying = others()
        for ticket in staying.ticket_id:
            leaving = self.conversation_ids.filtered(
                lambda c, t=ticket: c.ticket_id == t
            )
            if ticket.social_conversation_id in leaving:
                ticket.social_conversation_id = staying.filtered(
                    lambda c, t=ticket: c.ticket_id == t
                )[:1]
            leaving.ticket_id = False


class HelpdeskSocialMerge(models.Model):
    _inherit = "helpdesk.social.merge"

    def _move(self):
        self.contact_ids._leave_shared_tickets()
        return super()._move()

    def _move_back(self):
        origin, _target, contacts = self._sides()
        # whom somebody has moved on since stays where he is
        contacts.filtered(lambda c: c.partner_id == origin)._leave_shared_tickets()
        return super()._move_back()
