from odoo import models


class IrWebsocket(models.AbstractModel):
    """Whoever listens hears of the spaces that he may see."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        channels = super()._build_bus_channel_list(channels)
        spaces = self.env["community.space"]
        if not self.env.user._is_public():
            channels.extend(spaces.browse(spaces._ids_for("see")))
        return channels
