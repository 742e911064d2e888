from odoo import models


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Agents hear which tickets changed, in the companies they work for.

        Not a string: those any browser may ask for by name.
        """
        user = self.env.user
        if user.has_group("helpdesk_mgmt.group_helpdesk_user_own"):
            channels = [
                *channels,
                *((company, "social_helpdesk") for company in user.company_ids),
            ]
        return super()._build_bus_channel_list(channels)
