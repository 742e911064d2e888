from odoo import api, models

from .moderation_rule import CHECKED

# What changes when a text is let through or not, or what happens to it then.
LOGGED = {
    "state",
    "kind",
    "set_id",
    "severity",
    "action",
    "disguised_action",
    "insist",
    "audience",
    "exempt_staff",
    "entries_of_id",
    "pattern",
    "date_from",
    "date_to",
    "calendar_id",
    "calendar_mode",
}


class ModerationRule(models.Model):
    """Who changed which rule, and how: in the log for good."""

    _inherit = "moderation.rule"

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        for rule in rules.filtered(lambda rule: not rule.pack):
            rule._log("rule.created", after={"action": rule.action})
        return rules

    def write(self, vals):
        names = LOGGED & vals.keys()
        before = {rule: rule._logged(names) for rule in self} if names else {}
        result = super().write(vals)
        for rule, old in before.items():
            new = rule._logged(names)
            if old != new:
                rule._log(rule._event(old, new), old, new)
        return result

    def unlink(self):
        for rule in self:
            rule._log("rule.deleted", {"name": rule.name})
        return super().unlink()

    def _logged(self, names):
        """{field: value}, as JSON can hold it"""
        return {
            name: self[name].id if self._fields[name].relational else str(self[name])
            for name in sorted(names)
        }

    def _event(self, old, new):
        if old.get("state") == new.get("state"):
            return "rule.changed"
        return "rule.switched_on" if new["state"] == "on" else "rule.switched_off"

    def _log(self, event, before=None, after=None):
        changed = {
            name
            for name in {*(before or ()), *(after or ())}
            if (before or {}).get(name) != (after or {}).get(name)
        }
        self.env["moderation.log"]._append(
            event,
            before={name: before[name] for name in sorted(changed)} if before else None,
            after={name: after[name] for name in sorted(changed)} if after else None,
            res_model=self._name,
            res_id=self.id,
        )


class ModerationTerm(models.Model):
    _inherit = "moderation.term"

    @api.model_create_multi
    def create(self, vals_list):
        terms = super().create(vals_list)
        terms._log_entries("added")
        return terms

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self._log_entries("switched_on" if vals["active"] else "switched_off")
        else:
            self._log_entries("changed")
        return result

    def unlink(self):
        self._log_entries("deleted")
        return super().unlink()

    def _log_entries(self, what):
        """One line for each rule, however many entries. Packs are no news."""
        if self.env.context.get("moderation_switch") is CHECKED:
            return
        for rule, terms in self.grouped("rule_id").items():
            rule._log("rule.entries", after={what: len(terms)})


class ModerationLog(models.Model):
    _inherit = "moderation.log"

    @api.model
    def _event_names(self):
        return super()._event_names() | {
            "rule.created": self.env._("Rule created"),
            "rule.changed": self.env._("Rule changed"),
            "rule.deleted": self.env._("Rule deleted"),
            "rule.switched_on": self.env._("Rule switched on"),
            "rule.switched_off": self.env._("Rule switched off"),
            "rule.entries": self.env._("Words of a rule"),
        }
