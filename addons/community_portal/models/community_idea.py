from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

IDEA_STATES = [
    ("new", "New"),
    ("review", "Under review"),
    ("planned", "Planned"),
    ("progress", "In progress"),
    ("shipped", "Shipped"),
    ("declined", "Declined"),
]
# While an idea is in one of these, votes on it count and are spent.
OPEN_STATES = ("new", "review", "planned", "progress")


class CommunitySpace(models.Model):
    _inherit = "community.space"

    idea_person_votes = fields.Integer(
        "Votes of a person",
        default=10,
        help="On ideas that are still open; a vote comes back when the idea is "
        "shipped, declined or merged. 0 for any number.",
    )
    idea_company_votes = fields.Integer(
        "Votes of a company",
        default=30,
        help="Of all its people together, so that many accounts weigh no more. 0 for "
        "any number.",
    )

    _idea_votes_positive = models.Constraint(
        "CHECK (idea_person_votes >= 0 AND idea_company_votes >= 0)",
        "A number of votes cannot be negative.",
    )


class CommunityPost(models.Model):
    """What becomes of an idea."""

    _inherit = "community.post"

    idea_state = fields.Selection(
        IDEA_STATES,
        "State",
        compute="_compute_idea_state",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
        group_expand=True,
    )
    idea_reason = fields.Text(
        "Reason", copy=False, help="Why it is declined; everybody who sees it reads it."
    )
    official_answer = fields.Html(
        copy=False, sanitize_overridable=False, strip_style=True
    )
    idea_state_date = fields.Datetime("In this state since", copy=False)
    release = fields.Char(
        copy=False, help="In which release it comes, such as 2027.1; on the roadmap."
    )
    voter_company_count = fields.Integer(
        "Customers who want it", compute="_compute_voter_company_count"
    )

    _idea_idx = models.Index("(idea_state, score DESC) WHERE kind = 'idea'")

    @api.depends("kind")
    def _compute_idea_state(self):
        for post in self:
            if post.kind != "idea":
                post.idea_state = False
            elif not post.idea_state:
                post.idea_state = "new"

    @api.depends("score")
    def _compute_voter_company_count(self):
        votes = self.env["community.vote"].sudo()
        votes = votes.search_fetch(
            [
                ("post_id", "in", self.ids),
                ("value", ">", 0),
                ("member_id.is_vendor", "=", False),
            ],
            ["post_id", "member_id"],
        )
        pairs = {(vote.post_id.id, vote.member_id.organisation_id.id) for vote in votes}
        for post in self:
            post.voter_company_count = sum(key == post.id for key, _company in pairs)

    @api.constrains("idea_state", "idea_reason")
    def _check_idea_reason(self):
        for post in self:
            if post.idea_state == "declined" and not (post.idea_reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "Say why “%s” is declined: who voted for it reads the reason.",
                        post.title,
                    )
                )

    @api.model
    def _portal_fields(self):
        # Not the release: it is for those who may see the roadmap.
        return super()._portal_fields() | {
            "idea_state",
            "idea_state_date",
            "idea_reason",
            "official_answer",
        }

    def write(self, vals):
        if "idea_state" not in vals:
            return super().write(vals)
        before = {post: post.idea_state for post in self.sudo()}
        vals = {"idea_state_date": fields.Datetime.now()} | vals
        result = super().write(vals)
        self._tell_idea_states(before)
        return result

    def _tell_idea_states(self, before):
        actor = self.env["community.member"]._me()
        for post, state in before.items():
            if post.kind == "idea" and post.idea_state != state:
                facts = {"before": state, "state": post.idea_state}
                post._happened("idea_state", actor, **facts)

    def _set_idea(self, state, reason=None, answer=None, release=None):
        """The vendor says what becomes of an idea.

        :param state: one of ``IDEA_STATES``
        :param reason: text, needed to decline
        :param answer: HTML, the official answer; None leaves what there is
        :param release: such as "2027.1"; None leaves what there is
        """
        self.ensure_one()
        self._check_staff()
        self.check_access("read")
        idea = self.sudo()
        if idea.kind != "idea" or idea.merged_into_id:
            raise UserError(
                self.env._(
                    "Only an idea that is not merged has a state. Open that one."
                )
            )
        given = {"idea_reason": reason, "official_answer": answer, "release": release}
        values = {name: value for name, value in given.items() if value is not None}
        idea.write({"idea_state": state} | values)

    def _card(self, around):
        card = super()._card(around)
        if self.kind == "idea":
            card["idea"] = {
                "state": self.idea_state,
                "label": dict(
                    self._fields["idea_state"]._description_selection(self.env)
                ).get(self.idea_state, ""),
                "reason": self.idea_reason or "",
                "answer": self.official_answer or "",
                "merged": bool(self.merged_into_id),
                "open": self._takes_votes(),
            }
        return card

    def _takes_votes(self):
        return self.idea_state in OPEN_STATES and not self.merged_into_id
