from odoo import models
from odoo.exceptions import UserError

from .. import reach
from ..engine.types import RuleError
from ..wording import say
from ..wordlist import MAX_LIST, fold
from .moderation_rule import CHECKED

TOO_MUCH = 300  # of the commonest words: a rule that hits them hits everything
VERY_COMMON = 4.5  # on wordfreq's scale: once in 30,000 words
NAMED = 8  # words or rules that a sentence names before it says "and others"
JUDGED = {
    "kind",
    "category_id",
    "action",
    "entries_of_id",
    "term_ids",
    "allowed",
    "pattern",
    "company_partner_id",
    "language_ids",
    "refused_domains",
    "set_id",
    "max_links",
    "max_links_new",
    "near_duplicates",
    "pace",
    "pace_seconds",
    "max_mentions",
    "shouting",
}
# Kinds that look for what is typed by a person, who may type what hits everything.
TYPED = ("word", "pattern", "terms", "solicitation")


class ModerationRule(models.Model):
    """What is asked of a rule before it is switched on."""

    _inherit = "moderation.rule"

    def action_switch_on(self):
        """Switch on, or show first what speaks against it.

        :raises UserError: a rule cannot be used as it is
        """
        self.check_access("write")
        warnings = [line for rule in self for line in rule._ask()]
        if not warnings:
            self._switch_on()
            return False
        wizard = self.env["moderation.rule.switch"].create(
            {"rule_ids": [(6, 0, self.ids)], "warnings": "\n".join(warnings)}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Before you switch it on"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def _judged_fields(self):
        return JUDGED

    # --- what makes it impossible -----------------------------------------------------

    def _check_ready(self):
        """:raises UserError: the rule is empty, wrong or hits everything"""
        self.ensure_one()
        self._check_lists()
        self._check_filled()
        self._compiled()
        if self.kind in TYPED:
            self._check_reach()

    def _warned_of(self):
        """{rule: what speaks against it already}, of those that are switched on. To
        be asked before a change; see ``_check_still_ready``."""
        if self.env.context.get("moderation_switch") is CHECKED:
            return {}
        return {
            rule: {key for key, _sentence in rule._warnings()}
            for rule in self
            if rule.state == "on" and rule.kind in TYPED
        }

    def _check_still_ready(self, known):
        """After a change to rules that are switched on. Nobody is there to confirm a
        warning, so what would be warned of is refused.

        :param known: ``_warned_of`` of before the change
        """
        if self.env.context.get("moderation_switch") is CHECKED:
            return
        for rule in self.filtered(lambda rule: rule.state == "on"):
            rule._check_ready()
            new = [
                sentence
                for key, sentence in rule._warnings()
                if key not in known.get(rule, ())
            ]
            if new and rule.kind in TYPED:
                raise UserError(
                    self.env._(
                        "The rule “%(rule)s” is switched on, and this change needs a "
                        "second look:\n%(warnings)s\nSwitch the rule off, change it, "
                        "and switch it on again: you are asked to confirm.",
                        rule=rule.name,
                        warnings="\n".join(new[:NAMED]),
                    )
                )
            rule._check_together()

    def _compiled(self):
        """:raises UserError: the engine cannot use the rule"""
        self.ensure_one()
        try:
            return reach.compiled(self._engine_rule())
        except RuleError as error:
            raise UserError(
                self.env._(
                    "The rule “%(rule)s” cannot be used: %(why)s",
                    rule=self.name,
                    why=say(self.env, error),
                )
            ) from error

    def _check_together(self):
        """The gate compiles all rules of a place as one, and has limits for that. It
        is asked itself, so that the next text does not have to wait for it.

        :raises UserError: together with the others the rules cannot be used
        """
        scanner = self.env["moderation.scanner"].sudo()
        for rule_set in self.set_id:
            sets = () if rule_set.everywhere else tuple(rule_set.ids)
            company_id = rule_set.company_id.id or self.env.company.id
            for place in rule_set.place_ids:
                try:
                    scanner._rules(place.code, company_id, sets)
                except RuleError as error:
                    raise UserError(
                        self.env._(
                            "Together with the other rules for “%(place)s” this "
                            "cannot be used: %(why)s",
                            place=place.name,
                            why=say(self.env, error),
                        )
                    ) from error

    def _check_lists(self):
        for name in ("allowed", "refused_domains"):
            if len(self[name] or "") > MAX_LIST:
                raise UserError(
                    self.env._(
                        "The list “%(field)s” of the rule “%(rule)s” is too long: it "
                        "can hold %(most)s characters.",
                        field=self._fields[name]._description_string(self.env),
                        rule=self.name,
                        most=MAX_LIST,
                    )
                )

    def _check_filled(self):
        """A rule that can find nothing would look as if it protected something."""
        empty = {
            "word": lambda: not self._entries("word"),
            "pattern": lambda: not (self.pattern or "").strip(),
            "confidential": lambda: not self._entries("detector"),
            "terms": lambda: not self._entries("term") or not self.company_partner_id,
            "solicitation": lambda: not self._entries(),
            "trick": lambda: not self._entries("trick"),
            "spam": lambda: not self._has_limit(),
        }.get(self.kind)
        if empty and empty():
            raise UserError(
                self.env._(
                    "The rule “%s” has nothing to look for yet. Fill it in, then "
                    "switch it on.",
                    self.name,
                )
            )

    def _has_limit(self):
        return any(
            self[name]
            for name in (
                "max_links",
                "max_links_new",
                "near_duplicates",
                "pace",
                "max_mentions",
                "shouting",
                "refused_domains",
            )
        )

    def _check_reach(self):
        ordinary = reach.ordinary_hits(self._engine_rule())
        surprises = self._everyday(listed=False)
        if len(surprises) <= TOO_MUCH and ordinary * 2 <= len(reach.ORDINARY):
            return
        raise UserError(
            self.env._(
                "The rule “%(rule)s” would hit nearly everything: %(number)s of the "
                "commonest words%(words)s, and %(ordinary)s of %(tried)s ordinary "
                "sentences. It stays off. Make it narrower.",
                rule=self.name,
                number=len(surprises),
                words=f" ({self._some(surprises)})" if surprises else "",
                ordinary=ordinary,
                tried=len(reach.ORDINARY),
            )
        )

    # --- what has to be confirmed -----------------------------------------------------

    def _ask(self):
        """Sentences that speak against switching on.

        :raises UserError: the rule cannot be switched on at all
        """
        self._check_ready()
        sentences = [sentence for _key, sentence in self._warnings()]
        if len(sentences) <= NAMED:
            return sentences
        more = self.env._("… and %s more of this kind.", len(sentences) - NAMED)
        return [*sentences[:NAMED], more]

    def _warnings(self):
        """:return: list of a key, the same as long as its reason lasts, and a
        sentence for a person"""
        self.ensure_one()
        if self.kind == "everything":
            sentence = self.env._(
                "“%s” applies to each and every text of its places.", self.name
            )
            return [("everything", sentence)]
        if self.kind not in TYPED:
            return []
        return [*self._common_warnings(), *self._conflict_warnings()]

    def _common_warnings(self):
        frequent = self._everyday(listed=True, zipf=VERY_COMMON)
        others = self._everyday(listed=False)
        if frequent:
            yield (
                f"frequent {frequent}",
                self.env._(
                    "“%(rule)s”: everybody uses these words: %(words)s.",
                    rule=self.name,
                    words=self._some(frequent),
                ),
            )
        if others:
            yield (
                f"others {others}",
                self.env._(
                    "“%(rule)s” would also hit %(number)s common words that are not "
                    "in its list: %(words)s.",
                    rule=self.name,
                    number=len(others),
                    words=self._some(others),
                ),
            )

    def _everyday(self, listed, zipf=0):
        """Common words that the rule hits: those that it lists, or the others."""
        own = self._listed()
        return [
            hit.text
            for hit in reach.everyday_hits(self._engine_rule())
            if (fold(hit.text) in own) == listed and hit.zipf >= zipf
        ]

    def _listed(self):
        """What the rule is meant to hit, to be compared with what it does hit."""
        return {
            fold(text) for term in self._entries() for text in term._written_forms()
        }

    def _some(self, words):
        shown = ", ".join(words[:NAMED])
        if len(words) > NAMED:
            return self.env._("%s and others") % shown
        return shown
