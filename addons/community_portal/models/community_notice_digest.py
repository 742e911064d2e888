from odoo import api, models

from .community_notice_send import MEMBERS

LISTED = 30  # news in one letter; the others are counted


class CommunityNotice(models.Model):
    """News gathered for a day or a week."""

    _inherit = "community.notice"

    @api.model
    def _cron_digest(self, period):
        """:param period: "daily" or "weekly" """
        self.with_user(api.SUPERUSER_ID).with_delay(
            identity_key=f"community-digest-{period}"
        )._send_digests(period)

    @api.model
    def _send_digests(self, period, after=0):
        """Job: the digests of some members; the next ones are the next job's.

        :param after: id of the member up to whom this has been done
        """
        waiting = [("mail", "=", period), ("mailed", "=", False), ("read", "=", False)]
        members = self._members_waiting(waiting, after, MEMBERS)
        notices = self.sudo().search([*waiting, ("member_id", "in", members.ids)])
        notices.with_context(community_digest=period)._write_letters()
        if len(members) == MEMBERS:
            self.with_delay()._send_digests(period, members[-1].id)

    def _letter(self, member):
        if not self.env.context.get("community_digest"):
            return super()._letter(member)
        notices = self.sorted("id")
        return self._letter_values(
            member,
            subject=self._digest_subject(),
            items=notices[-LISTED:]._items(),
            more=max(0, len(notices) - LISTED),
        )

    def _digest_subject(self):
        if self.env.context["community_digest"] == "daily":
            return self.env._("Today in the community: %s news", len(self))
        return self.env._("This week in the community: %s news", len(self))
