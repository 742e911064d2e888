from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

MEMBERS = 200  # who are written to in one job
REST = timedelta(minutes=15)  # between two mails about one thread to one member


class CommunityNotice(models.Model):
    """What goes out at once: when, and to whom it still may go."""

    _inherit = "community.notice"

    @api.model
    def _send_soon(self, thread, post):
        """Let what has just been noted go out, if anything has to."""
        if not self.env.registry.ready:  # what an installation brings is no news
            return
        waiting = self._waiting_now(thread.id)
        if self.sudo().search_count(waiting, limit=1):
            self._mail_later(thread.id)
        pushes = [("post_id", "=", post.id), ("push", "=", True)]
        if self.sudo().search_count([*pushes, ("pushed", "=", False)], limit=1):
            notices = self.with_user(api.SUPERUSER_ID)
            notices.with_delay(identity_key=f"community-push-{post.id}")._push_now(
                post.id
            )

    @api.model
    def _mail_later(self, thread_id, eta=None):
        """One job for a thread waits at a time, and one more that begins later."""
        key = f"community-mail-{thread_id}-{'later' if eta else 'now'}"
        notices = self.with_user(api.SUPERUSER_ID)
        notices.with_delay(identity_key=key, eta=eta)._mail_now(thread_id)

    @api.model
    def _waiting_now(self, thread_id):
        return [
            ("thread_id", "=", thread_id),
            ("mail", "=", "now"),
            ("mailed", "=", False),
            ("read", "=", False),
        ]

    @api.model
    def _mail_now(self, thread_id, after=0):
        """Job: write to the members who want to hear of a thread at once. Who has been
        written to a moment ago, or wants peace, gets it all in one mail later.

        :param thread_id: False for news that are about no thread
        :param after: id of the member up to whom this has been done
        """
        waiting = self._waiting_now(thread_id)
        members = self._members_waiting(waiting, after, MEMBERS)
        resting = self._resting(thread_id, members)
        ready = members.filtered(lambda member: member.id not in resting)
        notices = self.sudo().search([*waiting, ("member_id", "in", ready.ids)])
        notices._write_letters()
        if len(members) == MEMBERS:
            self.with_delay()._mail_now(thread_id, members[-1].id)
        if resting:
            self._mail_later(thread_id, eta=min(resting.values()))

    @api.model
    def _members_waiting(self, domain, after, limit):
        """The next members in the order of their ids who have notices in a domain."""
        query = self.sudo()._search(domain)
        self.env.cr.execute(
            SQL(
                "SELECT DISTINCT member_id FROM community_notice WHERE id IN (%s) "
                "AND member_id > %s ORDER BY member_id LIMIT %s",
                query.subselect(),
                after,
                limit,
            )
        )
        ids = [row[0] for row in self.env.cr.fetchall()]
        return self.env["community.member"].sudo().browse(ids)

    @api.model
    def _resting(self, thread_id, members):
        """Who gets no mail now: {id of member: when he does}."""
        now = fields.Datetime.now()
        rested = self.sudo()._read_group(
            [
                ("thread_id", "=", thread_id),
                ("member_id", "in", members.ids),
                ("mailed", ">", now - REST),
            ],
            ["member_id"],
            ["mailed:max"],
        )
        resting = {member.id: last + REST for member, last in rested}
        for member in members:
            if until := member._quiet_until(now):
                resting[member.id] = max(until, resting.get(member.id, until))
        return resting

    def _still_visible(self):
        """Those of these notices whose readers may see what they are about; the
        others are not sent any more."""
        gone = self.browse()
        for post, notices in self.sudo().grouped("post_id").items():
            readers = self._readers_of(post, notices.member_id)
            gone |= notices.filtered(lambda n, r=readers: n.member_id not in r)
        gone.write({"mail": False, "push": False})
        return self - gone

    @api.model
    def _readers_of(self, post, members):
        """One query, whatever the number of members."""
        domain = post._readers_domain() if post else Domain("state", "=", "active")
        return members.sudo().search(Domain("id", "in", members.ids) & domain)
