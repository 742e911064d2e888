from odoo import fields, models
from odoo.fields import Domain

from .moderation_case import OPEN_STATES


class DigestDigest(models.Model):
    _inherit = "digest.digest"

    kpi_moderation_decided = fields.Boolean("Moderation cases decided")
    kpi_moderation_decided_value = fields.Integer(
        compute="_compute_kpi_moderation_decided_value"
    )
    kpi_moderation_open = fields.Boolean("Moderation cases open")
    kpi_moderation_open_value = fields.Integer(
        compute="_compute_kpi_moderation_open_value"
    )

    def _compute_kpi_moderation_decided_value(self):
        self._check_moderator()
        self._calculate_company_based_kpi(
            "moderation.decision",
            "kpi_moderation_decided_value",
            date_field="at",
            additional_domain=Domain("undone_at", "=", False),
        )

    def _compute_kpi_moderation_open_value(self):
        """Opened in the period and still waiting."""
        self._check_moderator()
        self._calculate_company_based_kpi(
            "moderation.case",
            "kpi_moderation_open_value",
            additional_domain=Domain("state", "in", OPEN_STATES),
        )

    def _check_moderator(self):
        """:raises AccessError: the digest then leaves these figures out"""
        self.env["moderation.case"].check_access("read")

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("moderation.menu_root").id
        queue = f"moderation.action_queue?menu_id={menu}"
        decided = f"moderation.action_decision_report?menu_id={menu}"
        return actions | {
            "kpi_moderation_open": queue,
            "kpi_moderation_decided": decided,
        }
