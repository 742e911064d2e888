from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import engine
from ..engine.types import Content
from ..gate import Verdict
from .moderation_rule import SEVERITIES

AROUND = 60  # characters of context on each side


class ModerationTrialHit(models.Model):
    """One place in a past text that a rule would find.

    The text is not copied: its place is kept, and what is shown is read from the
    content, with secrets masked.
    """

    _name = "moderation.trial.hit"
    _description = "Hit of a Trial"
    _order = "severity desc, id desc"

    trial_id = fields.Many2one(
        "moderation.trial", required=True, readonly=True, index=True, ondelete="cascade"
    )
    rule_id = fields.Many2one(related="trial_id.rule_id")
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Text", model_field="res_model", required=True, readonly=True
    )
    document = fields.Char("Written in", compute="_compute_text")
    excerpt = fields.Html("Found", compute="_compute_text", sanitize=False)
    severity = fields.Selection(SEVERITIES, readonly=True)
    kind = fields.Char(readonly=True)
    part = fields.Char(readonly=True)
    spans = fields.Json(readonly=True)
    read_as = fields.Char("Read as", readonly=True)
    disguised = fields.Boolean(readonly=True)
    secret = fields.Boolean(readonly=True)
    outcome = fields.Selection(
        [("false_alarm", "False alarm"), ("case", "Case opened")], readonly=True
    )

    @api.model
    def _prepare(self, trial, text, findings):
        return [
            {
                "trial_id": trial.id,
                "res_model": text._name,
                "res_id": text.id,
                "severity": str(int(finding.severity)),
                "kind": finding.kind,
                "part": finding.part,
                "spans": [list(span) for span in finding.spans],
                "read_as": finding.read_as,
                "disguised": finding.disguised,
                "secret": finding.secret,
            }
            for finding in findings
        ]

    @api.depends("res_model", "res_id", "spans")
    def _compute_text(self):
        for hit in self:
            text = hit._text()
            hit.document = text._moderation_document().display_name if text else False
            hit.excerpt = hit._excerpt(text)

    def _text(self):
        """The record that was hit, or an empty one if it is gone."""
        if self.res_model not in self.env:
            return self.browse()
        # sudo: whoever may see trials may see what they found
        return self.env[self.res_model].sudo().browse(self.res_id).exists()

    def _excerpt(self, text):
        if not text:
            return Markup("<i>%s</i>") % self.env._("deleted")
        content = text._moderation_text()
        part = self.env["moderation.scanner"]._texts(content).get(self.part, "")
        is_html = self.part == "body" and content.is_html
        pieces = engine.mark(part, [tuple(span) for span in self.spans or ()], is_html)
        return Markup("").join(self._cut(pieces))

    def _cut(self, pieces):
        """The found places with a little of what stands around them."""
        marked = [index for index, (_text, is_found) in enumerate(pieces) if is_found]
        for index, (text, is_found) in enumerate(pieces):
            if is_found:
                shown = "•" * len(text) if self.secret else text
                yield Markup("<mark>%s</mark>") % shown
            elif index + 1 in marked and index - 1 not in marked:
                yield text[-AROUND:] if len(text) <= AROUND else "…" + text[-AROUND:]
            elif index - 1 in marked and index + 1 not in marked:
                yield text if len(text) <= AROUND else text[:AROUND] + "…"
            elif marked and marked[0] < index < marked[-1]:
                yield text if len(text) <= 2 * AROUND else " … "

    def action_open_text(self):
        """The ticket, or whatever it was written in."""
        self.ensure_one()
        text = self._text()
        if not text:
            raise UserError(self.env._("This text has been deleted."))
        document = text._moderation_document()
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "view_mode": "form",
        }

    def action_open_case(self):
        """Let the moderators look at these texts."""
        self.trial_id.check_access("write")
        for rule, hits in self.grouped("rule_id").items():
            compiled = rule._compiled()
            facts = rule._gate_facts()
            for text in {hit._text() for hit in hits}:
                findings = rule._find_in(text, compiled) if text else ()
                if findings:
                    verdict = Verdict(tuple((found, facts) for found in findings))
                    case = text._moderation_open_case(
                        verdict, "published", origin="trial"
                    )
                    place = text._moderation_history_place()
                    case.place_id = self.env["moderation.place"]._of(place)
            # sudo: nobody writes hits by himself
            hits.sudo().outcome = "case"
        return True

    def action_false_alarm(self):
        """This is harmless: from now on the rule lets it pass."""
        self.trial_id.check_access("write")
        for hit in self.filtered(lambda hit: hit.outcome != "false_alarm"):
            text = hit._text()
            content = text._moderation_text() if text else Content()
            hit.rule_id._learn(content, hit.part, hit.spans, hit.kind)
            hit.sudo().outcome = "false_alarm"
        return True
