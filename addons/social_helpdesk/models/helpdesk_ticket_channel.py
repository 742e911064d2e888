from odoo import api, fields, models

from .. import providers


class HelpdeskTicketChannel(models.Model):
    _inherit = "helpdesk.ticket.channel"

    social_provider = fields.Char(readonly=True, copy=False)

    _social_provider_unique = models.UniqueIndex(
        "(social_provider) WHERE social_provider IS NOT NULL",
        "There is already a channel for this provider.",
    )

    @api.model
    def _social_channel(self, code):
        """The one channel record of a provider, made when first needed."""
        channel = self.sudo().with_context(active_test=False)
        return channel.search([("social_provider", "=", code)]) or channel.create(
            {
                "name": providers.get(code).label,
                "social_provider": code,
                "company_id": False,
            }
        )
