from odoo import models

from ..wordlist import lines
from .moderation_rule import CHECKED


class ModerationDecision(models.Model):
    """Approving and allowing a phrase: what the rules learn from it, and forget when
    the decision is undone."""

    _inherit = "moderation.decision"

    def _allow_phrases(self):
        """Each finding is a false alarm from now on. A secret is never allowed: not
        even a list of exceptions may hold one."""
        findings = self.case_id.finding_ids.filtered(
            lambda one: one.rule_id and not one.false_alarm and not one.secret
        )
        keepers = findings.rule_id.entries_of_id | findings.rule_id
        before = {rule: lines(rule.allowed) for rule in keepers}
        findings.action_false_alarm()
        learned = {
            str(rule.id): [one for one in lines(rule.allowed) if one not in known]
            for rule, known in before.items()
        }
        self.snapshot = self.snapshot | {
            "findings": findings.ids,
            "learned": {rule: phrases for rule, phrases in learned.items() if phrases},
        }

    def _forget_phrases(self):
        findings = self.env["moderation.finding"].browse(
            self.snapshot.get("findings", ())
        )
        findings = findings.exists()
        findings.false_alarm = False
        for rule in findings.rule_id:
            fewer = len(findings.filtered(lambda one, rule=rule: one.rule_id == rule))
            rule.false_alarm_count = max(0, rule.false_alarm_count - fewer)
        for number, phrases in self.snapshot.get("learned", {}).items():
            rule = self.env["moderation.rule"].browse(int(number)).exists()
            if rule:
                kept = [one for one in lines(rule.allowed) if one not in phrases]
                rule.with_context(moderation_switch=CHECKED).allowed = "\n".join(kept)
