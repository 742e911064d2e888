from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from .community_reputation_kinds import EVENTS, KINDS


class CommunityReputationRule(models.Model):
    """What an event is worth, to whom, and where it ends being worth anything.

    Each cap is compared with everything that was earned within its reach, by
    whatever rule: two people who praise each other by votes and by acceptance meet
    one limit.
    """

    _name = "community.reputation.rule"
    _description = "Reputation Rule"
    _inherit = ["community.scoped"]
    _order = "event, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    event = fields.Selection(EVENTS, required=True)
    kind = fields.Selection(
        KINDS, "On", help="The kind of post it happens to; empty for every kind."
    )
    earner = fields.Selection(
        [("author", "Who wrote the post"), ("actor", "Who did it")],
        required=True,
        default="author",
    )
    points = fields.Integer(required=True, help="Below zero, it costs points.")
    once = fields.Boolean(
        "Once for each post",
        help="Otherwise once for each post and each person who does it.",
    )

    day_cap = fields.Integer(
        "Per person, in a day",
        help="The most a person gets in 24 hours from all rules that have such a "
        "limit. 0: exempt, and not counted either.",
    )
    pair_day_cap = fields.Integer(
        "Between two people, in a day",
        help="The most two people give each other, both ways together, in 24 hours. "
        "0: no limit.",
    )
    pair_total_cap = fields.Integer(
        "Between two people, ever", help="The same without end. 0: no limit."
    )
    colleague_day_cap = fields.Integer(
        "From colleagues, in a day",
        help="The most a person gets from people of his own company in 24 hours. "
        "0: no limit.",
    )
    colleague_total_cap = fields.Integer("From colleagues, ever")
    company_total_cap = fields.Integer(
        "From one other company, ever",
        help="The most a person gets from all people of one other company: a second "
        "account there brings nothing. 0: no limit.",
    )
    entry_count = fields.Integer("Entries", compute="_compute_entry_count")

    _points_given = models.Constraint(
        "CHECK (points BETWEEN -1000 AND 1000 AND points != 0)",
        "A rule gives or costs between 1 and 1,000 points.",
    )
    _caps_not_negative = models.Constraint(
        "CHECK (LEAST(day_cap, pair_day_cap, pair_total_cap, colleague_day_cap, "
        "colleague_total_cap, company_total_cap) >= 0)",
        "A limit cannot be below zero. Enter 0 for no limit.",
    )

    def _compute_entry_count(self):
        counted = dict(
            self.env["community.reputation.entry"]._read_group(
                [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
            )
        )
        for rule in self:
            rule.entry_count = counted.get(rule, 0)

    @api.constrains("event", "earner")
    def _check_past(self):
        """The ledger says what it was for; a rule must not change its meaning."""
        if not self.env.context.get("install_mode") and any(
            rule.entry_count for rule in self
        ):
            raise ValidationError(
                self.env._(
                    "People have earned by this rule already. Archive it and make a "
                    "new one: what is in the ledger keeps its reason."
                )
            )

    @api.model
    def _ids_for(self, event, kind):
        """The rules that apply when something happens to a kind of post.

        :return: tuple of (id, earner)
        """
        return tuple(
            (rule_id, earner)
            for rule_id, of_kind, earner in self._by_event().get(event, ())
            if of_kind in (False, kind) or (of_kind == "thread" and kind != "reply")
        )

    @api.model
    @tools.ormcache()
    def _by_event(self):
        found = {}
        for rule in self.sudo().search([]):
            found.setdefault(rule.event, []).append((rule.id, rule.kind, rule.earner))
        return found

    def action_entries(self):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "community_portal.action_reputation_entry"
        )
        return action | {"domain": [("rule_id", "=", self.id)], "context": {}}
