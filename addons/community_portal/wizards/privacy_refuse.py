from odoo import fields, models


class CommunityPrivacyRefuse(models.TransientModel):
    """Why a privacy request is not done: the person reads it."""

    _name = "community.privacy.refuse"
    _description = "Refuse a Privacy Request"

    request_id = fields.Many2one(
        "community.privacy.request",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    reason = fields.Text(required=True)

    def action_apply(self):
        self.ensure_one()
        self.request_id._refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
