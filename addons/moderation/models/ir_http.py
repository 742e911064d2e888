from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """The gate speaks on the portal as well, in the customer's language."""
        return [*super()._get_translation_frontend_modules_name(), "moderation"]
