from odoo import api, fields, models

from odoo.addons.moderation.models.moderation_mixin import VISIBLE

from .community_space import AUDIENCES

TITLE_LIMIT = 200  # characters
BODY_LIMIT = 100_000  # characters of HTML


class CommunityPost(models.Model):
    """What somebody wrote in the room: a question, an idea, an article or a reply."""

    _name = "community.post"
    _description = "Community Post"
    _inherit = ["community.guarded", "moderation.mixin"]
    _order = "id desc"
    _rec_name = "title"

    _moderation_title = "title"
    _moderation_body = "body"

    kind = fields.Selection(
        [
            ("question", "Question"),
            ("discussion", "Discussion"),
            ("idea", "Idea"),
            ("announcement", "Announcement"),
            ("article", "Article"),
            ("reply", "Reply"),
        ],
        required=True,
        default="question",
    )
    space_id = fields.Many2one(
        "community.space", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="space_id.company_id")
    root_id = fields.Many2one(
        "community.post",
        "Thread",
        index="btree_not_null",
        ondelete="restrict",
        help="The post that a reply belongs to; empty for the first one.",
    )
    parent_id = fields.Many2one(
        "community.post",
        "In reply to",
        index="btree_not_null",
        ondelete="restrict",
        help="The reply that this reply answers; one level.",
    )
    reply_ids = fields.One2many("community.post", "root_id", "Replies")
    title = fields.Char(size=TITLE_LIMIT)
    body = fields.Html(
        sanitize_overridable=False,
        sanitize_form=True,
        sanitize_conditional_comments=True,
        strip_style=True,
    )
    author_id = fields.Many2one(
        "community.member", required=True, index=True, ondelete="restrict"
    )
    organisation_id = fields.Many2one(
        "res.partner",
        "Author's company",
        required=True,
        index=True,
        ondelete="restrict",
        help="As it was when this was written.",
    )
    tag_ids = fields.Many2many("community.tag", string="Topics")
    active = fields.Boolean(default=True)
    removed_by_id = fields.Many2one("community.member", "Removed by", copy=False)

    audience = fields.Selection(AUDIENCES, required=True, default="everybody")
    approval = fields.Selection(
        [
            ("free", "Not needed, or given"),
            ("waiting", "Waits for the author's company"),
            ("refused", "Refused by the author's company"),
        ],
        required=True,
        default="free",
        copy=False,
    )
    announced = fields.Boolean(
        copy=False, help="Whether others have been told of it; once in its life."
    )

    # Copies of what the thread says, so that one row tells who may see it.
    thread_audience = fields.Selection(
        AUDIENCES, compute="_compute_thread", store=True, precompute=True
    )
    thread_organisation_id = fields.Many2one(
        "res.partner", compute="_compute_thread", store=True, precompute=True
    )
    thread_author_id = fields.Many2one(
        "community.member", compute="_compute_thread", store=True, precompute=True
    )
    thread_open = fields.Boolean(
        compute="_compute_thread_open", store=True, precompute=True
    )

    score = fields.Integer(readonly=True, copy=False)
    reply_count = fields.Integer(
        readonly=True, copy=False, help="Of replies that all readers of the thread see."
    )
    reaction_count = fields.Integer(readonly=True, copy=False)
    last_activity = fields.Datetime(default=fields.Datetime.now, copy=False)
    published_date = fields.Datetime(default=fields.Datetime.now, copy=False)
    edited_date = fields.Datetime(copy=False)
    accepted_id = fields.Many2one(
        "community.post", "Accepted answer", index="btree_not_null", copy=False
    )
    accepted_date = fields.Datetime(copy=False)
    is_solved = fields.Boolean(copy=False)
    duplicate_of_id = fields.Many2one(
        "community.post", "Duplicate of", index="btree_not_null", copy=False
    )
    locked = fields.Boolean("Closed for replies", copy=False)
    pinned = fields.Boolean("Pinned to the top", copy=False)

    _feed_idx = models.Index("(last_activity DESC, id DESC) WHERE root_id IS NULL")
    _space_idx = models.Index(
        "(space_id, last_activity DESC, id DESC) WHERE root_id IS NULL"
    )
    _newest_idx = models.Index(
        "(space_id, published_date DESC, id DESC) WHERE root_id IS NULL"
    )
    _best_idx = models.Index("(space_id, score DESC, id DESC) WHERE root_id IS NULL")
    _pinned_idx = models.Index("(space_id) WHERE pinned IS TRUE")
    _thread_idx = models.Index("(root_id, id) WHERE root_id IS NOT NULL")
    _author_idx = models.Index("(author_id, id DESC)")
    _shape = models.Constraint(
        "CHECK ((kind = 'reply') = (root_id IS NOT NULL))",
        "A reply belongs to a thread, and nothing else does.",
    )

    @api.depends(
        "audience",
        "organisation_id",
        "author_id",
        "root_id.audience",
        "root_id.organisation_id",
        "root_id.author_id",
    )
    def _compute_thread(self):
        for post in self:
            thread = post._thread()
            post.thread_audience = thread.audience
            post.thread_organisation_id = thread.organisation_id
            post.thread_author_id = thread.author_id

    @api.depends(
        "active",
        "approval",
        "moderation_state",
        "root_id.active",
        "root_id.approval",
        "root_id.moderation_state",
    )
    def _compute_thread_open(self):
        for post in self:
            thread = post._thread()
            post.thread_open = thread.active and thread._is_public()

    @api.model
    def _portal_fields(self):
        return super()._portal_fields() | {
            "active",
            "moderation_state",
            "kind",
            "space_id",
            "root_id",
            "parent_id",
            "title",
            "body",
            "author_id",
            "tag_ids",
            "score",
            "reply_count",
            "reaction_count",
            "last_activity",
            "published_date",
            "edited_date",
            "accepted_id",
            "is_solved",
            "locked",
            "pinned",
        }

    def _compute_display_name(self):
        for post in self:
            thread = post.sudo()._thread()
            post.display_name = thread.title or self.env._("Post %s", post.id)

    def _thread(self):
        """The first post of the thread: itself, or what it replies to."""
        self.ensure_one()
        return self.root_id or self

    def _is_public(self):
        """Whether the gate and the author's company let others see it."""
        self.ensure_one()
        return self.moderation_state in VISIBLE and self.approval == "free"

    def _is_open(self):
        """Whether every member may see it: nothing of it is anybody's secret."""
        self.ensure_one()
        return (
            self.audience == "everybody"
            and self.thread_audience == "everybody"
            and self.space_id._is_open()
        )

    def _happened(self, event, actor, **facts):
        """Called in the transaction in which something happened to these posts.

        Reputation, notices and the other parts of the room extend it.

        :param event: "posted", "replied", "edited", "removed", "restored",
            "accepted", "unaccepted", "voted" (facts: value, before), "reacted",
            "mentioned" (members), "followed", "approved", "refused", "solved",
            "published" and "withdrawn" (by a moderator), and those of other parts
        :param actor: ``community.member``, empty for the system
        """
