from odoo import api, fields, models


class CommunityTag(models.Model):
    """A topic of posts, and of what people are good at."""

    _name = "community.tag"
    _description = "Community Topic"
    _inherit = ["community.guarded"]
    _order = "name"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer()
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("(name)", "This topic exists already.")

    @api.model
    def _portal_fields(self):
        return super()._portal_fields() | {"name", "color", "active"}
