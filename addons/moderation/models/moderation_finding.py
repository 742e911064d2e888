from odoo import fields, models

from .moderation_rule import SEVERITIES


class ModerationFinding(models.Model):
    """One place in a content where a rule applies.

    The found text is not stored: its place in the content is, and the form that
    was read, which for a secret is masked by the engine.
    """

    _name = "moderation.finding"
    _description = "Moderation Finding"
    _order = "part, start, id"

    case_id = fields.Many2one(
        "moderation.case", required=True, index=True, ondelete="cascade"
    )
    rule_id = fields.Many2one(
        "moderation.rule", index="btree_not_null", ondelete="set null"
    )
    category_id = fields.Many2one("moderation.category", index="btree_not_null")
    severity = fields.Selection(SEVERITIES)
    kind = fields.Char(help="What was found, as the engine calls it.")
    part = fields.Char(help='"title", "body" or "file:0"')
    start = fields.Integer(help="First character in the part, in Unicode characters.")
    spans = fields.Json(help="Pairs of start and end in the part.")
    read_as = fields.Char()
    disguised = fields.Boolean()
    secret = fields.Boolean()
    facts = fields.Json()
    false_alarm = fields.Boolean(readonly=True)
