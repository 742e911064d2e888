from odoo import fields, models
from odoo.tools import SQL

from ..models.community_post import VISIBLE


class CommunityReportActivity(models.Model):
    """A line for each thing that somebody did: wrote, voted or found an answer instead
    of writing a ticket. It tells how many people are active, and who."""

    _name = "community.report.activity"
    _description = "Analysis of Activity"
    _auto = False
    _order = "date desc, id desc"

    date = fields.Datetime(readonly=True)
    kind = fields.Selection(
        [
            ("thread", "Began a thread"),
            ("reply", "Replied"),
            ("vote", "Voted"),
            ("avoided", "Needed no ticket"),
        ],
        readonly=True,
    )
    member_id = fields.Many2one(
        "community.member", readonly=True, aggregator="count_distinct"
    )
    organisation_id = fields.Many2one("res.partner", "Company", readonly=True)
    by_vendor = fields.Boolean("Our own", readonly=True)
    post_id = fields.Many2one("community.post", readonly=True)
    space_id = fields.Many2one("community.space", readonly=True)
    company_id = fields.Many2one("res.company", "Our company", readonly=True)
    people = fields.Integer(
        "Active people",
        readonly=True,
        aggregator="count_distinct",
        help="Each counted once, however much he did.",
    )
    avoided = fields.Integer(
        "Tickets avoided",
        readonly=True,
        help="A customer began a ticket, was shown a solved question or an article, "
        "and said that it helped. Each person, post and day counts once, five at most "
        "for a person in a day.",
    )

    @property
    def _table_query(self):
        """Numbers in front of the ids keep those of the three tables apart."""
        posts = self.env["community.post"]._search(
            [
                ("active", "=", True),
                ("approval", "=", "free"),
                ("moderation_state", "in", VISIBLE),
                ("thread_open", "=", True),
            ]
        )
        return SQL(
            """
            SELECT done.id, done.date, done.kind, done.member_id,
                   done.member_id AS people, member.organisation_id,
                   member.is_vendor AS by_vendor, done.post_id, post.space_id,
                   space.company_id, (done.kind = 'avoided')::int AS avoided
              FROM (%(done)s) done
              JOIN community_post post ON post.id = done.post_id
              JOIN community_space space ON space.id = post.space_id
              JOIN community_member member ON member.id = done.member_id
             WHERE done.post_id IN %(posts)s
            """,
            done=self._done(),
            posts=posts.subselect(),
        )

    def _done(self):
        return SQL(
            """
            SELECT id::bigint * 4 AS id, published_date AS date,
                   CASE WHEN root_id IS NULL THEN 'thread' ELSE 'reply' END AS kind,
                   author_id AS member_id, id AS post_id
              FROM community_post
             UNION ALL
            SELECT id::bigint * 4 + 1, create_date, 'vote', member_id, post_id
              FROM community_vote
             UNION ALL
            SELECT id::bigint * 4 + 2, create_date, 'avoided', member_id, post_id
              FROM community_avoided
            """
        )
