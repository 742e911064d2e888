"""What goes along when a contact becomes another partner's."""

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

from ..database import checkpoint, only_one

PIECE = 1000  # messages of one transaction: the first ones move at once
PRIORITY = 20  # after everything else in the queue
FORGOTTEN = 10  # minutes after which a change that is not finished gets another job
# What a partner has once.
UNIQUE = {
    "mail.followers": ("res_model", "res_id"),
    "mail.message.reaction": ("message_id", "content"),
}


class HelpdeskSocialMerge(models.Model):
    _inherit = "helpdesk.social.merge"

    def _move(self):
        """From the old partner to the new one, now; many messages in a job."""
        self.ensure_one()
        origin, target, contacts = self._sides()
        before = self._marks()
        before["how"] = {str(c.id): c.matched_by or False for c in contacts}
        self.ticket_ids = self._tickets_of(contacts, origin)
        self._record_messages(contacts, origin)
        before |= self._hand_over(self.ticket_ids, origin, target)
        contacts.write({"partner_id": target.id, "matched_by": "agent"})
        before["suggestions"] = self._settle_suggestions(contacts, origin, target)
        self.before = before
        self._go_on()

    def _sides(self):
        """(who loses, who gets, contacts)"""
        sides = self.from_partner_id, self.to_partner_id
        origin, target = sides if self.state == "done" else reversed(sides)
        return origin, target, self.contact_ids

    def _go_on(self):
        self._move_piece()
        self.with_delay(priority=PRIORITY)._finish()
        for account in self.contact_ids.account_id[:1]:
            account._tell_tickets(self.ticket_ids)

    # --- what belongs to the contacts -------------------------------------------------

    def _marks(self):
        """What is newer than these has come since."""
        self.env.cr.execute(
            "SELECT (SELECT max(id) FROM helpdesk_ticket),"
            " (SELECT max(id) FROM mail_message)"
        )
        ticket, message = self.env.cr.fetchone()
        return {"last_ticket": ticket or 0, "last_message": message or 0}

    def _tickets_of(self, contacts, partner, since=0):
        """Tickets of ``partner`` in which nobody but these contacts writes for him.

        :param since: only those with a higher id
        """
        tickets = self.env["helpdesk.ticket"].with_context(active_test=False)
        conversations = contacts.conversation_ids
        self.env["helpdesk.social.message"].flush_model(["contact_id", "ticket_id"])
        self.env.cr.execute(
            """
            SELECT DISTINCT ticket_id FROM helpdesk_social_message
             WHERE contact_id = ANY(%s) AND ticket_id IS NOT NULL
            """,
            [contacts.ids],
        )
        written = [ticket_id for (ticket_id,) in self.env.cr.fetchall()]
        found = tickets.search(
            [
                ("partner_id", "=", partner.id),
                ("id", ">", since),
                "|",
                ("social_conversation_id", "in", conversations.ids),
                ("id", "in", [*conversations.ticket_id.ids, *written]),
            ]
        )
        return found - self._shared(found, contacts, partner)

    def _shared(self, tickets, contacts, partner):
        """Those in which others of ``partner`` write now, or have written."""
        others = self.env["helpdesk.social.conversation"].search(
            [
                ("contact_id", "not in", contacts.ids),
                ("contact_id.partner_id", "=", partner.id),
                "|",
                ("ticket_id", "in", tickets.ids),
                ("id", "in", tickets.social_conversation_id.ids),
            ]
        )
        self.env["helpdesk.social.contact"].flush_model(["partner_id"])
        self.env.cr.execute(
            """
            SELECT DISTINCT message.ticket_id FROM helpdesk_social_message AS message
              JOIN helpdesk_social_contact AS contact
                ON contact.id = message.contact_id
             WHERE message.ticket_id = ANY(%s) AND contact.partner_id = %s
               AND contact.id <> ALL(%s)
            """,
            [tickets.ids, partner.id, contacts.ids],
        )
        written = {ticket_id for (ticket_id,) in self.env.cr.fetchall()}
        return tickets.filtered(
            lambda t: (
                t.id in written
                or t in others.ticket_id
                or t.social_conversation_id in others
            )
        )

    def _record_messages(self, contacts, author, since=0):
        """What came through the contacts; to another partner also what was written
        into the tickets by e-mail or in the portal.

        :param since: only those with a higher id
        """
        self.env.flush_all()
        through = SQL(
            """
            SELECT message.id FROM helpdesk_social_message AS social
              JOIN mail_message AS message ON message.id = social.mail_message_id
             WHERE social.contact_id = ANY(%s) AND message.author_id = %s
               AND message.id > %s
            """,
            contacts.ids,
            author.id,
            since,
        )
        whole = self.kind == "merge" and self.state == "done"
        tickets = self.with_context(active_test=False).ticket_ids
        written = SQL(
            """
            SELECT message.id FROM mail_message AS message
             WHERE message.model = 'helpdesk.ticket' AND message.res_id = ANY(%s)
               AND message.author_id = %s
               AND NOT EXISTS (
                   SELECT FROM helpdesk_social_message AS social
                    WHERE social.mail_message_id = message.id
                      AND social.contact_id <> ALL(%s))
            """,
            tickets.ids if whole else [],
            author.id,
            contacts.ids,
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO helpdesk_social_merge_message (merge_id, message_id)
                SELECT %s, found.id FROM (%s UNION %s) AS found
                ON CONFLICT DO NOTHING
                """,
                self.id,
                through,
                written,
            )
        )
        self.invalidate_recordset(["message_ids"])

    # --- handing over -----------------------------------------------------------------

    def _hand_over(self, tickets, origin, target):
        """Tickets with who follows them and the reactions in them.

        :return: ids of what was given, and the tickets that both followed
        """
        followers = self._followers(tickets, origin)
        twice = self._give(followers, self._followers(tickets, target), target)
        unfollowed = twice.mapped("res_id")
        reactions = self._reactions(tickets, origin)
        shown = self._give(reactions, self._reactions(tickets, target), target)
        given = {
            "followers": (followers - twice).ids,
            "unfollowed": unfollowed,
            "reactions": (reactions - shown).ids,
        }
        twice.unlink()
        tickets.write({"partner_id": target.id})
        return given

    @staticmethod
    def _give(mine, theirs, target):
        """To ``target``; of a ticket he follows once, and a reaction he shows once.

        :return: what he has himself, and is not given
        """
        names = UNIQUE[mine._name]
        has = {tuple(record[name] for name in names) for record in theirs}
        twice = mine.filtered(lambda r: tuple(r[name] for name in names) in has)
        (mine - twice).write({"partner_id": target.id})
        return twice

    def _followers(self, tickets, partner):
        return self.env["mail.followers"].search(
            [
                ("res_model", "=", "helpdesk.ticket"),
                ("res_id", "in", tickets.ids),
                ("partner_id", "=", partner.id),
            ]
        )

    def _reactions(self, tickets, partner):
        return self.env["mail.message.reaction"].search(
            [
                ("partner_id", "=", partner.id),
                ("message_id.model", "=", "helpdesk.ticket"),
                ("message_id.res_id", "in", tickets.ids),
            ]
        )

    def _settle_suggestions(self, contacts, origin, target):
        """A decision answers what was asked, and after a split is not asked again.

        :return: ``{suggestion id: the state it had, None if there was none}``
        """
        suggestions = self.env["helpdesk.social.suggestion"]
        decided, state = (
            (target, "accepted") if self.kind == "merge" else (origin, "dismissed")
        )
        found = suggestions.search(
            [("contact_id", "in", contacts.ids), ("partner_id", "=", decided.id)]
        )
        before = {str(s.id): s.state for s in found}
        if self.kind == "split":
            missing = contacts - found.contact_id
            made = suggestions.create(
                [{"contact_id": c.id, "partner_id": decided.id} for c in missing]
            )
            before |= {str(s.id): None for s in made}
            found |= made
        found.write({"state": state, "user_id": self.user_id.id})
        return before

    def _ask_again(self):
        """Who may be whom has changed for everybody who was compared with them. Only
        when all is done: before, the emptied partner still looks like somebody."""
        origin, target, contacts = self._sides()
        asked = self.env["helpdesk.social.suggestion"].search(
            [("state", "=", "open"), ("partner_id", "in", (origin | target).ids)]
        )
        (contacts | asked.contact_id)._enqueue_suggest()

    # --- messages ---------------------------------------------------------------------

    def _move_piece(self):
        """:return: whether there may be more"""
        origin, target, _contacts = self._sides()
        self.env["mail.message"].flush_model(["author_id"])
        self.env.cr.execute(
            """
            UPDATE mail_message SET author_id = %s WHERE id IN (
                SELECT message.id FROM helpdesk_social_merge_message AS moved
                  JOIN mail_message AS message ON message.id = moved.message_id
                 WHERE moved.merge_id = %s AND message.author_id = %s
                 LIMIT %s)
            """,
            [target.id, self.id, origin.id, PIECE],
        )
        moved = self.env.cr.rowcount
        self.env["mail.message"].invalidate_model(["author_id"])
        return moved == PIECE

    def _finish(self):
        """Job: the rest of the messages, piece by piece, in whichever direction is
        asked for now; then the partner who has nothing left."""
        self.ensure_one()
        with only_one(self.env, self._mover()) as mine:
            if not mine:
                raise RetryableJobError(
                    "Another job moves these messages", seconds=2, ignore_retry=True
                )
            self._catch_up()
            while self._move_piece():
                checkpoint(self.env)
                self.invalidate_recordset()  # it may have been undone meanwhile
            self._archive_emptied()
            self._ask_again()
            self.moving = False
            checkpoint(self.env)

    def _mover(self):
        """The name of the lock that whoever moves these messages holds."""
        self.ensure_one()
        return f"social_merge:{self.id}"

    @api.model
    def _cron_wake(self):
        """What is not finished and may have lost its job. One that has a job gets a
        second, which waits for it and finds nothing left."""
        before = fields.Datetime.subtract(fields.Datetime.now(), minutes=FORGOTTEN)
        for merge in self.search([("moving", "=", True), ("write_date", "<", before)]):
            merge.with_delay(priority=PRIORITY, identity_key=merge._mover())._finish()

    def _catch_up(self):
        """What was just being stored when it was decided still names the one who
        loses: that transaction did not see this one, nor this one that."""
        origin, target, contacts = self._sides()
        contacts = contacts.filtered(lambda c: c.partner_id == target)
        before = dict(self.before)
        undone = self.state == "undone"
        last = (before["last_ticket"], before["last_message"]) if undone else (0, 0)
        late = self._tickets_of(contacts, origin, since=last[0])
        self.ticket_ids |= late
        self._record_messages(contacts, origin, since=last[1])
        for name, ids in self._hand_over(late, origin, target).items():
            before[name] = [*before[name], *ids]
        self.before = before

    def _archive_emptied(self):
        """Only what a message has made, and nobody has used for anything else."""
        origin, _target, _contacts = self._sides()
        if self.state == "undone" and not self.has_new_partner:
            return
        if origin.active and origin.social_made and origin._social_is_unused():
            origin.action_archive()
            self.has_archived = self.state == "done"
