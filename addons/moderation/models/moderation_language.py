from odoo import fields, models


class ModerationLanguage(models.Model):
    """A language that rules and words can be limited to."""

    _name = "moderation.language"
    _description = "Language of Texts"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, size=3, help="ISO 639-1, such as pt.")
    sequence = fields.Integer(default=100)

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "There is a language with this code already."
    )
