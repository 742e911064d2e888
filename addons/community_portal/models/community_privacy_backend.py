from odoo import models


class CommunityMember(models.Model):
    """The vendor answers somebody who asked by letter or on the telephone."""

    _inherit = "community.member"

    def action_export_data(self):
        """Download a copy of this person's data; it is noted that it was handed out."""
        self.ensure_one()
        self._require_administrator()
        return {
            "type": "ir.actions.act_url",
            "url": f"/community/privacy/{self.id}/export",
            "target": "self",
        }

    def action_ask_to_forget(self):
        """Note that this person wants to be forgotten, and open the request."""
        self.ensure_one()
        self._require_administrator()
        request = self.env["community.privacy.request"]._ask("anonymise", self)
        return {
            "type": "ir.actions.act_window",
            "res_model": request._name,
            "res_id": request.id,
            "view_mode": "form",
        }
