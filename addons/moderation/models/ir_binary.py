from odoo import models


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _find_record(
        self,
        xmlid=None,
        res_model="ir.attachment",
        res_id=None,
        access_token=None,
        field=None,
    ):
        """A link with a token that was given out before the file's message was
        hidden opens it no longer."""
        if access_token and res_model == "ir.attachment" and res_id:
            attachment = self.env["ir.attachment"].sudo().browse(int(res_id)).exists()
            if attachment.res_model == "moderation.case":
                access_token = None
        return super()._find_record(xmlid, res_model, res_id, access_token, field)
