from odoo import api, fields, models
from odoo.fields import Domain

from .moderation_case import OPEN_STATES


class ModerationCase(models.Model):
    """What is known of the author and his company: numbers of their own cases alone,
    by index, however many others there are."""

    _inherit = "moderation.case"

    author_cases = fields.Integer("Cases", compute="_compute_author_record")
    author_open = fields.Integer("Other open cases", compute="_compute_author_record")
    author_against = fields.Integer(
        "Decisions against the author", compute="_compute_author_record"
    )
    author_sanctions = fields.Integer("Sanctions", compute="_compute_author_record")
    author_sanctioned = fields.Boolean(
        "Sanctioned now", compute="_compute_author_record"
    )
    company_cases = fields.Integer(
        "The company's cases", compute="_compute_author_record"
    )
    company_against = fields.Integer(
        "Decisions against the company", compute="_compute_author_record"
    )
    record_line = fields.Char("Record", compute="_compute_record_line")

    @api.depends("author_id", "state")
    def _compute_author_record(self):
        for case in self:
            case.update(case._record_of_author())

    def _record_of_author(self):
        author, company = self.author_id, self.author_company_id
        case, decision = self.env["moderation.case"], self.env["moderation.decision"]
        sanction = self.env["moderation.sanction"]
        against = Domain("harmful", "=", True) & Domain("undone_at", "=", False)
        of_author = Domain("author_id", "=", author.id) & Domain(
            "id", "!=", self._origin.id
        )
        if not author:
            of_author = Domain.FALSE
        mine = Domain("author_id", "=", author.id) if author else Domain.FALSE
        ours = Domain("author_company_id", "=", company.id) if company else Domain.FALSE
        person = Domain("partner_id", "=", author.id) if author else Domain.FALSE
        return {
            "author_cases": case.search_count(of_author),
            "author_open": case.search_count(
                of_author & Domain("state", "in", OPEN_STATES)
            ),
            "author_against": decision.search_count(mine & against),
            "author_sanctions": sanction.search_count(person),
            "author_sanctioned": bool(
                sanction.search_count(person & Domain("active_now", "=", True), limit=1)
            ),
            "company_cases": case.search_count(ours),
            "company_against": decision.search_count(ours & against),
        }

    @api.depends("author_against", "author_cases")
    @api.depends_context("lang")
    def _compute_record_line(self):
        for case in self:
            case.record_line = self.env._(
                "%(cases)s earlier cases, %(against)s decisions against the author",
                cases=case.author_cases,
                against=case.author_against,
            )

    def _open_list(self, name, model, domain):
        self._as_moderator()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": domain,
        }

    def action_author_cases(self):
        return self._open_list(
            self.env._("The author's cases"),
            "moderation.case",
            [("author_id", "=", self.author_id.id)],
        )

    def action_author_open(self):
        return self._open_list(
            self.env._("Other open cases"),
            "moderation.case",
            [
                ("author_id", "=", self.author_id.id),
                ("state", "in", OPEN_STATES),
                ("id", "!=", self.id),
            ],
        )

    def action_author_decisions(self):
        return self._open_list(
            self.env._("Decisions against the author"),
            "moderation.decision",
            [("author_id", "=", self.author_id.id), ("harmful", "=", True)],
        )

    def action_author_sanctions(self):
        return self._open_list(
            self.env._("Sanctions"),
            "moderation.sanction",
            [("partner_id", "=", self.author_id.id)],
        )

    def action_company_cases(self):
        return self._open_list(
            self.env._("The company's cases"),
            "moderation.case",
            [("author_company_id", "=", self.author_company_id.id)],
        )
