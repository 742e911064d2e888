from collections import Counter

from odoo import fields, models


class HelpdeskTicket(models.Model):
    """The customer's standing in the community, beside his ticket."""

    _inherit = "helpdesk.ticket"

    community_member_id = fields.Many2one(
        "community.member",
        "Community member",
        compute="_compute_community_standing",
        groups="community_portal.group_agent",
    )
    community_points = fields.Integer(
        compute="_compute_community_standing", groups="community_portal.group_agent"
    )
    community_level = fields.Char(
        compute="_compute_community_standing", groups="community_portal.group_agent"
    )
    community_accepted = fields.Integer(
        "Accepted answers",
        compute="_compute_community_standing",
        groups="community_portal.group_agent",
    )

    def _compute_community_standing(self):
        members = self.env["community.member"].search(
            [("partner_id", "in", self.partner_id.ids), ("state", "=", "active")]
        )
        # sudo: a number about a customer, for the vendor's people
        solved = self.env["community.post"].sudo()
        solved = solved.search(
            [("is_solved", "=", True), ("accepted_id.author_id", "in", members.ids)]
        )
        accepted = Counter(solved.accepted_id.mapped("author_id.id"))
        of_partner = {member.partner_id.id: member for member in members.sudo()}
        for ticket in self:
            member = of_partner.get(ticket.partner_id.id, members.browse())
            ticket.community_member_id = member
            ticket.community_points = member.points
            ticket.community_level = member.level_id.name
            ticket.community_accepted = accepted[member.id]
