from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    community_employer_shown = fields.Selection(
        related="company_id.community_employer_shown", readonly=False
    )
    community_invite_days = fields.Integer(
        related="company_id.community_invite_days", readonly=False
    )
    community_invite_limit = fields.Integer(
        related="company_id.community_invite_limit", readonly=False
    )
    community_invite_domains_only = fields.Boolean(
        related="company_id.community_invite_domains_only", readonly=False
    )
    community_close_login = fields.Boolean(
        related="company_id.community_close_login", readonly=False
    )
    community_privacy_days = fields.Integer(
        related="company_id.community_privacy_days", readonly=False
    )
    community_avoided_hours = fields.Float(
        related="company_id.community_avoided_hours", readonly=False
    )
