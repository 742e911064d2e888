from odoo import fields, models


class ModerationCategory(models.Model):
    """What a rule is about, in the words of a report: insults, personal data, …"""

    _name = "moderation.category"
    _description = "Moderation Category"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="As the engine and the starter packs call it."
    )
    sequence = fields.Integer(default=100)
    color = fields.Integer()

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "There is a category with this code already."
    )

    def write(self, vals):
        self.env.registry.clear_cache("stable")
        return super().write(vals)
