from odoo import models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _can_return_content(self, field_name=None, access_token=None):
        """The author of a message that is held still sees his own file."""
        attachment = self.sudo()
        if attachment.res_model == "moderation.case" and attachment.res_id:
            user = self.env.user
            return not user._is_public() and attachment.create_uid == user
        return super()._can_return_content(field_name, access_token)
