from odoo import api, fields, models


class ModerationRuleSet(models.Model):
    """Rules that are switched on together, and where they hold."""

    _name = "moderation.rule.set"
    _description = "Moderation Rule Set"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=100)
    company_id = fields.Many2one(
        "res.company", help="Empty: for the texts of all companies."
    )
    place_ids = fields.Many2many("moderation.place", string="Places")
    everywhere = fields.Boolean(
        "For the whole place",
        default=True,
        help="Otherwise only for the accounts or spaces that name this set.",
    )
    rule_ids = fields.One2many("moderation.rule", "set_id", string="Rules")

    rule_count = fields.Integer("Rules in all", compute="_compute_counts")
    on_count = fields.Integer("Rules switched on", compute="_compute_counts")

    @api.depends("rule_ids.state")
    def _compute_counts(self):
        for rule_set in self:
            states = rule_set.rule_ids.mapped("state")
            rule_set.rule_count = len(states)
            rule_set.on_count = states.count("on")

    def write(self, vals):
        self.env.registry.clear_cache("stable")
        result = super().write(vals)
        if vals.keys() & {"active", "place_ids", "everywhere", "company_id"}:
            in_force = self.filtered("active").rule_ids
            in_force.filtered(lambda rule: rule.state == "on")._check_together()
        return result

    def unlink(self):
        self.env.registry.clear_cache("stable")
        return super().unlink()
