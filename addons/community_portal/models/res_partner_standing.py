from odoo import fields, models


class ResPartner(models.Model):
    """What a contact or company is in the community, on its form."""

    _inherit = "res.partner"

    community_member_count = fields.Integer(
        compute="_compute_community_standing",
        groups="community_portal.group_agent",
    )
    community_points = fields.Integer(
        compute="_compute_community_standing",
        groups="community_portal.group_agent",
    )

    def _compute_community_standing(self):
        """Of companies all their people's, of people their own."""
        members = self.env["community.member"]
        active = [("state", "=", "active")]
        sums = {}
        for name in ("organisation_id", "partner_id"):
            for partner, count, points in members._read_group(
                [*active, (name, "in", self.ids)],
                [name],
                ["__count", "points:sum"],
            ):
                sums[partner.id] = max(sums.get(partner.id, (0, 0)), (count, points))
        for partner in self:
            count, points = sums.get(partner.id, (0, 0))
            partner.community_member_count = count
            partner.community_points = points

    def action_community_members(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Community"),
            "res_model": "community.member",
            "view_mode": "list,form",
            "domain": [
                "|",
                ("organisation_id", "in", self.ids),
                ("partner_id", "in", self.ids),
            ],
        }


class ResUsers(models.Model):
    _inherit = "res.users"

    def action_community_member(self):
        """The user's membership, to look at or to create."""
        self.ensure_one()
        member = self.env["community.member"].search(
            [("user_id", "=", self.id)], limit=1
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Community"),
            "res_model": "community.member",
            "view_mode": "form",
            "res_id": member.id,
            "context": {"default_user_id": self.id},
        }
