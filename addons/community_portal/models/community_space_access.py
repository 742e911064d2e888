from odoo import fields, models


class CommunitySpaceAccess(models.Model):
    """One grant of a right in a space: to a group, a company, an industry or a
    person."""

    _name = "community.space.access"
    _description = "Right in a Community Space"
    _inherit = ["community.scoped"]
    _order = "right, id"

    space_id = fields.Many2one(
        "community.space", required=True, index=True, ondelete="cascade"
    )
    right = fields.Selection(
        [("see", "See"), ("post", "Post"), ("moderate", "Moderate")],
        required=True,
        default="see",
    )
    group_id = fields.Many2one("res.groups", "User group", ondelete="cascade")
    organisation_id = fields.Many2one(
        "res.partner",
        "Company",
        domain=[("is_company", "=", True)],
        index="btree_not_null",
        ondelete="cascade",
    )
    industry_id = fields.Many2one("res.partner.industry")
    member_id = fields.Many2one(
        "community.member", "Person", index="btree_not_null", ondelete="cascade"
    )

    _one_grantee = models.Constraint(
        "CHECK (num_nonnulls(group_id, organisation_id, industry_id, member_id) = 1)",
        "Choose a group, a company, an industry or a person: one on each line.",
    )

    def _include(self, user, member):
        """Whether one of these lines is meant for a user. The vendor's own people
        see what companies and industries talk about: it is their room."""
        return any(line._includes(user, member) for line in self)

    def _includes(self, user, member):
        if self.group_id:
            return self.group_id in user.all_group_ids
        if self.member_id:
            return self.member_id == member
        if not user.share:
            return self.right != "moderate"
        if self.organisation_id:
            return self.organisation_id == member.organisation_id
        return self.industry_id == member.organisation_id.industry_id
