"""From a public answer to a private talk that only the customer can begin."""

from odoo import models

from .. import providers


class HelpdeskSocialConversation(models.Model):
    _inherit = "helpdesk.social.conversation"

    def _invitation(self):
        """A sentence with the way there, in the customers' language; "" where there
        is none, or where the customer has begun already."""
        self.ensure_one()
        known = self.account_id.provider in providers.known()
        if not self.public or not known:
            return ""
        address = self.account_id._provider().invitation()
        if not address or self._others().filtered(lambda c: not c.public):
            return ""
        return self.account_id._inbound_env().env._(
            "Please send us a direct message, so that we can help you: %s", address
        )


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _social_info(self):
        info = super()._social_info()
        if info and self.social_conversation_id:
            info["invitation"] = self.social_conversation_id._invitation()
        return info
