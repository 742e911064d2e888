from odoo import models


class CommunityPost(models.Model):
    """What the page offers on top of what the room itself lets everybody do."""

    _inherit = "community.post"

    def _abilities(self, around):
        member = around.member
        knows = member.is_vendor or member.is_expert
        accepted = bool(self.root_id) and self.root_id.accepted_id == self
        return super()._abilities(around) | {
            "article": bool(knows and accepted),
            "helpful": self.kind == "article" and self.author_id != member,
        }
