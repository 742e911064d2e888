from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.moderation_decision import CONTENT_ACTIONS, HARMFUL, KINDS

MAX_DAYS = 3650
TIMED = ("silence", "read_only", "suspend")


class ModerationDecide(models.TransientModel):
    """What a moderator says with a decision: why, to whom, for how long."""

    _name = "moderation.decide"
    _description = "Decide Moderation Cases"

    case_ids = fields.Many2many("moderation.case", required=True, readonly=True)
    case_count = fields.Integer(compute="_compute_cases")
    author_id = fields.Many2one("res.partner", compute="_compute_cases")
    language = fields.Char("Their language", compute="_compute_cases")
    kind = fields.Selection(KINDS, "Decision", required=True)
    harmful = fields.Boolean(compute="_compute_harmful")
    timed = fields.Boolean(compute="_compute_harmful")
    content_action = fields.Selection(
        CONTENT_ACTIONS,
        "The text",
        compute="_compute_content_action",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    template_id = fields.Many2one(
        "moderation.message.template",
        domain="['|', ('kind', '=', False), ('kind', '=', kind)]",
    )
    reason = fields.Text(
        compute="_compute_from_template",
        store=True,
        readonly=False,
        help="The author reads it, and it is in the log.",
    )
    message = fields.Html(
        "Message to the author",
        compute="_compute_from_template",
        store=True,
        readonly=False,
    )
    days = fields.Integer(default=7, help="0: until somebody lifts it.")
    place_ids = fields.Many2many(
        "moderation.place", string="Only in", help="Empty: everywhere."
    )
    team_id = fields.Many2one("helpdesk.ticket.team")

    @api.depends("case_ids")
    def _compute_cases(self):
        for wizard in self:
            authors = wizard.case_ids.author_id
            wizard.case_count = len(wizard.case_ids)
            wizard.author_id = authors if len(authors) == 1 else False
            code = self.env["moderation.letter"]._language(wizard.author_id)
            wizard.language = self.env["res.lang"]._lang_get(code).name

    @api.depends("kind")
    def _compute_harmful(self):
        for wizard in self:
            wizard.harmful = wizard.kind in HARMFUL
            wizard.timed = wizard.kind in TIMED

    @api.depends("kind", "case_ids")
    def _compute_content_action(self):
        for wizard in self:
            first = wizard.case_ids[:1]
            wizard.content_action = (
                first._usual_content_action(wizard.kind) if wizard.kind else "keep"
            )

    @api.depends("template_id")
    def _compute_from_template(self):
        for wizard in self:
            if wizard.template_id:
                template = wizard.template_id._for(wizard.author_id)
                wizard.reason = template.reason
                wizard.message = template.message

    @api.model
    def default_get(self, fields):
        """The first template that fits is chosen already."""
        values = super().default_get(fields)
        if "template_id" in fields and values.get("kind") in HARMFUL:
            command = values.get("case_ids") or []
            ids = command[0][2] if command and command[0][0] == 6 else []
            values["template_id"] = self._usual_template(values["kind"], ids).id
        return values

    @api.model
    def _usual_template(self, kind, case_ids):
        categories = self.env["moderation.case"].browse(case_ids).category_id.ids
        # What is meant for the category comes before what is meant for all.
        return self.env["moderation.message.template"].search(
            [("kind", "=", kind), ("category_id", "in", [*categories, False])],
            order="category_id, sequence, id",
            limit=1,
        )

    def action_decide(self):
        self.ensure_one()
        if not self.case_ids:
            raise UserError(self.env._("Choose the cases that you want to decide."))
        if self.timed and not 0 <= self.days <= MAX_DAYS:
            raise UserError(
                self.env._(
                    "Choose between 1 and %s days, or 0 for until somebody lifts it.",
                    MAX_DAYS,
                )
            )
        cases = self.case_ids._as_moderator()
        several = len(cases) > 1
        cases._decide(
            self.kind,
            self.reason,
            # One text's usual way need not be another's.
            content_action=None if several else self.content_action,
            message=self.message or "",
            days=self.days if self.timed else 0,
            places=self.place_ids,
            team=self.team_id,
        )
        if several:
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        return self.case_ids._next_action()
