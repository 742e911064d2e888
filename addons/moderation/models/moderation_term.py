from odoo import fields, models


class ModerationTerm(models.Model):
    """One word, phrase or name of a rule."""

    _name = "moderation.term"
    _description = "Moderation Word"
    _order = "text, id"
    _rec_name = "text"

    rule_id = fields.Many2one(
        "moderation.rule", required=True, index=True, ondelete="cascade"
    )
    text = fields.Char(required=True)
    active = fields.Boolean(default=True)
