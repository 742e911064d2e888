from odoo import api, models


class CommunityMember(models.Model):
    """Who helped most lately, for the margin of the pages."""

    _inherit = "community.member"

    @api.model
    def _helpers_of_the_month(self):
        """A few member cards, best first; filled by who keeps the boards."""
        return []
