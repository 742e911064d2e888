from odoo import api, models
from odoo.fields import Domain

COUNTED = 99  # more unread ones than that are "99+"
NEWEST = 1_000  # notices of which it is asked at once whether one may see the posts


class CommunityNotice(models.Model):
    """The user's own notices for pages; called as the user."""

    _inherit = "community.notice"

    @api.model
    def _mine(self, which=Domain.TRUE):
        """Domain on the user's notices, as far as he may see what they are about.

        It names the posts of the newest of these notices: asked for all that he may
        see, PostgreSQL would look at each post there is, on every page.

        :param which: domain on notices that are asked for
        """
        member = self.env["community.member"]._me()
        own = Domain("member_id", "=", member.id) & Domain("shown", "=", True) & which
        newest = self.sudo().search_fetch(
            own, ["post_id"], order="id desc", limit=NEWEST
        )
        if not newest:
            return Domain.FALSE
        posts = self.env["community.post"]._search([("id", "in", newest.post_id.ids)])
        return own & (
            Domain("post_id", "=", False)
            | Domain("post_id", "in", posts)
            | self._to_approve(member)
        )

    @api.model
    def _to_approve(self, member):
        """A boss reads what waits for him even if its author wrote to the vendor
        alone."""
        if not member.is_manager:
            return Domain.FALSE
        return (
            Domain("kind", "=", "approval")
            & Domain("post_id.approval", "=", "waiting")
            & Domain("post_id.organisation_id", "=", member.organisation_id.id)
        )

    @api.model
    def _list(self, after=None, limit=20):
        """The user's notices, newest first.

        :param after: id of the last one of the page before
        :return: ([{"id", "kind", "event", "text", "url", "date", "read", "actor"}],
            cursor of the next page or None); actor is the card of a member or None
        """
        which = Domain.TRUE
        if isinstance(after, int) and not isinstance(after, bool):
            which = Domain("id", "<", after)
        found = self.sudo().search(self._mine(which), limit=limit + 1)
        notices = found[:limit]
        actors = notices.actor_id.with_user(self.env.user)._cards()
        tellings = notices._tellings()
        cards = [notice._card(tellings[notice.id][0], actors) for notice in notices]
        return cards, notices[-1:].id if len(found) > limit else None

    def _card(self, text, actors):
        self.ensure_one()
        return {
            "id": self.id,
            "kind": self.kind,
            "event": self.event,
            "text": text,
            "url": self._url(),
            "date": self.date,
            "read": self.read,
            "actor": actors.get(self.actor_id.id),
        }

    def _url(self):
        """Path of the page that shows what this is about."""
        self.ensure_one()
        if self.kind == "approval":
            return "/my/community/company"
        if self.post_id:
            return self.post_id._url()
        return self.url or "/my/community/notices"

    @api.model
    def _unread(self):
        """:return: number of the user's unread notices, at most ``COUNTED`` + 1"""
        domain = self._mine(Domain("read", "=", False))
        return self.sudo().search_count(domain, limit=COUNTED + 1)

    @api.model
    def _mark_read(self, ids=None):
        """The user has read these, or all of his; ids of others are left alone."""
        member = self.env["community.member"]._me()
        domain = Domain("member_id", "=", member.id) & Domain("read", "=", False)
        if ids is not None:
            domain &= Domain("id", "in", [i for i in ids if isinstance(i, int)])
        self.sudo().search(domain).read = True

    @api.model
    def _read_threads(self, thread_ids):
        """Who has opened a thread has read what he was told of it."""
        member = self.env["community.member"]._me()
        self.sudo().search(
            [
                ("member_id", "=", member.id),
                ("thread_id", "in", list(thread_ids)),
                ("read", "=", False),
            ]
        ).read = True


class CommunityMember(models.Model):
    _inherit = "community.member"

    @api.model
    def _unread_notices(self):
        """What the bell shows on every page of the room."""
        return self.env["community.notice"]._unread()
