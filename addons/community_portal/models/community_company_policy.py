from odoo import api, fields, models


class CommunityCompanyPolicy(models.Model):
    """What a customer's people may do in the community, as their company wants it."""

    _name = "community.company.policy"
    _description = "Company's Policy for the Community"
    _inherit = ["community.scoped"]
    _rec_name = "organisation_id"

    organisation_id = fields.Many2one(
        "res.partner",
        "Company",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_company", "=", True)],
    )
    participation = fields.Selection(
        [
            ("nobody", "Nobody takes part"),
            ("read", "Read only"),
            ("approve", "Post after a manager's approval"),
            ("free", "Post freely"),
        ],
        required=True,
        default="free",
    )
    space_ids = fields.Many2many(
        "community.space", string="Only these spaces", help="Empty: all of them."
    )
    working_hours_only = fields.Boolean()
    calendar_id = fields.Many2one("resource.calendar", "Working hours")
    perk_consent = fields.Boolean(
        "Perks need our consent",
        help="Perks for this company's people are granted after a manager agreed.",
    )

    _organisation_uniq = models.Constraint(
        "UNIQUE (organisation_id)", "This company has a policy already."
    )

    @api.model
    def _of(self, organisation):
        """The policy of a company; one with the defaults (not stored) where it has
        set none."""
        found = self.sudo().search([("organisation_id", "=", organisation.id)], limit=1)
        return found or self.sudo().new({"organisation_id": organisation.id})
