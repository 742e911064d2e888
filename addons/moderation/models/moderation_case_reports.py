from odoo import api, fields, models

COMPANIES = 2  # at least, before reports alone hold anything


class ModerationCase(models.Model):
    """What is reported."""

    _inherit = "moderation.case"

    report_ids = fields.One2many("moderation.report", "case_id", readonly=True)
    report_count = fields.Integer(compute="_compute_report_count")

    @api.depends("report_ids")
    def _compute_report_count(self):
        for case in self:
            case.report_count = len(case.report_ids)

    def _hold_if_reported_enough(self):
        self.ensure_one()
        content = self._content()
        if self.content_state not in ("published", "masked") or not content:
            return
        threshold = content._moderation_as_author()._moderation_report_threshold()
        voices = self.report_ids._voices(self.author_id)
        if not threshold or len(voices) < COMPANIES:
            return
        if sum(voices.values()) + 1e-9 < threshold or self._was_approved():
            return
        content._moderation_withdraw(self, "held")
        self.content_state = "held"
        self.env["moderation.log"]._append(
            "report.held",
            self,
            after={"companies": len(voices), "content_state": "held"},
        )

    def _was_approved(self):
        """Whether a moderator has approved this content, and that still stands."""
        return bool(
            self.env["moderation.decision"].search_count(
                [
                    ("case_id.res_model", "=", self.res_model),
                    ("case_id.res_id", "=", self.res_id),
                    ("kind", "in", ("approve", "allow")),
                    ("undone_at", "=", False),
                ],
                limit=1,
            )
        )


class ModerationPlace(models.Model):
    _inherit = "moderation.place"

    report_threshold = fields.Float(
        default=2.5,
        help="Weight of reports, of at least two companies, at which a text is held "
        "until a moderator has decided. A newcomer's report weighs 1. 0: never.",
    )


class ModerationCategory(models.Model):
    _inherit = "moderation.category"

    reportable = fields.Boolean(
        "For reports", default=True, help="Members can choose it when they report."
    )
