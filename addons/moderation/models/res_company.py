from odoo import fields, models

# Hours until a moderator should have decided, by severity.
HOURS = {"1": 48, "2": 24, "3": 8, "4": 2}


class ResCompany(models.Model):
    _inherit = "res.company"

    moderation_hours_1 = fields.Integer("Hours to decide: low", default=HOURS["1"])
    moderation_hours_2 = fields.Integer("Hours to decide: medium", default=HOURS["2"])
    moderation_hours_3 = fields.Integer("Hours to decide: high", default=HOURS["3"])
    moderation_hours_4 = fields.Integer("Hours to decide: severe", default=HOURS["4"])
    moderation_appeal_days = fields.Integer("Days to appeal", default=14)
    moderation_appeal_hours = fields.Integer("Hours to answer an appeal", default=72)
    moderation_retention_months = fields.Integer("Months to keep texts", default=12)
    moderation_outreach_team_id = fields.Many2one(
        "helpdesk.ticket.team", "Team for outreach"
    )
    moderation_outreach_hours = fields.Integer("Hours to reach out", default=24)
    moderation_escalation_team_id = fields.Many2one(
        "helpdesk.ticket.team", "Team for escalations"
    )

    _moderation_times_check = models.Constraint(
        """CHECK (
            moderation_hours_1 > 0 AND moderation_hours_2 > 0
            AND moderation_hours_3 > 0 AND moderation_hours_4 > 0
            AND moderation_appeal_days > 0 AND moderation_appeal_hours > 0
            AND moderation_outreach_hours > 0 AND moderation_retention_months >= 0
        )""",
        "Moderation needs some time: each period has to be longer than nothing. "
        "Only texts may be kept for 0 months, which means for ever.",
    )

    def _moderation_hours(self, severity):
        """Hours until a case of this severity should be decided."""
        company = self or self.env.company
        return company[f"moderation_hours_{severity}"] or HOURS[severity]
