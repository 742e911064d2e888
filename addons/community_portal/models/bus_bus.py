from odoo import api, models


class BusBus(models.Model):
    _inherit = "bus.bus"

    @api.model
    def _poll(self, channels, last=0, ignore_ids=None):
        """A page may be open for days: what its reader has lost access to meanwhile is
        left out each time, not only when he connects. The answer is in the cache."""
        if any(self._community_space_of(channel) for channel in channels):
            seen = {False, *self.env["community.space"]._ids_for("see")}
            channels = [c for c in channels if self._community_space_of(c) in seen]
        return super()._poll(channels, last=last, ignore_ids=ignore_ids)

    def _community_space_of(self, channel):
        """Channels are records before a connection is made and tuples (database,
        model, id) after."""
        if isinstance(channel, models.BaseModel):
            return channel._name == "community.space" and channel.id
        if isinstance(channel, tuple) and channel[1:2] == ("community.space",):
            return channel[2]
        return False
