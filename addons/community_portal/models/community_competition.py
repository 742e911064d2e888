from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CommunityCompetition(models.Model):
    """Two companies that compete with one another, whichever is named first."""

    _name = "community.competition"
    _description = "Competing Companies"
    _inherit = ["community.scoped"]

    organisation_id = fields.Many2one(
        "res.partner",
        "Company",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_company", "=", True)],
    )
    rival_id = fields.Many2one(
        "res.partner",
        "Competitor",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_company", "=", True)],
    )
    note = fields.Char(help="Who told you, or why; customers never see it.")

    _pair_uniq = models.UniqueIndex(
        "(LEAST(organisation_id, rival_id), GREATEST(organisation_id, rival_id))",
        "These two are marked as competitors already.",
    )
    _not_oneself = models.Constraint(
        "CHECK (organisation_id != rival_id)", "A company is not its own competitor."
    )

    @api.constrains("organisation_id", "rival_id")
    def _check_companies(self):
        for pair in self:
            for partner in pair.organisation_id | pair.rival_id:
                if partner.commercial_partner_id != partner:
                    raise ValidationError(
                        self.env._(
                            "%(contact)s belongs to %(company)s. Name the company.",
                            contact=partner.name,
                            company=partner.commercial_partner_id.name,
                        )
                    )

    @api.depends("organisation_id", "rival_id")
    def _compute_display_name(self):
        for pair in self:
            pair.display_name = f"{pair.organisation_id.name} ↔ {pair.rival_id.name}"


class ResPartnerIndustry(models.Model):
    _name = "res.partner.industry"
    _inherit = ["res.partner.industry", "community.scoped"]

    _scoping_fields = frozenset({"community_compete", "active"})

    community_compete = fields.Boolean(
        "Its companies compete",
        help="All companies of this industry are treated as competitors of one "
        "another in the community.",
    )
