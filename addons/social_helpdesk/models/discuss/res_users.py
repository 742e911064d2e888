from odoo import models

from odoo.addons.mail.tools.discuss import Store

from .discuss_channel import AGENT


class ResUsers(models.Model):
    _inherit = "res.users"

    def _init_store_data(self, store: Store):
        """Whether Discuss offers ``/ticket``; the server asks again."""
        result = super()._init_store_data(store)
        store.add_global_values(is_helpdesk_agent=self.env.user.has_group(AGENT))
        return result


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _to_store_defaults(self, target):
        fields = super()._to_store_defaults(target)
        if target.is_internal(self.env):
            fields.append(
                Store.Attr("support_desk", predicate=lambda c: c.support_desk)
            )
        return fields
