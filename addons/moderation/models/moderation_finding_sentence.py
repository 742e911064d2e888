from odoo import api, fields, models

from .. import engine
from ..engine.types import Finding, Severity


class ModerationFinding(models.Model):
    """A finding in words."""

    _inherit = "moderation.finding"

    sentence = fields.Char(compute="_compute_sentence")
    false_share = fields.Float(
        "Share of false alarms",
        compute="_compute_false_share",
        store=True,
        aggregator="avg",
    )

    @api.depends("kind", "facts", "read_as")
    @api.depends_context("lang")
    def _compute_sentence(self):
        lang = self.env.lang or "en_US"
        for finding in self:
            finding.sentence = engine.explain(finding._engine_finding(), lang)

    @api.depends("false_alarm")
    def _compute_false_share(self):
        for finding in self:
            finding.false_share = 1.0 if finding.false_alarm else 0.0

    def _engine_finding(self):
        """:return: ``engine.types.Finding``"""
        self.ensure_one()
        return Finding(
            rule=str(self.rule_id.id or ""),
            category=self.category_id.code or "",
            severity=Severity(int(self.severity or "1")),
            part=self.part or "body",
            spans=tuple((start, end) for start, end in self.spans or ()),
            read_as=self.read_as or "",
            kind=self.kind or "",
            disguised=self.disguised,
            secret=self.secret,
            facts=self.facts or {},
        )
