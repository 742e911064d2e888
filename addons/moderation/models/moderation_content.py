from odoo import models

from ..gate import PASS


class ModerationContent(models.AbstractModel):
    """Whatever a case can be about. The methods are called on sudo records."""

    _name = "moderation.content"
    _description = "Moderated Content"

    # --- what a model says of itself --------------------------------------------------

    def _moderation_place(self):
        """Code of the ``moderation.place`` where the text stands, or False where it
        is not gated."""
        return False

    def _moderation_author(self):
        """Who wrote it: ``res.partner``, maybe empty."""
        self.ensure_one()
        return self.create_uid.partner_id

    def _moderation_document(self):
        """The record in whose context a moderator reads it."""
        return self

    def _moderation_company(self):
        """Whose rules hold: ``res.company``, maybe empty."""
        self.ensure_one()
        return self.company_id if "company_id" in self else self.env.company

    def _moderation_sets(self):
        """Rule sets that the account or space names, beside those of the place."""
        return self.env["moderation.rule.set"]

    def _moderation_text(self, vals=None):
        """The engine's view of the record, as it is or as it would be with ``vals``:
        ``engine.Content``."""
        raise NotImplementedError

    def _moderation_publish(self, case):
        """Show what was held or hidden, or apply the change that was held."""
        raise NotImplementedError

    def _moderation_withdraw(self, case, state="hidden"):
        """From now on only its author and moderators see it."""
        raise NotImplementedError

    def _moderation_replace(self, case, title=None, body=None):
        """Write another text past the gate."""
        raise NotImplementedError

    def _moderation_snapshot(self):
        """What undoing a decision needs: a JSON dictionary."""
        raise NotImplementedError

    def _moderation_restore(self, case, snapshot):
        """Undo: exactly as it was."""
        raise NotImplementedError

    # --- judging ----------------------------------------------------------------------

    def _moderation_insisted(self):
        return bool(self.env.context.get("moderation_insist"))

    def _moderation_is_there(self):
        """Whether the author waits for an answer and can be told to correct it."""
        return not self.env.context.get("moderation_email") and not (
            self.env.user._is_superuser()
        )

    def _moderation_judge(self, content):
        """:return: ``gate.Verdict`` on a text in this record's place"""
        return self._moderation_judge_for(
            self._moderation_author(), self._moderation_place(), content
        )

    def _moderation_judge_for(self, author, place, content):
        """The same for what somebody writes here, in this place of it: a record's
        chatter is another place than the record.

        :return: ``gate.Verdict``
        """
        return self.env["moderation.scanner"]._judge(
            content,
            place,
            author,
            self._moderation_company(),
            self._moderation_sets(),
            self._moderation_insisted(),
            document=self._moderation_document(),
        )

    def _moderation_stop(self, verdict, content):
        """:raises Coached, Refused:"""
        self.env["moderation.scanner"]._stop(
            verdict,
            content,
            {"res_model": self._name, "subject_number": self._moderation_author().id},
        )

    # --- its case ---------------------------------------------------------------------

    def _moderation_case(self):
        """The open case of this content, maybe empty."""
        self.ensure_one()
        return self.env["moderation.case"].sudo()._open_for(self)

    def _moderation_open_case(self, verdict, content_state, **values):
        """Open the case of this content, or add to the one that is open."""
        self.ensure_one()
        case = self._moderation_case()
        if case:
            case._find_again(verdict)
            case.write({"content_state": content_state} | values)
            return case
        return case._open(
            verdict,
            content_state=content_state,
            **self._moderation_case_values(),
            **values,
        )

    def _moderation_case_values(self):
        document = self._moderation_document()
        place = self.env["moderation.place"].sudo()
        return {
            "res_model": self._name,
            "res_id": self.id,
            "document_model": document._name,
            "document_id": document.id,
            "author_id": self._moderation_author().id,
            "company_id": self._moderation_company().id,
            "place_id": place._of(self._moderation_place()),
        }

    def _moderation_hold(self, verdict):
        origin = "insisted" if verdict.insisted else "gate"
        case = self._moderation_open_case(verdict, "held", origin=origin)
        self._moderation_withdraw(case, "held")
        return case

    def _moderation_soft(self, verdict):
        """It is published: mask, tell the moderators, open a ticket for outreach.

        :return: the case, empty where none is needed
        """
        if spans := verdict.of("mask"):
            self._moderation_mask(spans)
        return self._moderation_tell(verdict)

    def _moderation_tell(self, verdict):
        """Whoever has to know of a published text, or to take care of its author."""
        if not verdict.of("notify", "outreach", "hold", "block"):
            return self.env["moderation.case"]
        case = self._moderation_open_case(verdict, "published")
        if verdict.of("outreach"):
            case._start_outreach()
        return case

    def _moderation_mask(self, findings):
        masked = self.env["moderation.scanner"]._masked(
            self._moderation_text(), findings
        )
        self._moderation_replace(
            self.env["moderation.case"], masked["title"], masked["body"]
        )

    def _moderation_corrected(self):
        """Its author made it fit before anybody decided."""
        case = self._moderation_case()
        self._moderation_publish(case)
        case._close(self.env._("Corrected by the author"), content_state="published")

    def _moderation_quiet(self):
        """For the gate's own writing."""
        return self.with_context(moderation_gate=PASS)
