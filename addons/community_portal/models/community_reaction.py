from odoo import fields, models
from odoo.exceptions import UserError

# Kept short, so that one knows what each of them says.
REACTIONS = {
    "like": "👍",
    "love": "❤️",
    "thanks": "🙏",
    "party": "🎉",
    "funny": "😄",
    "sad": "😢",
}


class CommunityReaction(models.Model):
    """What a member feels about a post, in one sign."""

    _name = "community.reaction"
    _description = "Reaction to a Post"

    post_id = fields.Many2one(
        "community.post", required=True, index=True, ondelete="cascade"
    )
    member_id = fields.Many2one(
        "community.member", required=True, index=True, ondelete="restrict"
    )
    code = fields.Selection([(code, sign) for code, sign in REACTIONS.items()])

    _post_member_uniq = models.UniqueIndex("(post_id, member_id)")


class CommunityPost(models.Model):
    _inherit = "community.post"

    def _react(self, code):
        """React, change the reaction, or with "" take it back."""
        self.ensure_one()
        if code and code not in REACTIONS:
            raise UserError(self.env._("Choose one of the reactions shown."))
        member = self.env["community.member"]._join()
        self.check_access("read")
        reactions = self.env["community.reaction"].sudo()
        mine = reactions.search(
            [("post_id", "=", self.id), ("member_id", "=", member.id)], limit=1
        )
        if mine and not code:
            mine.unlink()
            self._count_reaction(-1)
        elif mine:
            mine.code = code
        elif code:
            reactions.create({"post_id": self.id, "member_id": member.id, "code": code})
            self._count_reaction(1)
            self.sudo()._happened("reacted", member)

    def _count_reaction(self, delta):
        self.env["community.tally"]._add(self._name, self.id, "reaction_count", delta)
