from odoo import api, models


class CommunityGuarded(models.AbstractModel):
    """A model of which customers may read some fields and no others.

    Customers compete with one another, so a field is closed to them until somebody
    has decided otherwise: a new column, one of another add-on or one that Odoo adds
    by itself (who created a record) tells nothing.
    """

    _name = "community.guarded"
    _description = "Record That Customers See in Part"

    @api.model
    def _portal_fields(self):
        """Names of the fields that portal users may read."""
        return {"id", "display_name"}

    @api.model
    def _has_field_access(self, field, operation):
        if self.env.su or not self.env.user.share:
            return super()._has_field_access(field, operation)
        named = operation == "read" and field.name in self._portal_fields()
        return named and super()._has_field_access(field, operation)


class CommunityScoped(models.AbstractModel):
    """A record that has a say in who sees what.

    Odoo keeps each user's record rules with their ids filled in; they have to be
    worked out anew when such a record changes.
    """

    _name = "community.scoped"
    _description = "Record That Decides Who Sees What"

    # Fields that decide; empty: all of them.
    _scoping_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if not self._scoping_fields or self._scoping_fields & vals.keys():
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
