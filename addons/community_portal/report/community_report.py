from odoo import api, fields, models
from odoo.tools import SQL

from ..models.community_post import VISIBLE

KINDS = [
    ("question", "Question"),
    ("discussion", "Discussion"),
    ("idea", "Idea"),
    ("announcement", "Announcement"),
    ("article", "Article"),
]


def hours(later, earlier):
    """SQL of the hours between two moments."""
    return SQL("EXTRACT(EPOCH FROM (%s - %s)) / 3600.0", later, earlier)


class CommunityReport(models.Model):
    """A line for each thread: who asked, who solved it, and how long that took.

    Whoever looks at it finds the threads that he may see, and no others.
    """

    _name = "community.report"
    _description = "Analysis of Threads"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "post_id"

    post_id = fields.Many2one("community.post", "Thread", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    date = fields.Datetime("Published", readonly=True)
    space_id = fields.Many2one("community.space", readonly=True)
    company_id = fields.Many2one("res.company", "Our company", readonly=True)
    author_id = fields.Many2one("community.member", readonly=True)
    organisation_id = fields.Many2one("res.partner", "Author's company", readonly=True)
    by_customer = fields.Boolean("Written by a customer", readonly=True)
    tag_ids = fields.Many2many(
        "community.tag",
        "community_post_community_tag_rel",
        "community_post_id",
        "community_tag_id",
        "Topics",
        readonly=True,
    )
    outcome = fields.Selection(
        [
            ("customer", "Solved by a customer"),
            ("agent", "Solved by an agent"),
            ("answered", "Answered"),
            ("unanswered", "Unanswered"),
        ],
        readonly=True,
        help="Of questions; an accepted answer solves them.",
    )
    solver_id = fields.Many2one("community.member", "Solved by", readonly=True)
    answer_date = fields.Datetime("First answer", readonly=True)
    solved_date = fields.Datetime("Solved", readonly=True)
    answer_hours = fields.Float(
        "Hours to the first answer",
        readonly=True,
        aggregator="avg",
        help="By somebody else; without those that have no answer yet.",
    )
    solution_hours = fields.Float(
        "Hours to the solution",
        readonly=True,
        aggregator="avg",
        help="Until the accepted answer was written; without what is not solved yet.",
    )
    solved = fields.Integer("Solved questions", readonly=True)
    solved_by_customer = fields.Integer("Solved by customers", readonly=True)
    solved_by_agent = fields.Integer("Solved by agents", readonly=True)
    unanswered = fields.Integer("Unanswered questions", readonly=True)
    reply_count = fields.Integer("Replies", readonly=True)
    score = fields.Integer("Votes", readonly=True)

    @api.model
    def _posts(self):
        """The threads that the user may see: a query on ``community.post``."""
        return self.env["community.post"]._search(
            [
                ("root_id", "=", False),
                ("active", "=", True),
                ("approval", "=", "free"),
                ("moderation_state", "in", VISIBLE),
            ]
        )

    @property
    def _table_query(self):
        return SQL("%s %s", self._select(), self._from())

    def _select(self):
        asked = SQL("post.kind = 'question'")
        by_agent = SQL("post.is_solved AND COALESCE(solver.is_vendor, FALSE)")
        by_customer = SQL("post.is_solved AND NOT COALESCE(solver.is_vendor, FALSE)")
        return SQL(
            """
            SELECT post.id, post.id AS post_id, post.kind, post.published_date AS date,
                   post.space_id, space.company_id, post.author_id,
                   post.organisation_id, NOT author.is_vendor AS by_customer,
                   CASE WHEN NOT (%(asked)s) THEN NULL
                        WHEN %(by_agent)s THEN 'agent'
                        WHEN %(by_customer)s THEN 'customer'
                        WHEN first.date IS NULL THEN 'unanswered'
                        ELSE 'answered' END AS outcome,
                   answer.author_id AS solver_id,
                   first.date AS answer_date,
                   answer.published_date AS solved_date,
                   %(to_answer)s AS answer_hours,
                   %(to_solution)s AS solution_hours,
                   (%(asked)s AND post.is_solved)::int AS solved,
                   (%(asked)s AND %(by_customer)s)::int AS solved_by_customer,
                   (%(asked)s AND %(by_agent)s)::int AS solved_by_agent,
                   (%(asked)s AND first.date IS NULL AND NOT COALESCE(post.is_solved,
                       FALSE))::int AS unanswered,
                   COALESCE(post.reply_count, 0) AS reply_count,
                   COALESCE(post.score, 0) AS score
            """,
            asked=asked,
            by_agent=by_agent,
            by_customer=by_customer,
            to_answer=hours(SQL("first.date"), SQL("post.published_date")),
            to_solution=hours(SQL("answer.published_date"), SQL("post.published_date")),
        )

    def _from(self):
        """The first answer is one that the readers of the thread see."""
        return SQL(
            """
              FROM community_post post
              JOIN community_space space ON space.id = post.space_id
              JOIN community_member author ON author.id = post.author_id
              LEFT JOIN community_post answer
                     ON answer.id = post.accepted_id AND post.is_solved
              LEFT JOIN community_member solver ON solver.id = answer.author_id
              LEFT JOIN LATERAL (
                   SELECT MIN(reply.published_date) AS date
                     FROM community_post reply
                    WHERE reply.root_id = post.id
                      AND reply.author_id != post.author_id
                      AND reply.active AND reply.approval = 'free'
                      AND reply.moderation_state IN %(visible)s
                      AND reply.audience = 'everybody') first ON TRUE
             WHERE post.id IN %(posts)s
            """,
            visible=VISIBLE,
            posts=self._posts().subselect(),
        )
