from odoo import fields, models
from odoo.exceptions import UserError


class ModerationDecision(models.Model):
    """Undoing: text, visibility, sanctions, reports are as before, and whoever was
    told is told of it."""

    _inherit = "moderation.decision"

    def _take_snapshot(self):
        """:return: JSON dictionary with what ``_undo`` puts back"""
        case = self.case_id
        content = case._content()
        waits = case.content_state == "edit_held"
        return {
            "case": {
                "state": case.state,
                "content_state": case.content_state,
                "user_id": case.user_id.id,
                "kept": case.kept if waits else None,
                "kept_body": str(case.kept_body or "") if waits else None,
            },
            "content": content._moderation_snapshot() if content else None,
        }

    def action_undo(self):
        """For moderators: undo the last decision of a case."""
        self.ensure_one()
        self.case_id._as_moderator()
        decision = self.sudo()
        decision._undo(self.env._("Undone by a moderator"))
        return True

    def _undo(self, reason):
        """Put everything back; the case is open again.

        :param reason: for the log
        """
        self.ensure_one()
        self.case_id._lock()
        self._check_undo()
        self._restore()
        self.sanction_ids._lift(self.env._("The decision was undone."), tell=False)
        self._forget_phrases()
        self._take_back_ticket()
        self.case_id.report_ids._unsettle(self)
        content = self.case_id._content()
        if content:
            content._moderation_undo_effects(self)
        self.write(
            {
                "undone_at": fields.Datetime.now(),
                "undone_by_id": self.env.uid,
                "undo_reason": reason,
            }
        )
        self._log("decision.undone", reason)
        if self.notified:
            self._tell_author("moderation.mail_decision_undone")

    def _check_undo(self):
        if self.undone_at:
            raise UserError(self.env._("This was undone already."))
        if not self.snapshot:
            raise UserError(
                self.env._(
                    "The texts of this case were deleted when their time was over, "
                    "so nothing can be put back."
                )
            )
        later = self.case_id.decision_ids.filtered(
            lambda other: other.id > self.id and not other.undone_at
        )
        if later:
            raise UserError(
                self.env._(
                    "Something was decided in this case afterwards. Undo the last "
                    "decision first."
                )
            )
        content = self.case_id._content()
        newer = content and content._moderation_case() - self.case_id
        if newer:
            raise UserError(
                self.env._(
                    "This text has a newer open case: %s. Decide that one.",
                    newer.display_name,
                )
            )

    def _restore(self):
        case, before = self.case_id, self.snapshot["case"]
        content = case._content()
        if content and self.snapshot["content"] is not None:
            content._moderation_restore(case, self.snapshot["content"])
        values = {
            "state": before["state"],
            "content_state": before["content_state"] if content else "gone",
            "user_id": before["user_id"],
            "closed_at": False,
        }
        if before["content_state"] == "edit_held":
            values |= {"kept": before["kept"], "kept_body": before["kept_body"]}
        case.write(values)

    def _take_back_ticket(self):
        """Nobody works on it any more; what was written in it stays."""
        ticket = self.ticket_id
        if ticket:
            ticket.message_post(
                body=self.env._("The decision that opened this ticket was undone.")
            )
            ticket.active = False
