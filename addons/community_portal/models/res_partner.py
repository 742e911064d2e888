from odoo import models

# What decides who works where and who competes with whom.
SCOPING = {"parent_id", "is_company", "industry_id", "active", "commercial_partner_id"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        if SCOPING & vals.keys():
            self.env.registry.clear_cache()
        return super().write(vals)

    def _community_rivals(self):
        """The companies that compete with this one.

        :return: set of ids of ``res.partner``
        """
        self.ensure_one()
        pairs = (
            self.env["community.competition"]
            .sudo()
            .search(
                ["|", ("organisation_id", "=", self.id), ("rival_id", "=", self.id)]
            )
        )
        rivals = set((pairs.organisation_id | pairs.rival_id).ids)
        # sudo: customers read no companies but their own
        industry = self.sudo().industry_id
        if industry.community_compete:
            rivals |= set(
                self.sudo()
                .search([("industry_id", "=", industry.id), ("parent_id", "=", False)])
                .ids
            )
        return rivals - {self.id}
