from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class CommunityHome(CustomerPortal):
    """The way into the community from the portal."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "community_count" in counters:
            members = request.env["community.member"]
            inside = not members._way_in()
            values["community_count"] = members._unread_notices() if inside else 0
        return values
