from datetime import timedelta

from odoo import api, fields, models

KINDS = [
    ("approve", "Approve"),
    ("allow", "Approve and allow the phrase"),
    ("mask", "Mask"),
    ("hide", "Hide"),
    ("warn", "Warn"),
    ("silence", "Silence"),
    ("read_only", "Read only"),
    ("suspend", "Suspend"),
    ("outreach", "Criticism: reach out"),
    ("escalate", "Escalate to a ticket"),
]
# With these somebody loses something: he is told why, and may appeal.
HARMFUL = ("mask", "hide", "warn", "silence", "read_only", "suspend")
CONTENT_ACTIONS = [
    ("keep", "Leave it as it is"),
    ("publish", "Publish it"),
    ("mask", "Mask what is marked"),
    ("hide", "Hide it"),
]


class ModerationDecision(models.Model):
    """What one moderator decided in a case, why, and what it takes to undo it."""

    _name = "moderation.decision"
    _description = "Moderation Decision"
    _order = "id desc"

    case_id = fields.Many2one(
        "moderation.case", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    content_action = fields.Selection(
        CONTENT_ACTIONS, "The text", required=True, readonly=True, default="keep"
    )
    harmful = fields.Boolean(compute="_compute_harmful", store=True)
    user_id = fields.Many2one(
        "res.users",
        "Decided by",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )
    at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    reason = fields.Text(readonly=True)
    message = fields.Html(readonly=True, help="What the author was told besides.")
    author_id = fields.Many2one(
        related="case_id.author_id", store=True, index="btree_not_null"
    )
    author_company_id = fields.Many2one(
        related="case_id.author_company_id", store=True, index="btree_not_null"
    )
    category_id = fields.Many2one(
        related="case_id.category_id", store=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        related="case_id.company_id", store=True, index="btree_not_null"
    )
    place_id = fields.Many2one(related="case_id.place_id", store=True)
    restricted = fields.Boolean(related="case_id.restricted", store=True)
    severity = fields.Selection(related="case_id.severity", store=True)
    hours_taken = fields.Float("Hours to decide", readonly=True, aggregator="avg")
    notified = fields.Boolean("The author was told", readonly=True)
    sanction_ids = fields.One2many("moderation.sanction", "decision_id", readonly=True)
    ticket_id = fields.Many2one(
        "helpdesk.ticket", readonly=True, index="btree_not_null", ondelete="set null"
    )
    appeal_ids = fields.One2many("moderation.appeal", "decision_id", readonly=True)
    snapshot = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    undone_at = fields.Datetime(readonly=True)
    undone_by_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    undo_reason = fields.Text(readonly=True)
    overturned_share = fields.Float(
        "Share undone",
        compute="_compute_overturned_share",
        store=True,
        aggregator="avg",
    )
    appeal_until = fields.Datetime(compute="_compute_appeal_until")
    outcome = fields.Char(compute="_compute_outcome")
    portal_url = fields.Char(compute="_compute_portal_url")

    @api.depends("kind", "case_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._kinds())
        for decision in self:
            decision.display_name = (
                f"{decision.case_id.display_name}: {kinds.get(decision.kind, '')}"
            )

    @api.model
    def _kinds(self):
        """Pairs of code and name, in the user's language."""
        return self._fields["kind"]._description_selection(self.env)

    @api.depends("kind")
    def _compute_harmful(self):
        for decision in self:
            decision.harmful = decision.kind in HARMFUL

    @api.depends("undone_at")
    def _compute_overturned_share(self):
        for decision in self:
            decision.overturned_share = 1.0 if decision.undone_at else 0.0

    @api.depends("at", "harmful", "undone_at", "company_id.moderation_appeal_days")
    def _compute_appeal_until(self):
        for decision in self:
            company = decision.company_id or self.env.company
            days = timedelta(days=company.moderation_appeal_days)
            open_to_appeal = decision.harmful and not decision.undone_at
            decision.appeal_until = open_to_appeal and decision.at + days

    @api.depends("case_id")
    def _compute_portal_url(self):
        for decision in self:
            decision.portal_url = (
                f"{self.get_base_url()}/my/moderation/decision/{decision.id}"
            )

    @api.depends("kind", "content_action", "sanction_ids")
    @api.depends_context("lang")
    def _compute_outcome(self):
        """What happened, in one or two sentences to the author."""
        for decision in self:
            decision.outcome = " ".join(decision._outcome_sentences())

    def _outcome_sentences(self):
        text = {
            "publish": self.env._("Your text was published."),
            "mask": self.env._("A part of your text was covered."),
            "hide": self.env._("Your text is not shown to others."),
        }.get(self.content_action)
        if text:
            yield text
        for sanction in self.sudo().sanction_ids:
            yield sanction._sentence(short=True)

    def _can_be_appealed(self):
        self.ensure_one()
        until = self.appeal_until
        return bool(until) and until >= fields.Datetime.now() and not self.appeal_ids

    # --- for the letters --------------------------------------------------------------

    def _tell_author(self, template):
        """A letter in the author's language; not one word of his text is in it.

        :param template: XML id of a ``mail.template`` on decisions
        :return: whether there is somebody to be told
        """
        self.ensure_one()
        return self.env["moderation.letter"]._send(template, self, self.author_id)
