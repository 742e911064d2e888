from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import is_html_empty


class CommunityRules(models.Model):
    """The house rules in one version. What was in force once is never rewritten:
    people agreed to those words."""

    _name = "community.rules"
    _description = "House Rules"
    _order = "version desc"
    _rec_name = "version"

    version = fields.Integer(readonly=True, copy=False, help="0: not in force yet.")
    published = fields.Datetime("In force since", readonly=True, copy=False)
    body = fields.Html("Rules", translate=True, required=True)
    summary = fields.Char(
        "What is new",
        translate=True,
        help="One sentence for members who agreed to the version before.",
    )
    acceptance_ids = fields.One2many("community.rules.acceptance", "rules_id")
    acceptance_count = fields.Integer("Agreed", compute="_compute_acceptance_count")

    _version_uniq = models.UniqueIndex("(version) WHERE version > 0")

    @api.depends("version")
    def _compute_display_name(self):
        for rules in self:
            rules.display_name = (
                self.env._("House rules, version %s", rules.version)
                if rules.version
                else self.env._("House rules, draft")
            )

    @api.depends("acceptance_ids")
    def _compute_acceptance_count(self):
        counts = dict(
            self.env["community.rules.acceptance"]._read_group(
                [("rules_id", "in", self.ids)], ["rules_id"], ["__count"]
            )
        )
        for rules in self:
            rules.acceptance_count = counts.get(rules, 0)

    @api.model
    def _current(self):
        """The version in force, maybe empty; sudo."""
        rules_id = self._current_key()[0]
        return self.sudo().browse(rules_id and [rules_id])

    @api.model
    @tools.ormcache()
    def _current_key(self):
        """:return: id and version of the rules in force, 0 and 0 without any"""
        rules = self.sudo().search([("version", ">", 0)], limit=1)
        return rules.id or 0, rules.version

    def action_publish(self):
        """Put a draft in force: every member is asked to agree before going on."""
        self.ensure_one()
        self.check_access("write")
        if self.version:
            raise UserError(self.env._("These rules are in force already."))
        if is_html_empty(self.body):
            raise UserError(self.env._("Write the rules before you publish them."))
        self.sudo()._write_published(
            {
                "version": self._current_key()[1] + 1,
                "published": fields.Datetime.now(),
            }
        )

    def _write_published(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def write(self, vals):
        if any(self.mapped("version")):
            raise UserError(
                self.env._(
                    "People agreed to these words, so they stay as they are. Make a "
                    "copy, change that, and publish it."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if any(self.mapped("version")):
            raise UserError(
                self.env._("People agreed to these rules: they cannot be deleted.")
            )
