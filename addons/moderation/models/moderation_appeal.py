from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

TEXT_LENGTH = 4000


class ModerationAppeal(models.Model):
    """The author asks for a second look, once, by somebody else."""

    _name = "moderation.appeal"
    _description = "Moderation Appeal"
    _order = "state, deadline, id"

    decision_id = fields.Many2one(
        "moderation.decision",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    decider_id = fields.Many2one(
        related="decision_id.user_id", string="Decided by", store=True
    )
    case_id = fields.Many2one(related="decision_id.case_id", store=True, index=True)
    author_id = fields.Many2one(
        related="decision_id.author_id", store=True, index="btree_not_null"
    )
    company_id = fields.Many2one(related="decision_id.company_id", store=True)
    restricted = fields.Boolean(related="decision_id.restricted", store=True)
    kind = fields.Selection(related="decision_id.kind", store=True)
    text = fields.Text(readonly=True)
    state = fields.Selection(
        [
            ("open", "Waiting"),
            ("upheld", "Decision stands"),
            ("overturned", "Decision undone"),
        ],
        required=True,
        readonly=True,
        default="open",
    )
    deadline = fields.Datetime(readonly=True)
    overdue = fields.Boolean(compute="_compute_overdue")
    user_id = fields.Many2one("res.users", "Answered by", readonly=True)
    answer = fields.Text(readonly=True)
    answered_at = fields.Datetime(readonly=True)
    alerted = fields.Boolean("Told that it is overdue", readonly=True)
    overturned_share = fields.Float("Share overturned", readonly=True, aggregator="avg")
    mine_to_answer = fields.Boolean(compute="_compute_mine_to_answer")

    _one_uniq = models.Constraint(
        "UNIQUE (decision_id)", "A decision can be appealed once."
    )
    _other_check = models.Constraint(
        "CHECK (user_id IS NULL OR user_id != decider_id)",
        "An appeal is answered by somebody other than who decided.",
    )
    _queue_idx = models.Index("(deadline, id) WHERE state = 'open'")

    @api.depends("decision_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for appeal in self:
            appeal.display_name = self.env._(
                "Appeal: %s", appeal.decision_id.display_name
            )

    @api.depends("deadline", "state")
    def _compute_overdue(self):
        now = fields.Datetime.now()
        for appeal in self:
            waits = appeal.state == "open" and appeal.deadline
            appeal.overdue = bool(waits) and appeal.deadline < now

    @api.depends("decider_id", "state")
    @api.depends_context("uid")
    def _compute_mine_to_answer(self):
        for appeal in self:
            appeal.mine_to_answer = (
                appeal.state == "open" and appeal.decider_id != self.env.user
            )

    # --- by the author ----------------------------------------------------------------

    @api.model
    def _file(self, decision, text):
        """The user appeals against a decision on what he wrote.

        :param decision: ``moderation.decision``, with sudo
        :raises UserError: why not, in words
        """
        if decision.author_id != self.env.user.partner_id:
            raise AccessError(self.env._("Only its author can appeal."))
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Write why the decision should be changed."))
        if decision.appeal_ids:
            raise UserError(self.env._("You have appealed against this already."))
        until = decision.appeal_until
        if not until or until < fields.Datetime.now():
            raise UserError(self.env._("It is too late to appeal against this."))
        company = decision.company_id or self.env.company
        hours = timedelta(hours=company.moderation_appeal_hours)
        appeal = self.sudo().create(
            {
                "decision_id": decision.id,
                "text": text[:TEXT_LENGTH],
                "deadline": fields.Datetime.now() + hours,
            }
        )
        self.env["moderation.log"]._append(
            "appeal.filed", decision.case_id, after={"decision": decision.id}
        )
        return appeal

    @api.model
    def _cron_overdue(self, limit=200):
        """Tell the moderators, once for each appeal."""
        late = self.search(
            Domain("state", "=", "open")
            & Domain("deadline", "<", fields.Datetime.now())
            & Domain("alerted", "!=", True),
            order="deadline",
            limit=limit,
        )
        self.env["moderation.letter"]._tell_overdue(late, "/odoo/moderation-appeals")
        late.alerted = True

    # --- by another moderator ---------------------------------------------------------

    def action_answer(self):
        """Open the form in which the appeal is answered."""
        self.ensure_one()
        self._check_may_answer()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer the appeal"),
            "res_model": "moderation.appeal.answer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_appeal_id": self.id},
        }

    def _check_may_answer(self):
        self.case_id._as_moderator()
        if self.decider_id == self.env.user:
            raise UserError(
                self.env._(
                    "You made this decision, so somebody else has to answer the "
                    "appeal against it."
                )
            )
        if self.author_id == self.env.user.partner_id:
            raise UserError(self.env._("Nobody answers an appeal of their own."))
        if self.state != "open":
            raise UserError(self.env._("This appeal was answered already."))

    def _answer(self, overturn, answer):
        """Let the decision stand, or undo it and publish the text.

        :param answer: to the author
        """
        self.ensure_one()
        self._check_may_answer()
        appeal = self.sudo()
        appeal.case_id._lock()
        if not (answer or "").strip():
            raise UserError(self.env._("Write to the author why."))
        appeal.write(
            {
                "state": "overturned" if overturn else "upheld",
                "overturned_share": 1.0 if overturn else 0.0,
                "user_id": self.env.uid,
                "answer": answer.strip(),
                "answered_at": fields.Datetime.now(),
            }
        )
        self.env["moderation.log"]._append(
            f"appeal.{appeal.state}",
            appeal.case_id,
            appeal.answer,
            after={"decision": appeal.decision_id.id},
        )
        if overturn and not appeal.decision_id.undone_at:
            appeal._overturn()
        self.env["moderation.letter"]._send(
            "moderation.mail_appeal_answer", appeal, appeal.author_id
        )

    def _overturn(self):
        """Undone, and what was waiting before is published: the second look has
        decided about that too."""
        decision, case = self.decision_id, self.case_id
        decision.notified = False  # the answer to the appeal tells him
        decision._undo(self.env._("Overturned on appeal"))
        case.user_id = False
        if case.content_state in ("held", "edit_held", "hidden"):
            case._decide("approve", self.answer, tell=False)
        else:
            case._close(self.env._("Overturned on appeal"))
