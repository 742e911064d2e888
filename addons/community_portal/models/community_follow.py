from odoo import api, fields, models


class CommunityFollow(models.Model):
    """A member follows a thread or a space, or wants to hear nothing of it."""

    _name = "community.follow"
    _description = "Who Follows What"

    member_id = fields.Many2one(
        "community.member", required=True, index=True, ondelete="cascade"
    )
    post_id = fields.Many2one(
        "community.post", index="btree_not_null", ondelete="cascade"
    )
    space_id = fields.Many2one(
        "community.space", index="btree_not_null", ondelete="cascade"
    )
    muted = fields.Boolean()

    _post_uniq = models.UniqueIndex("(member_id, post_id) WHERE post_id IS NOT NULL")
    _space_uniq = models.UniqueIndex("(member_id, space_id) WHERE space_id IS NOT NULL")
    _one_target = models.Constraint("CHECK (num_nonnulls(post_id, space_id) = 1)")

    @api.model
    def _set(self, member, target, following=False, muted=False):
        """:param target: a thread or a space; neither following nor muted forgets it"""
        field = "post_id" if target._name == "community.post" else "space_id"
        found = self.sudo().search(
            [("member_id", "=", member.id), (field, "=", target.id)], limit=1
        )
        if not following and not muted:
            found.unlink()
        elif found:
            found.muted = muted
        else:
            self.sudo().create(
                {"member_id": member.id, field: target.id, "muted": muted}
            )

    @api.model
    def _muted(self, member):
        """What a member has muted: (ids of spaces, ids of threads)."""
        rows = self.sudo().search_fetch(
            [("member_id", "=", member.id), ("muted", "=", True)],
            ["space_id", "post_id"],
        )
        return rows.space_id.ids, rows.post_id.ids


class CommunityPost(models.Model):
    _inherit = "community.post"

    def _follow(self, following):
        self._set_follow(following=following)

    def _mute(self, muted):
        self._set_follow(muted=muted)

    def _set_follow(self, **how):
        self.ensure_one()
        member = self.env["community.member"]._join()
        self.check_access("read")
        thread = self.sudo()._thread()
        self.env["community.follow"]._set(member, thread, **how)
        if how.get("following"):
            thread._happened("followed", member)


class CommunitySpace(models.Model):
    _inherit = "community.space"

    def _follow(self, following):
        self._set_follow(following=following)

    def _mute(self, muted):
        self._set_follow(muted=muted)

    def _set_follow(self, **how):
        self.ensure_one()
        member = self.env["community.member"]._join()
        self.check_access("read")
        self.env["community.follow"]._set(member, self, **how)
