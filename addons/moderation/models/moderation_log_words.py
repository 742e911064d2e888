from odoo import api, fields, models


class ModerationLog(models.Model):
    """An entry of the log in words, for the list and for an export."""

    _inherit = "moderation.log"

    event_name = fields.Char("What happened", compute="_compute_words")
    before_text = fields.Char(compute="_compute_words")
    after_text = fields.Char(compute="_compute_words")

    @api.depends("event", "before", "after")
    @api.depends_context("lang")
    def _compute_words(self):
        names = self._event_names()
        for log in self:
            log.event_name = names.get(log.event, log.event)
            log.before_text = _in_words(log.before)
            log.after_text = _in_words(log.after)

    @api.model
    def _event_names(self):
        """:return: {event: what happened, in the user's language}"""
        return {
            "appeal.filed": self.env._("Appeal filed"),
            "appeal.overturned": self.env._("Appeal: decision undone"),
            "appeal.upheld": self.env._("Appeal: decision stands"),
            "case.claimed": self.env._("Case claimed"),
            "case.closed": self.env._("Case closed"),
            "case.emptied": self.env._("Texts deleted when their time was over"),
            "case.opened": self.env._("Case opened"),
            "case.put_back": self.env._("Case put back"),
            "case.restricted": self.env._("Who may see a case"),
            "case.secret_shown": self.env._("Secrets seen"),
            "decision.made": self.env._("Decision"),
            "decision.undone": self.env._("Decision undone"),
            "gate.block": self.env._("Text refused"),
            "gate.coach": self.env._("Author asked to change a text"),
            "report.held": self.env._("Held back after reports"),
            "report.made": self.env._("Report by a member"),
            "rule.false_alarm": self.env._("False alarm of a rule"),
            "sanction.lifted": self.env._("Sanction lifted"),
            "secret.shown": self.env._("Secrets seen"),
        }


def _in_words(values):
    """``{"kind": "hide", "decision": 3}`` as "kind: hide, decision: 3"."""
    return ", ".join(f"{key}: {value}" for key, value in (values or {}).items())
