from odoo import fields, models
from odoo.tools import SQL

from ..models.community_idea import IDEA_STATES
from ..models.community_post import VISIBLE


class CommunityReportIdea(models.Model):
    """A line for each customer's vote on an idea. A company counts as one customer,
    however many of its people vote."""

    _name = "community.report.idea"
    _description = "Analysis of Ideas"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "idea_id"

    idea_id = fields.Many2one("community.post", readonly=True)
    idea_state = fields.Selection(IDEA_STATES, "State", readonly=True)
    date = fields.Datetime("Voted on", readonly=True)
    space_id = fields.Many2one("community.space", readonly=True)
    company_id = fields.Many2one("res.company", "Our company", readonly=True)
    member_id = fields.Many2one("community.member", "Voter", readonly=True)
    organisation_id = fields.Many2one("res.partner", "Customer", readonly=True)
    industry_id = fields.Many2one("res.partner.industry", readonly=True)
    votes = fields.Integer(readonly=True)
    customers = fields.Float(
        readonly=True,
        help="How many companies want it: the votes of one company on an idea are one "
        "together.",
    )

    @property
    def _table_query(self):
        ideas = self.env["community.post"]._search(
            [
                ("kind", "=", "idea"),
                ("active", "=", True),
                ("approval", "=", "free"),
                ("moderation_state", "in", VISIBLE),
            ]
        )
        return SQL(
            """
            SELECT vote.id, idea.id AS idea_id, idea.idea_state,
                   vote.create_date AS date, idea.space_id, space.company_id,
                   vote.member_id, member.organisation_id, customer.industry_id,
                   1 AS votes,
                   1.0 / COUNT(*) OVER (
                       PARTITION BY idea.id, member.organisation_id) AS customers
              FROM community_vote vote
              JOIN community_post idea ON idea.id = vote.post_id
              JOIN community_space space ON space.id = idea.space_id
              JOIN community_member member ON member.id = vote.member_id
              JOIN res_partner customer ON customer.id = member.organisation_id
             WHERE vote.value > 0 AND NOT member.is_vendor AND idea.id IN %s
            """,
            ideas.subselect(),
        )
