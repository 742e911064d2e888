from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

SANCTIONS = {
    "warn": "warning",
    "silence": "silence",
    "read_only": "read_only",
    "suspend": "suspension",
}


class ModerationDecision(models.Model):
    """What a decision does."""

    _inherit = "moderation.decision"

    def _carry_out(self, days=0, places=None, team=None, tell=True):
        """Do what was decided, and note first what it takes to undo it.

        :param days: how long a sanction holds; 0: until it is lifted
        :param places: ``moderation.place`` where it holds; empty: everywhere
        :param team: ``helpdesk.ticket.team`` of an escalation
        :param tell: whether the author gets a letter
        """
        self.ensure_one()
        case = self.case_id
        waited = case.content_state in ("held", "edit_held")
        self.snapshot = self._take_snapshot()
        self._act_on_content()
        if self.kind in SANCTIONS:
            self._impose(days, places)
        if self.kind == "allow":
            self._allow_phrases()
        if self.kind in ("outreach", "escalate"):
            self.ticket_id = case._open_ticket(self.kind, team, self.reason)
        self._finish_case()
        case.report_ids._settle(self)
        self._log("decision.made")
        content = case._content()
        if content:
            content._moderation_decided(self)
        affected = self.harmful or (waited and self.content_action == "publish")
        if tell and affected:
            self.notified = self._tell_author("moderation.mail_decision")

    def _log(self, event, reason=None, **after):
        self.env["moderation.log"]._append(
            event,
            self.case_id,
            reason if reason is not None else self.reason,
            before={"content_state": self.snapshot["case"]["content_state"]},
            after={
                "decision": self.id,
                "kind": self.kind,
                "content_state": self.case_id.content_state,
                **after,
            },
        )

    # --- the content ------------------------------------------------------------------

    def _act_on_content(self):
        case = self.case_id
        content = case._content()
        if not content:
            case.content_state = "gone"
        elif self.content_action == "publish":
            self._publish(content)
        elif self.content_action == "mask":
            self._mask(content)
        elif self.content_action == "hide":
            self._hide(content)

    def _publish(self, content):
        if self.case_id.content_state in ("held", "edit_held", "hidden"):
            content._moderation_publish(self.case_id)
            self.case_id.content_state = "published"

    def _hide(self, content):
        """A change that waits is dropped, what is published stays."""
        case = self.case_id
        if case.content_state == "edit_held":
            case.write({"kept": False, "kept_body": False})
            content._moderation_publish(case)
            case.content_state = "published"
            return
        content._moderation_withdraw(case, "hidden")
        case.content_state = "hidden"

    def _mask(self, content):
        case = self.case_id
        marked = case.finding_ids.filtered(
            lambda one: one.spans and one.part in ("title", "body")
        )
        if not marked:
            raise UserError(
                self.env._(
                    "Nothing is marked in this text that could be masked. Hide it, "
                    "or leave it as it is."
                )
            )
        masked = self.env["moderation.scanner"]._masked(case._text(), marked)
        if case.content_state == "edit_held":
            self._mask_change(content, masked)
        else:
            content._moderation_replace(
                case, title=masked["title"] or None, body=masked["body"]
            )
        if case.content_state in ("held", "edit_held", "hidden"):
            content._moderation_publish(case)
        case.content_state = "masked"

    def _mask_change(self, content, masked):
        title, body = content._moderation_names()
        change = self.case_id._held_change()
        kept = dict(self.case_id.kept or {})
        if title and title in kept:
            kept[title] = masked["title"]
        self.case_id.kept = kept
        if body in change:
            self.case_id.kept_body = masked["body"]

    # --- the author -------------------------------------------------------------------

    def _impose(self, days, places):
        now = fields.Datetime.now()
        self.env["moderation.sanction"].create(
            {
                "kind": SANCTIONS[self.kind],
                "partner_id": self._author_or_error().id,
                "decision_id": self.id,
                "start": now,
                "end": self.kind != "warn" and days and now + timedelta(days=days),
                "place_ids": places.ids if places else [],
                "reason": self.reason,
            }
        )

    def _author_or_error(self):
        author = self.case_id.author_id
        if not author:
            raise UserError(
                self.env._(
                    "Nobody knows who wrote this, so there is nobody to warn or to "
                    "silence. Mask or hide the text instead."
                )
            )
        if not author.partner_share:
            raise UserError(
                self.env._(
                    "%s is one of our own people: talk to them. The text can be "
                    "masked or hidden.",
                    author.display_name,
                )
            )
        return author

    # --- the case ---------------------------------------------------------------------

    def _finish_case(self):
        case = self.case_id
        now = fields.Datetime.now()
        self.hours_taken = (now - case.create_date).total_seconds() / 3600
        if self.kind == "escalate":
            # The moderator keeps it until those whom he asked have answered.
            case._claim()
            return
        case.write({"state": "decided", "closed_at": now, "user_id": self.user_id.id})
