from odoo import models


class CommunityMember(models.Model):
    """What the vendor's administrator does with members on their form."""

    _inherit = "community.member"

    def action_approve(self):
        self._require_administrator()
        self._approve_request()
        return True

    def action_back(self):
        """Let somebody back in who was suspended or closed."""
        self._require_administrator()
        suspended = self.filtered(lambda member: member.state == "suspended")
        if suspended:
            suspended._resume()
        if self - suspended:
            (self - suspended)._reopen()
        return True

    def action_posts(self):
        """What these people wrote, as far as the user may see it."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Posts and replies"),
            "res_model": "community.post",
            "view_mode": "list,form",
            "domain": [("author_id", "in", self.ids)],
        }
