"""What comes back when a decision is undone, and what stays as it was left since."""

from odoo import models


class HelpdeskSocialMerge(models.Model):
    _inherit = "helpdesk.social.merge"

    def _move_back(self):
        self.ensure_one()
        origin, target, contacts = self._sides()
        before = self.before
        back = contacts.filtered(lambda c: c.partner_id == origin)
        tickets = self.with_context(active_test=False).ticket_ids
        same = tickets.filtered(lambda t: t.partner_id == origin)
        self.left = {
            "contacts": (contacts - back).ids,
            "tickets": (tickets - same).ids,
        }
        self._leave_messages(back, tickets - same)
        if self.has_archived and not target.active:
            target.action_unarchive()
        self.has_archived = False
        # What came through them since follows them.
        newer = self._tickets_of(back, origin, since=before["last_ticket"])
        self.ticket_ids |= newer
        self._record_messages(back, origin, since=before["last_message"])
        (same | newer).write({"partner_id": target.id})
        for contact in back:
            how = before["how"].get(str(contact.id))
            contact.write({"partner_id": target.id, "matched_by": how})
        self._back_in_tickets(origin, target, same, before)
        self._reopen_suggestions(before["suggestions"])
        self._go_on()

    def _leave_messages(self, back, tickets):
        """What somebody has moved on since is not this decision's any longer.

        :param back: contacts whose messages go back
        :param tickets: in which what came through no channel stays
        """
        self.env.flush_all()
        self.env.cr.execute(
            """
            DELETE FROM helpdesk_social_merge_message AS moved
             USING mail_message AS message
             WHERE moved.merge_id = %s AND message.id = moved.message_id
               AND NOT EXISTS (
                   SELECT FROM helpdesk_social_message AS social
                    WHERE social.mail_message_id = message.id
                      AND social.contact_id = ANY(%s))
               AND (message.model = 'helpdesk.ticket' AND message.res_id = ANY(%s)
                    OR EXISTS (
                        SELECT FROM helpdesk_social_message AS social
                         WHERE social.mail_message_id = message.id))
            """,
            [self.id, back.ids, tickets.ids],
        )
        self.invalidate_recordset(["message_ids"])

    def _back_in_tickets(self, origin, target, tickets, before):
        followers = self.env["mail.followers"].browse(before["followers"]).exists()
        followers = followers.filtered(
            lambda f: f.partner_id == origin and f.res_id in tickets.ids
        )
        self._give(followers, self._followers(tickets, target), target).unlink()
        left = self.env["helpdesk.ticket"].browse(before["unfollowed"]).exists()
        (left & tickets).message_subscribe(target.ids)
        reactions = self.env["mail.message.reaction"].browse(before["reactions"])
        reactions = reactions.exists().filtered(lambda r: r.partner_id == origin)
        theirs = self.env["mail.message.reaction"].search(
            [
                ("partner_id", "=", target.id),
                ("message_id", "in", reactions.message_id.ids),
            ]
        )
        self._give(reactions, theirs, target).unlink()

    def _reopen_suggestions(self, before):
        suggestions = self.env["helpdesk.social.suggestion"]
        ours = "accepted" if self.kind == "merge" else "dismissed"
        for state in {*before.values()}:
            ids = [int(key) for key, value in before.items() if value == state]
            found = suggestions.browse(ids).exists()
            found = found.filtered(lambda s: s.state == ours)
            if state:
                found.write({"state": state, "user_id": False})
            else:
                found.unlink()

    def _left_lines(self, left):
        """In words, what somebody has changed since; it stays as he left it. What the
        user may not see is counted only: a person's tickets may be other teams'.

        :param left: {"contacts": ids, "tickets": ids}
        """
        contacts = self.env["helpdesk.social.contact"].browse(left.get("contacts", []))
        tickets = self.env["helpdesk.ticket"].browse(left.get("tickets", []))
        contacts, tickets = contacts.exists(), tickets.exists()
        seen_contacts = contacts._filtered_access("read")
        seen_tickets = tickets._filtered_access("read")
        hidden = len(contacts) + len(tickets) - len(seen_contacts) - len(seen_tickets)
        # sudo: the partner's name, which stands in the ticket as well
        lines = [
            self.env._(
                "%(contact)s stays linked to %(partner)s.",
                contact=contact.name,
                partner=contact.partner_id.display_name,
            )
            for contact in seen_contacts.sudo()
        ]
        lines += [
            self.env._(
                "Ticket %(number)s stays with %(partner)s.",
                number=ticket.number,
                partner=ticket.partner_id.display_name or "-",
            )
            for ticket in seen_tickets.sudo()
        ]
        if hidden:
            lines.append(
                self.env._("%s more that you may not see stay as they are.", hidden)
            )
        return lines
