from odoo import api, fields, models, tools


class ModerationPlace(models.Model):
    """A place where people write, as far as rules tell them apart.

    Models bring their places as data; a record says which one it is in by
    ``_moderation_place``.
    """

    _name = "moderation.place"
    _description = "Moderation Place"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=100)

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "There is a place with this code already."
    )

    @api.model
    @tools.ormcache("code")
    def _of(self, code):
        """The id of the place with a code, or False."""
        return self.search([("code", "=", code)], limit=1).id

    def write(self, vals):
        self.env.registry.clear_cache("stable")
        return super().write(vals)
