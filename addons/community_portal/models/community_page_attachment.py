from odoo import models


class IrAttachment(models.Model):
    """A post's file is as visible as the post, and a pending one is its author's."""

    _inherit = "ir.attachment"

    def _can_return_content(self, field_name=None, access_token=None):
        # sudo: whose it is; customers may not read attachments at all
        file = self.sudo()
        if file.res_field or file.res_model not in (
            "community.post",
            "community.draft",
        ):
            return super()._can_return_content(field_name, access_token)
        if file.res_model == "community.draft":
            return file.create_uid == self.env.user
        # Found as the user; there are no links that open it for anybody else.
        return bool(self.env["community.post"].search_count([("id", "=", file.res_id)]))
