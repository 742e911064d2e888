from odoo import fields, models
from odoo.tools import SQL


class CommunityBookmark(models.Model):
    """A post that a member wants to find again."""

    _name = "community.bookmark"
    _description = "Saved Post"
    _order = "id desc"

    member_id = fields.Many2one(
        "community.member", required=True, index=True, ondelete="cascade"
    )
    post_id = fields.Many2one(
        "community.post", required=True, index=True, ondelete="cascade"
    )

    _member_post_uniq = models.UniqueIndex("(member_id, post_id)")


class CommunitySeen(models.Model):
    """Up to when a member has read a thread."""

    _name = "community.seen"
    _description = "Read Mark"
    _log_access = False

    member_id = fields.Many2one("community.member", required=True, ondelete="cascade")
    post_id = fields.Many2one(
        "community.post", required=True, index=True, ondelete="cascade"
    )
    moment = fields.Datetime(required=True)

    _member_post_uniq = models.UniqueIndex("(member_id, post_id)")


class CommunityPost(models.Model):
    _inherit = "community.post"

    def _save(self, saved):
        """Put on one's own list, or take off it."""
        self.ensure_one()
        member = self.env["community.member"]._join()
        self.check_access("read")
        bookmarks = self.env["community.bookmark"].sudo()
        mine = bookmarks.search(
            [("member_id", "=", member.id), ("post_id", "=", self.id)], limit=1
        )
        if saved and not mine:
            bookmarks.create({"member_id": member.id, "post_id": self.id})
        elif not saved:
            mine.unlink()

    def _seen(self):
        """The user has read these threads up to now."""
        member = self.env["community.member"]._me()
        threads = sorted({post.sudo()._thread().id for post in self})
        if member and threads:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO community_seen (member_id, post_id, moment) "
                    "SELECT %s, id, now() AT TIME ZONE 'UTC' FROM unnest(%s) id "
                    "ON CONFLICT (member_id, post_id) DO UPDATE "
                    "SET moment = EXCLUDED.moment",
                    member.id,
                    threads,
                )
            )
