from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..gate import Verdict
from .moderation_decision import HARMFUL

PER_HOUR = 10  # reports that one person may make
PER_DAY = 40
NOTE_LENGTH = 500

OUTCOMES = [
    ("pending", "Waiting"),
    ("upheld", "Right"),
    ("dismissed", "Not confirmed"),
    ("noted", "Noted"),
]


class ModerationReport(models.Model):
    """A member says that something breaks the rules.

    When reports alone hold a content until a moderator has decided:

    - each company counts once, with the weightiest of its people's reports, however
      many of them report;
    - the author's own company does not count;
    - at least two companies have to be left, and their weights together have to
      reach the threshold of the place or space;
    - what a moderator has approved before is not held again by reports.

    So the people of one company, however many, never hide another company's text.
    Below the threshold a report still opens a case that moderators see.
    """

    _name = "moderation.report"
    _description = "Moderation Report"
    _order = "id desc"

    case_id = fields.Many2one(
        "moderation.case", required=True, readonly=True, index=True, ondelete="cascade"
    )
    reporter_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="cascade"
    )
    reporter_company_id = fields.Many2one(
        related="reporter_id.commercial_partner_id",
        string="Reporter's company",
        store=True,
        index=True,
    )
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        model_field="res_model", required=True, readonly=True
    )
    category_id = fields.Many2one("moderation.category", required=True, readonly=True)
    note = fields.Text(readonly=True)
    weight = fields.Float(readonly=True, aggregator="avg")
    restricted = fields.Boolean(related="case_id.restricted", store=True)
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    outcome = fields.Selection(
        OUTCOMES, required=True, readonly=True, default="pending"
    )
    decision_id = fields.Many2one(
        "moderation.decision", readonly=True, index="btree_not_null"
    )
    upheld_share = fields.Float(
        "Share that was right", readonly=True, aggregator="avg", groups=fields.NO_ACCESS
    )
    told = fields.Boolean(readonly=True)
    document_name = fields.Char(related="case_id.document_name")

    _once_uniq = models.UniqueIndex(
        "(reporter_id, res_model, res_id)", "You have reported this already."
    )
    _pace_idx = models.Index("(reporter_id, create_date)")

    # --- reporting --------------------------------------------------------------------

    @api.model
    def _report(self, content, category, note=""):
        """The user reports a content that he can read.

        :param content: a record of a model that is moderated, with the user's rights
        :param category: ``moderation.category``
        :raises UserError: why not, in words
        :return: the report, with sudo
        """
        reporter = self.env.user.partner_id
        content.check_access("read")
        content = content.sudo()
        self._check_reportable(content, reporter)
        reports = self.sudo()
        reports._check_pace(reporter)
        case = reports._case_for(content, category)
        report = reports.create(
            {
                "case_id": case.id,
                "reporter_id": reporter.id,
                "res_model": content._name,
                "res_id": content.id,
                "category_id": category.id,
                "note": (note or "").strip()[:NOTE_LENGTH],
                "weight": self.env["moderation.standing"].sudo()._of(reporter).weight,
            }
        )
        self.env["moderation.log"]._append(
            "report.made", case, after={"category": category.code}
        )
        case._hold_if_reported_enough()
        return report

    def _check_reportable(self, content, reporter):
        if not content._moderation_as_author()._moderation_place():
            raise UserError(self.env._("Nothing can be reported here."))
        if content._moderation_author() == reporter:
            raise UserError(
                self.env._("You wrote this yourself. You can change it or delete it.")
            )
        known = self.sudo().search_count(
            [
                ("reporter_id", "=", reporter.id),
                ("res_model", "=", content._name),
                ("res_id", "=", content.id),
            ],
            limit=1,
        )
        if known:
            raise UserError(
                self.env._(
                    "You have reported this already. A moderator looks at it, and you "
                    "will be told what came of it."
                )
            )

    def _check_pace(self, reporter):
        now = fields.Datetime.now()
        for limit, span in ((PER_HOUR, timedelta(hours=1)), (PER_DAY, timedelta(1))):
            count = self.search_count(
                [("reporter_id", "=", reporter.id), ("create_date", ">", now - span)],
                limit=limit,
            )
            if count >= limit:
                raise UserError(
                    self.env._(
                        "You have reported a lot in a short time. Please wait a "
                        "little before you report more; what you reported is safe."
                    )
                )

    @api.model
    def _case_for(self, content, category):
        case = content._moderation_case()
        if case:
            return case
        state = content.moderation_state or "published"
        return self.env["moderation.case"]._open(
            Verdict(),
            **content._moderation_as_author()._moderation_case_values(),
            content_state=state,
            origin="report",
            category_id=category.id,
        )

    # --- what comes of it -------------------------------------------------------------

    def _settle(self, decision):
        """A decision answers the reports: were they right?"""
        if decision.kind == "escalate":
            return
        outcome = "dismissed"
        if decision.kind in HARMFUL:
            outcome = "upheld"
        elif decision.kind == "outreach":
            outcome = "noted"
        for report in self.filtered(lambda one: one.outcome == "pending"):
            report._set_outcome(outcome, decision)
            report.told = report._tell("moderation.mail_report_outcome")

    def _unsettle(self, decision):
        for report in self.filtered(lambda one: one.decision_id == decision):
            report._set_outcome("pending", self.env["moderation.decision"])
            if report.told:
                report._tell("moderation.mail_report_reopened")

    def _set_outcome(self, outcome, decision):
        standing = self.env["moderation.standing"]._of(self.reporter_id)
        standing._count(self.outcome, -1)
        standing._count(outcome, 1)
        self.write(
            {
                "outcome": outcome,
                "decision_id": decision.id,
                "upheld_share": 1.0 if outcome == "upheld" else 0.0,
            }
        )

    def _tell(self, template):
        return self.env["moderation.letter"]._send(template, self, self.reporter_id)

    def _voices(self, author):
        """The weight with which each company speaks, the author's own left out.

        :return: {commercial ``res.partner``: weight}
        """
        voices = defaultdict(float)
        for report in self.filtered(lambda one: one.outcome == "pending"):
            company = report.reporter_company_id
            if company != author.commercial_partner_id:
                voices[company] = max(voices[company], report.weight)
        return voices
