from odoo import api, fields, models


class CommunityMember(models.Model):
    """A manager is one of a certain company: who changes his employer does not
    become the boss of other people's staff."""

    _inherit = "community.member"

    is_manager = fields.Boolean(
        compute="_compute_is_manager",
        inverse="_inverse_is_manager",
        store=True,
        readonly=False,
    )
    manager_of_id = fields.Many2one(
        "res.partner", "Manager of", index="btree_not_null", ondelete="set null"
    )

    @api.depends("organisation_id", "manager_of_id")
    def _compute_is_manager(self):
        for member in self:
            company = member.manager_of_id
            member.is_manager = bool(company) and company == member.organisation_id

    def _inverse_is_manager(self):
        for member in self:
            company = member.organisation_id if member.is_manager else False
            member.manager_of_id = company
