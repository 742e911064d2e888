from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

BATCH = 200


class ModerationCase(models.Model):
    """Texts and findings are kept as long as the settings say; that something was
    decided, by whom and why, stays in the log."""

    _inherit = "moderation.case"

    emptied_at = fields.Datetime(readonly=True)

    _emptied_idx = models.Index(
        "(company_id, closed_at) "
        "WHERE emptied_at IS NULL AND state IN ('decided', 'closed')"
    )

    @api.model
    def _cron_empty(self, limit=BATCH):
        """Empty what is old, a batch after the other, until the time is up."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"].search([]):
            while cases := self._too_old(company, limit):
                cases._empty()
                if not cron._commit_progress(len(cases)):
                    return

    @api.model
    def _too_old(self, company, limit):
        months = company.moderation_retention_months
        if not months:
            return self.browse()
        before = fields.Datetime.now() - relativedelta(months=months)
        return self.search(
            Domain("company_id", "in", [company.id, False])
            & Domain("state", "in", ("decided", "closed"))
            & Domain("emptied_at", "=", False)
            & Domain("closed_at", "<", before)
            & ~Domain("decision_ids.appeal_ids.state", "=", "open"),
            order="closed_at",
            limit=limit,
        )

    def _empty(self):
        """Forget what was written, and what of it was found."""
        self.finding_ids.write({"read_as": False, "facts": False, "spans": False})
        self.report_ids.note = False
        self.decision_ids.write({"snapshot": False, "message": False})
        self.decision_ids.appeal_ids.text = False
        for case in self:
            case.write(
                {
                    "kept": case._needed_to_publish(),
                    "kept_body": False,
                    "shown_user_ids": [fields.Command.clear()],
                    "emptied_at": fields.Datetime.now(),
                }
            )
            self.env["moderation.log"]._append("case.emptied", case)

    def _needed_to_publish(self):
        """Of what is kept, numbers of records; none of it is text."""
        numbers = ("partner_ids", "files", "notified", "notifications")
        kept = {key: self.kept[key] for key in numbers if key in (self.kept or {})}
        return kept or False
