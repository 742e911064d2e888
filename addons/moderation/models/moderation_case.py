from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .moderation_rule import SEVERITIES

# Hours until a moderator should have decided, by severity.
HOURS = {"1": 48, "2": 24, "3": 8, "4": 2}
OPEN_STATES = ("waiting", "claimed")


class ModerationCase(models.Model):
    """All that is known of one content that needs a look: what was found, who
    reported it, what was decided, how it went on.

    A message that is held back or hidden has its case as its document instead
    of the ticket. So nobody who reads, searches, counts or is notified of the
    ticket's messages comes across it, whatever way he takes, and its files are
    open to those alone who may read the case.
    """

    _name = "moderation.case"
    _description = "Moderation Case"
    _inherit = ["mail.thread"]
    _order = "severity desc, deadline, id"
    _mail_post_access = "write"

    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("claimed", "Claimed"),
            ("decided", "Decided"),
            ("closed", "Closed"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    content_state = fields.Selection(
        [
            ("published", "Published"),
            ("held", "Held back"),
            ("edit_held", "Published, a change is held back"),
            ("masked", "Masked"),
            ("hidden", "Hidden"),
            ("refused", "Refused"),
            ("gone", "Deleted by its author"),
        ],
        required=True,
        readonly=True,
        default="published",
    )
    origin = fields.Selection(
        [
            ("gate", "Rule"),
            ("insisted", "The author insisted"),
            ("report", "Reports"),
            ("trial", "Search in the past"),
            ("manual", "Moderator"),
        ],
        required=True,
        readonly=True,
        default="gate",
    )
    res_model = fields.Char("Content's model", readonly=True)
    res_id = fields.Many2oneReference(
        "Content", model_field="res_model", readonly=True, index="btree_not_null"
    )
    document_model = fields.Char("Document's model", readonly=True)
    document_id = fields.Many2oneReference(model_field="document_model", readonly=True)
    document_name = fields.Char(compute="_compute_document_name")
    place_id = fields.Many2one("moderation.place", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    author_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    author_company_id = fields.Many2one(
        related="author_id.commercial_partner_id",
        string="Author's company",
        store=True,
        index="btree_not_null",
    )
    severity = fields.Selection(SEVERITIES, required=True, readonly=True, default="1")
    category_id = fields.Many2one(
        "moderation.category", readonly=True, index="btree_not_null"
    )
    user_id = fields.Many2one("res.users", "Moderator", readonly=True, index=True)
    claimed_at = fields.Datetime(readonly=True)
    deadline = fields.Datetime(readonly=True)
    closed_at = fields.Datetime(readonly=True)
    finding_ids = fields.One2many("moderation.finding", "case_id", readonly=True)
    kept = fields.Json(
        readonly=True,
        help="What it takes to publish the content as it was meant.",
    )
    kept_body = fields.Html(
        readonly=True,
        sanitize=True,
        help="The held change, or the text before it was masked.",
    )

    # The queue: what is open, worst first. The rest is history.
    _queue_idx = models.Index(
        "(severity DESC, deadline, id) WHERE state IN ('waiting', 'claimed')"
    )
    _content_idx = models.Index("(res_model, res_id)")
    _one_open_uniq = models.UniqueIndex(
        "(res_model, res_id) WHERE state IN ('waiting', 'claimed') AND res_id > 0"
    )

    @api.depends("category_id", "create_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for case in self:
            case.display_name = self.env._("Case %s", case.id or "")

    @api.depends("document_model", "document_id")
    def _compute_document_name(self):
        for case in self:
            # sudo: a moderator has to know where it was written
            document = case.sudo()._document()
            case.document_name = document.display_name if document else False

    def _content(self):
        """The record that the case is about, or an empty one if it is gone."""
        self.ensure_one()
        return self._browse(self.res_model, self.res_id)

    def _document(self):
        """Where it was written: the ticket of a message, or the content itself."""
        self.ensure_one()
        return self._browse(self.document_model, self.document_id)

    def _browse(self, model, res_id):
        if not model or not res_id or model not in self.env:
            return self.browse()
        return self.env[model].browse(res_id).exists()

    @api.model
    def _open_for(self, content):
        """The open case of a content, if there is one."""
        return self.search(
            Domain("res_model", "=", content._name)
            & Domain("res_id", "in", content.ids)
            & Domain("state", "in", OPEN_STATES),
            limit=1,
        )

    @api.model
    def _open(self, verdict, **values):
        """A new case; ``values`` name the content, where it stands, its author."""
        case = self.create(self._prepare(verdict, **values))
        case._log_opened()
        return case

    def _log_opened(self):
        self.ensure_one()
        self.env["moderation.log"]._append(
            "case.opened",
            self,
            after={
                "content_state": self.content_state,
                "origin": self.origin,
                "severity": self.severity,
                "rules": self.finding_ids.rule_id.ids,
            },
        )

    def _start_outreach(self):
        """The text stays; somebody of us takes care of its author."""
        raise NotImplementedError

    @api.model
    def _prepare(self, verdict, **values):
        """Values of a new case for what a verdict found."""
        now = fields.Datetime.now()
        worst = verdict.worst
        severity = str(int(worst.severity)) if worst else "1"
        return {
            "severity": severity,
            "deadline": now + timedelta(hours=HOURS[severity]),
            "category_id": verdict.category_id or False,
            "finding_ids": [
                fields.Command.create(values) for values in verdict.finding_values()
            ],
            **values,
        }

    def _find_again(self, verdict):
        """Take over the findings of a text that replaces an earlier one."""
        self.ensure_one()
        values = self._prepare(verdict)
        values.pop("deadline")
        self.finding_ids.unlink()
        self.write(values)

    def _close(self, reason="", **values):
        """Nothing needs to be decided any more."""
        for case in self:
            self.env["moderation.log"]._append("case.closed", case, reason)
        self.write(
            {"state": "closed", "closed_at": fields.Datetime.now(), "user_id": False}
            | values
        )
