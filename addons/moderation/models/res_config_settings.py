from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    moderation_hours_1 = fields.Integer(
        related="company_id.moderation_hours_1", readonly=False
    )
    moderation_hours_2 = fields.Integer(
        related="company_id.moderation_hours_2", readonly=False
    )
    moderation_hours_3 = fields.Integer(
        related="company_id.moderation_hours_3", readonly=False
    )
    moderation_hours_4 = fields.Integer(
        related="company_id.moderation_hours_4", readonly=False
    )
    moderation_appeal_days = fields.Integer(
        related="company_id.moderation_appeal_days", readonly=False
    )
    moderation_appeal_hours = fields.Integer(
        related="company_id.moderation_appeal_hours", readonly=False
    )
    moderation_retention_months = fields.Integer(
        related="company_id.moderation_retention_months", readonly=False
    )
    moderation_outreach_team_id = fields.Many2one(
        related="company_id.moderation_outreach_team_id", readonly=False
    )
    moderation_outreach_hours = fields.Integer(
        related="company_id.moderation_outreach_hours", readonly=False
    )
    moderation_escalation_team_id = fields.Many2one(
        related="company_id.moderation_escalation_team_id", readonly=False
    )
