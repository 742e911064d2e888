from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .. import engine
from ..wordlist import lines
from .moderation_rule import CHECKED

# Values that somebody may declare public, such as the vendor's own. Of the others
# not even a list of exceptions may be kept.
PUBLIC = ("cnpj", "email", "phone")
SETTLED_MINUTES = 10  # after which no transaction brings a finding that was missed


class ModerationRule(models.Model):
    """What a rule has learned, and how often it was wrong."""

    _inherit = "moderation.rule"

    finding_count = fields.Integer("Findings", readonly=True, copy=False)
    false_alarm_count = fields.Integer("False alarms", readonly=True, copy=False)
    false_alarm_rate = fields.Float(
        "Rate of false alarms",
        compute="_compute_false_alarm_rate",
        help="False alarms among all findings, as counted until now.",
    )
    counted_to = fields.Integer(
        readonly=True, copy=False, help="The last finding that is counted."
    )

    @api.depends("finding_count", "false_alarm_count")
    def _compute_false_alarm_rate(self):
        for rule in self:
            most = max(rule.finding_count, rule.false_alarm_count)
            rule.false_alarm_rate = rule.false_alarm_count / most if most else 0

    @api.model
    def _count_findings(self):
        """Add up what was found since the last time. Writing a rule at each finding
        would make all authors wait for one another."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH fresh AS (
                    SELECT rule_id, id FROM moderation_finding
                    WHERE id > (SELECT COALESCE(MIN(counted_to), 0)
                                  FROM moderation_rule)
                      AND create_date < NOW() AT TIME ZONE 'UTC'
                          - %s * INTERVAL '1 minute'
                ), counts AS (
                    SELECT r.id, COUNT(f.id) AS number,
                           (SELECT MAX(id) FROM fresh) AS last
                    FROM moderation_rule r
                    LEFT JOIN fresh f
                      ON f.rule_id = r.id AND f.id > COALESCE(r.counted_to, 0)
                    GROUP BY r.id
                )
                UPDATE moderation_rule r
                SET finding_count = COALESCE(r.finding_count, 0) + counts.number,
                    counted_to = GREATEST(r.counted_to, counts.last)
                FROM counts WHERE counts.id = r.id AND counts.last IS NOT NULL
                """,
                self._settled_minutes(),
            )
        )
        self.invalidate_model(["finding_count", "counted_to", "false_alarm_rate"])

    def _settled_minutes(self):
        return SETTLED_MINUTES

    # --- false alarms -----------------------------------------------------------------

    def _learn(self, text, part, spans, kind):
        """What a rule found somewhere is harmless: let it pass from now on.

        :param text: ``engine.Content``
        :param part, spans: where in its text, as in a finding
        :return: what is allowed from now on, or "" if the rule has no exceptions
            of this kind; it is counted in either case
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                "UPDATE moderation_rule SET false_alarm_count ="
                " COALESCE(false_alarm_count, 0) + 1 WHERE id = %s",
                self.id,
            )
        )
        self.invalidate_recordset(["false_alarm_count", "false_alarm_rate"])
        phrase = self._exception_for(text, part, spans, kind)
        if phrase:
            # sudo: any moderator may say that something is harmless
            keeper = (self.entries_of_id or self).sudo()
            keeper.with_context(moderation_switch=CHECKED).allowed = "\n".join(
                dict.fromkeys((*lines(keeper.allowed), phrase))
            )
        self.env["moderation.log"]._append(
            "rule.false_alarm", after={"rule": self.id, "learned": bool(phrase)}
        )
        return phrase

    def _exception_for(self, text, part, spans, kind):
        """The narrowest phrase around a found place with which it is found no more."""
        before, found, after = self._around(text, part, spans)
        if self.kind == "confidential":
            return found if kind in PUBLIC else ""
        if self.kind != "word" or not found:
            return ""
        return next(filter(self._is_enough, _phrases(before, found, after)), "")

    def _around(self, text, part, spans):
        """The readable text before, in and after a found place, of its line alone."""
        original = self.env["moderation.scanner"]._texts(text).get(part, "")
        is_html = part == "body" and text.is_html
        pieces = engine.mark(original, [tuple(span) for span in spans or ()], is_html)
        marked = [index for index, (_text, is_found) in enumerate(pieces) if is_found]
        if not marked:
            return "", "", ""
        first, last = marked[0], marked[-1]
        before = "".join(piece for piece, _found in pieces[:first])
        found = "".join(piece for piece, _found in pieces[first : last + 1])
        after = "".join(piece for piece, _found in pieces[last + 1 :])
        return before.rpartition("\n")[2], found, after.partition("\n")[0]

    def _is_enough(self, phrase):
        """Whether a phrase is found no more once it is allowed."""
        rule = self._engine_rule()
        with_it = replace(rule, allowed=(*rule.allowed, phrase))
        content = engine.Content(body=phrase, is_html=False)
        return not engine.scan(content, engine.compile_rules([with_it]))


class ModerationFinding(models.Model):
    _inherit = "moderation.finding"

    def action_false_alarm(self):
        """The found place is harmless: the rule lets it pass from now on."""
        if not self.env.user.has_group("moderation.group_moderator"):
            raise AccessError(
                self.env._("Only a moderator can say that a finding is a false alarm.")
            )
        self.check_access("read")
        for finding in self.filtered(lambda finding: not finding.false_alarm):
            # sudo: nobody writes findings by himself
            case = finding.sudo().case_id
            finding.sudo().false_alarm = True
            if finding.rule_id:
                finding.rule_id._learn(
                    case._text(), finding.part, finding.spans, finding.kind
                )
        return True


def _phrases(before, found, after):
    """Phrases that hold a found place, the most promising first. What is joined to
    it is one word with it: pau-brasil."""
    if before[-1:].strip() or after[:1].strip():
        yield before.rpartition(" ")[2] + found + after.partition(" ")[0]
    first, last = before.split()[-1:], after.split()[:1]
    for words in ((*first, found, *last), (*first, found), (found, *last)):
        if len(words) > 1:
            yield " ".join(words).strip(".,;:!?()")
