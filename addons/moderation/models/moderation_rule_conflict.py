from odoo import models

from ..wordlist import fold
from .moderation_rule_check import TYPED

# Which authors two audiences have in common.
MEMBERS = {
    "everybody": {"customer", "newcomer", "staff"},
    "external": {"customer", "newcomer"},
    "new": {"newcomer"},
    "internal": {"staff"},
}


class ModerationRule(models.Model):
    """Rules that say different things of the same word."""

    _inherit = "moderation.rule"

    def _conflict_warnings(self):
        """A key and a sentence for each word that another rule, which is switched on
        and may judge the same text, treats otherwise. Both rules are named."""
        self.ensure_one()
        others = self._overlapping()
        return [
            *self._treated_otherwise(others),
            *self._allowed_here_looked_for_there(others),
        ]

    def _treated_otherwise(self, others):
        own = self._listed()
        for other in others.filtered(lambda rule: rule.action != self.action):
            for word in sorted(own & other._listed()):
                yield (
                    f"twice {word} {other.id}",
                    self.env._(
                        "“%(word)s” is in “%(rule)s” (%(action)s) and in “%(other)s” "
                        "(%(other_action)s): the stricter of the two wins.",
                        word=word,
                        rule=self.name,
                        action=self._say_action(),
                        other=other.name,
                        other_action=other._say_action(),
                    ),
                )

    def _allowed_here_looked_for_there(self, others):
        pairs = [(self, self)]
        pairs += [(self, other) for other in others]
        pairs += [(other, self) for other in others]
        for allowing, looking in pairs:
            allowed = {fold(text) for text in allowing._allowed()}
            for word in sorted(allowed & looking._listed()) if allowed else ():
                yield (
                    f"allowed {word} {allowing.id} {looking.id}",
                    self.env._(
                        "“%(word)s” is always allowed in “%(allowing)s”, but "
                        "“%(looking)s” looks for it.",
                        word=word,
                        allowing=allowing.name,
                        looking=looking.name,
                    ),
                )

    def _say_action(self):
        selection = dict(self._fields["action"]._description_selection(self.env))
        return selection[self.action]

    def _overlapping(self):
        """Other rules that are switched on and may judge the same text."""
        return self.search(
            [
                ("state", "=", "on"),
                ("id", "not in", self.ids),
                ("kind", "in", TYPED),
                ("set_id.active", "=", True),
                ("set_id.place_ids", "in", self.set_id.place_ids.ids),
            ]
        ).filtered(self._meets)

    def _meets(self, other):
        companies = self.set_id.company_id | other.set_id.company_id
        one_for_all = not self.set_id.company_id or not other.set_id.company_id
        return (one_for_all or len(companies) == 1) and bool(
            MEMBERS[self.audience] & MEMBERS[other.audience]
        )
