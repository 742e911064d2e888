from odoo import models
from odoo.fields import Domain


class CommunityPost(models.Model):
    """A reply that waits for the boss is read by its author and by him, so they can be
    told of it."""

    _inherit = "community.post"

    def _early_readers_domain(self):
        domain = super()._early_readers_domain()
        waits = self.active and self.approval != "free" and self._passed_gate()
        if not self.root_id or not self.thread_open or not waits:
            return domain
        colleagues = Domain("organisation_id", "=", self.organisation_id.id)
        people = Domain("id", "=", self.author_id.id) | Domain("is_manager", "=", True)
        return domain | colleagues & people

    def _passed_gate(self):
        return bool(self.filtered_domain(self._moderation_visible()))
