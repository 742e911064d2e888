from odoo import api, fields, models
from odoo.exceptions import UserError

from .moderation_decision import HARMFUL, KINDS

# What becomes of the text, where the moderator says nothing else.
USUAL = {
    "approve": "publish",
    "allow": "publish",
    "outreach": "publish",
    "escalate": "keep",
    "mask": "mask",
    "hide": "hide",
    "silence": "hide",
    "read_only": "hide",
    "suspend": "hide",
}


class ModerationCase(models.Model):
    """The decisions, one button and one key each."""

    _inherit = "moderation.case"

    decision_ids = fields.One2many("moderation.decision", "case_id", readonly=True)
    last_decision_id = fields.Many2one(
        "moderation.decision", compute="_compute_last_decision_id"
    )

    @api.depends("decision_ids.undone_at")
    def _compute_last_decision_id(self):
        for case in self:
            standing = case.decision_ids.filtered(lambda one: not one.undone_at)
            case.last_decision_id = standing.sorted("id")[-1:]

    def _usual_content_action(self, kind):
        """A warning leaves what is published, and keeps back what is held."""
        if kind == "warn":
            return "keep" if self.content_state in ("published", "masked") else "hide"
        return USUAL[kind]

    def _decide(
        self,
        kind,
        reason="",
        content_action=None,
        message="",
        days=0,
        places=None,
        team=None,
        tell=True,
    ):
        """Decide these cases, each for itself. For sudo records.

        :param kind: one of ``moderation_decision.KINDS``
        :param content_action: see ``CONTENT_ACTIONS``; None: what is usual
        :param message: HTML for the author, beside the reason
        :param tell: whether the author gets a letter; others as usual
        :return: ``moderation.decision``
        """
        self._check_decidable(kind, reason)
        decisions = self.env["moderation.decision"]
        for case in self:
            decision = decisions.create(
                {
                    "case_id": case.id,
                    "kind": kind,
                    "content_action": content_action
                    or case._usual_content_action(kind),
                    "reason": (reason or "").strip(),
                    "message": message,
                }
            )
            decision._carry_out(days, places, team, tell)
            decisions |= decision
        return decisions

    def _check_decidable(self, kind, reason):
        if kind not in dict(KINDS):
            raise UserError(self.env._("There is no such decision."))
        if kind in HARMFUL and not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Give a reason: whoever loses something has a right to know why."
                )
            )
        self._lock()
        self._check_open()
        self._check_not_taken()
        me = self.env.user.partner_id
        if not self.env.user._is_superuser() and me in self.author_id:
            raise UserError(
                self.env._(
                    "Nobody decides on what they wrote themselves. Leave this one to "
                    "somebody else."
                )
            )

    # --- buttons: at once -------------------------------------------------------------

    def action_approve(self):
        self._as_moderator()._decide("approve")
        return self._next_action()

    def action_allow(self):
        self._as_moderator()._decide("allow")
        return self._next_action()

    def action_undo(self):
        self.ensure_one()
        self._as_moderator()
        if not self.last_decision_id:
            raise UserError(self.env._("Nothing was decided here yet."))
        return self.last_decision_id.action_undo()

    # --- buttons: with a reason -------------------------------------------------------

    def action_mask(self):
        return self._ask("mask")

    def action_hide(self):
        return self._ask("hide")

    def action_warn(self):
        return self._ask("warn")

    def action_silence(self):
        return self._ask("silence")

    def action_suspend(self):
        return self._ask("suspend")

    def action_escalate(self):
        return self._ask("escalate")

    def action_outreach(self):
        return self._ask("outreach")

    def action_decide_many(self):
        """From the list: the same decision for all that are chosen."""
        return self._ask("approve")

    def _ask(self, kind):
        self._as_moderator()._check_open()
        return {
            "type": "ir.actions.act_window",
            "name": dict(self.env["moderation.decision"]._kinds())[kind],
            "res_model": "moderation.decide",
            "view_mode": "form",
            "target": "new",
            "context": {"default_case_ids": self.ids, "default_kind": kind},
        }
