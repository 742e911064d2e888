from dataclasses import replace

from odoo import api, fields, models

from .. import engine
from ..engine.types import Author, Space


class ModerationRule(models.Model):
    """Trying a rule before it is switched on."""

    _inherit = "moderation.rule"

    trial_ids = fields.One2many("moderation.trial", "rule_id", string="Trials")
    trial_count = fields.Integer(compute="_compute_trial_count")

    @api.depends("trial_ids")
    def _compute_trial_count(self):
        for rule in self:
            rule.trial_count = len(rule.trial_ids)

    def action_trials(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Trials"),
            "res_model": "moderation.trial",
            "view_mode": "list,form",
            "domain": [("rule_id", "in", self.ids)],
        }

    def action_try(self):
        """Show what the rule would hit: common words, and the newest texts."""
        self.ensure_one()
        trial = self.env["moderation.trial"]._try(self)
        return {
            "type": "ir.actions.act_window",
            "name": trial.display_name,
            "res_model": trial._name,
            "res_id": trial.id,
            "view_mode": "form",
        }

    def _find_in(self, text, compiled):
        """What the rule finds in a stored text.

        :param text: a record of a model with ``moderation.content``
        :return: list of ``engine.Finding``; none where the rule is not aimed at the
            text's place or author
        """
        place = text._moderation_history_place()
        if place not in self.set_id.place_ids.mapped("code"):
            return []
        author = text._moderation_author()
        scanner = self.env["moderation.scanner"]
        who = replace(scanner._audience(author), now=None)
        if not self._gate_facts().applies(who):
            return []
        return engine.scan(
            text._moderation_text(),
            compiled,
            author=Author(
                key=str(author.id or ""),
                company=str(who.company_id or ""),
                is_staff=who.internal,
                is_new=who.new,
            ),
            space=Space(key=place),
        )
