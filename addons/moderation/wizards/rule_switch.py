from odoo import fields, models


class ModerationRuleSwitch(models.TransientModel):
    """What speaks against switching rules on, for somebody who may do it anyway."""

    _name = "moderation.rule.switch"
    _description = "Switch Rules On"

    rule_ids = fields.Many2many("moderation.rule", readonly=True)
    warnings = fields.Text(readonly=True)

    def action_confirm(self):
        self.rule_ids._switch_on()
        return {"type": "ir.actions.act_window_close"}
