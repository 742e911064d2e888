from odoo import fields, models
from odoo.fields import Domain


class DigestDigest(models.Model):
    _inherit = "digest.digest"

    kpi_community_people = fields.Boolean("Customers active in the community")
    kpi_community_people_value = fields.Integer(
        compute="_compute_kpi_community_people_value"
    )
    kpi_community_solved = fields.Boolean("Questions solved by customers")
    kpi_community_solved_value = fields.Integer(
        compute="_compute_kpi_community_solved_value"
    )
    kpi_community_avoided = fields.Boolean("Tickets avoided by the community")
    kpi_community_avoided_value = fields.Integer(
        compute="_compute_kpi_community_avoided_value"
    )

    def _compute_kpi_community_people_value(self):
        for digest, during in self._community_periods("date"):
            digest.kpi_community_people_value = self._community_sum(
                "community.report.activity",
                during & Domain("by_vendor", "=", False),
                "people:count_distinct",
            )

    def _compute_kpi_community_solved_value(self):
        for digest, during in self._community_periods("solved_date"):
            digest.kpi_community_solved_value = self._community_sum(
                "community.report",
                during & Domain("kind", "=", "question"),
                "solved_by_customer:sum",
            )

    def _compute_kpi_community_avoided_value(self):
        for digest, during in self._community_periods("date"):
            digest.kpi_community_avoided_value = self._community_sum(
                "community.report.activity", during, "avoided:sum"
            )

    def _community_periods(self, name):
        """:param name: of the field with the date
        :return: pairs of a digest and the domain of its period and company
        :raises AccessError: the digest then leaves these figures out
        """
        self.env["community.report"].check_access("read")
        start, end, _companies = self._get_kpi_compute_parameters()
        for digest in self:
            company = digest.company_id or self.env.company
            yield (
                digest,
                Domain(name, ">=", start)
                & Domain(name, "<", end)
                & Domain("company_id", "=", company.id),
            )

    def _community_sum(self, model, domain, aggregate):
        return self.env[model]._read_group(domain, aggregates=[aggregate])[0][0] or 0

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("community_portal.menu_root").id
        activity = f"community_portal.action_report_activity?menu_id={menu}"
        return actions | {
            "kpi_community_people": activity,
            "kpi_community_solved": f"community_portal.action_report?menu_id={menu}",
            "kpi_community_avoided": activity,
        }
