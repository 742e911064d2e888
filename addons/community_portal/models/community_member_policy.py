from odoo import models
from odoo.exceptions import UserError


class CommunityMember(models.Model):
    """What a member's company and the space ask of him before he writes."""

    _inherit = "community.member"

    def _approval(self):
        """:return: the ``approval`` of what the member writes now"""
        self.ensure_one()
        asks = (
            not self.is_vendor
            and not self.is_manager
            and self._policy().participation == "approve"
        )
        return "waiting" if asks else "free"

    def _check_points(self, space):
        """:raises UserError: the space wants more reputation first"""
        if not self.is_vendor and self.points < space.min_level_points:
            raise UserError(
                self.env._(
                    "“%(space)s” is for members with %(points)s points. You have "
                    "%(own)s: helpful answers bring more.",
                    space=space.name,
                    points=space.min_level_points,
                    own=self.points,
                )
            )
