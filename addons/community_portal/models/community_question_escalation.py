from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

BATCH = 50


class CommunitySpace(models.Model):
    _inherit = "community.space"

    def _escalate_at(self, since):
        """When a question of ``since`` that nobody answers goes to the help desk.

        :param since: UTC, naive
        :return: UTC, naive, or False for never
        """
        self.ensure_one()
        if not self.escalate_hours:
            return False
        if not self.calendar_id:
            return since + timedelta(hours=self.escalate_hours)
        return self.calendar_id.plan_hours(
            self.escalate_hours, since, compute_leaves=True
        )


class CommunityPost(models.Model):
    """Questions that nobody answers go to the help desk, once.

    Whether somebody has answered is looked at when the time has come, so that an
    answer writes nothing into the question: many may answer at once.
    """

    _inherit = "community.post"

    escalate_at = fields.Datetime(
        "To the help desk at",
        copy=False,
        help="When the question becomes a ticket unless somebody answers before.",
    )

    _escalate_idx = models.Index("(escalate_at) WHERE escalate_at IS NOT NULL")

    def _happened(self, event, actor, **facts):
        result = super()._happened(event, actor, **facts)
        if event in ("posted", "unaccepted", "removed", "withdrawn"):
            self._thread()._plan_escalation()
        elif event in ("solved", "marked_duplicate") and self.escalate_at:
            self.escalate_at = False
        return result

    def _plan_escalation(self):
        """Count from now, for a customer's question that has no answer (any more)."""
        if (
            self.kind == "question"
            and not self.author_id.is_vendor
            and not self.accepted_id
            and not self.ticket_id
            and not self.escalate_at
            and not self._answered()
        ):
            self.escalate_at = self.space_id._escalate_at(fields.Datetime.now())

    def _answered(self):
        """:return: those of these questions that somebody else has answered"""
        answers = self._read_group(
            Domain("root_id", "in", self.ids)
            & Domain("active", "=", True)
            & Domain("approval", "=", "free")
            & self._moderation_visible(),
            ["root_id", "author_id"],
        )
        answered = {root.id for root, author in answers if root.author_id != author}
        return self.filtered(lambda question: question.id in answered)

    @api.model
    def _cron_escalate(self):
        while due := self._due_questions():
            due._escalate()
            if not self.env["ir.cron"]._commit_progress(len(due)):
                break

    @api.model
    def _due_questions(self):
        due = [("escalate_at", "<=", fields.Datetime.now()), ("active", "in", [1, 0])]
        found = self.search(due, order="escalate_at, id", limit=BATCH)
        return found.try_lock_for_update()

    def _escalate(self):
        self.escalate_at = False
        shown = self.filtered(lambda question: question._is_shown())
        waiting = shown.filtered(lambda q: not q.accepted_id and not q.ticket_id)
        waiting -= waiting._answered()
        for question, ticket in waiting._open_tickets().items():
            question._happened("escalated", self.env["community.member"], ticket=ticket)
