from odoo import fields, models
from odoo.tools import SQL

from ..models.community_post import VISIBLE


class CommunityReportExchange(models.Model):
    """A line for each reply to somebody else: who gives, who takes, and whether it
    solved the question."""

    _name = "community.report.exchange"
    _description = "Analysis of Answers"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "post_id"

    post_id = fields.Many2one("community.post", "Answer", readonly=True)
    thread_id = fields.Many2one("community.post", readonly=True)
    kind = fields.Selection(related="thread_id.kind", readonly=True)
    date = fields.Datetime("Published", readonly=True)
    space_id = fields.Many2one("community.space", readonly=True)
    company_id = fields.Many2one("res.company", "Our company", readonly=True)
    helper_id = fields.Many2one("community.member", readonly=True)
    giver_id = fields.Many2one("res.partner", "Company that gives", readonly=True)
    asker_id = fields.Many2one("community.member", "Helped", readonly=True)
    taker_id = fields.Many2one("res.partner", "Company that takes", readonly=True)
    by_vendor = fields.Boolean("By our own", readonly=True)
    between = fields.Boolean("Between two companies", readonly=True)
    accepted = fields.Integer("Solved a question", readonly=True)
    score = fields.Integer("Votes", readonly=True)

    @property
    def _table_query(self):
        replies = self.env["community.post"]._search(
            [
                ("root_id", "!=", False),
                ("active", "=", True),
                ("approval", "=", "free"),
                ("moderation_state", "in", VISIBLE),
                ("thread_open", "=", True),
            ]
        )
        return SQL(
            """
            SELECT reply.id, reply.id AS post_id, reply.root_id AS thread_id,
                   reply.published_date AS date, reply.space_id, space.company_id,
                   reply.author_id AS helper_id, reply.organisation_id AS giver_id,
                   reply.thread_author_id AS asker_id,
                   reply.thread_organisation_id AS taker_id,
                   helper.is_vendor AS by_vendor,
                   reply.organisation_id != reply.thread_organisation_id AS between,
                   (thread.is_solved AND thread.accepted_id = reply.id)::int
                       AS accepted,
                   COALESCE(reply.score, 0) AS score
              FROM community_post reply
              JOIN community_post thread ON thread.id = reply.root_id
              JOIN community_space space ON space.id = reply.space_id
              JOIN community_member helper ON helper.id = reply.author_id
             WHERE reply.thread_author_id != reply.author_id AND reply.id IN %s
            """,
            replies.subselect(),
        )
