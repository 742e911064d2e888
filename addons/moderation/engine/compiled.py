"""Rules, made ready to be asked often."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from . import (
    confidential,
    everything,
    patterns,
    solicitation,
    spam,
    terms,
    tricks,
    word_rules,
)
from .types import (
    AnyRule,
    ConfidentialRule,
    EverythingRule,
    PatternRule,
    Rule,
    RuleError,
    SolicitationRule,
    SpamRule,
    TermRule,
    TrickRule,
    WordRule,
)
from .word_rules import Words
from .wording import _

# In the order in which a text passes them. Words are asked all at once, before.
STAGES: dict[type[Rule], ModuleType] = {
    TrickRule: tricks,
    ConfidentialRule: confidential,
    TermRule: terms,
    SolicitationRule: solicitation,
    PatternRule: patterns,
    SpamRule: spam,
    EverythingRule: everything,
}


@dataclass(frozen=True)
class Stage:
    """One rule and what its stage made of it."""

    rule: Rule
    module: ModuleType
    compiled: Any


@dataclass(frozen=True)
class Compiled:
    """What :func:`compile_rules` returns: immutable, shared by threads."""

    words: Words
    stages: tuple[Stage, ...] = ()


def compile_rules(rules: Iterable[AnyRule]) -> Compiled:
    """Make rules ready for :func:`~.scan.scan`.

    Raises RuleError, whose text is for the person who typed the rule, when one of
    them cannot be used.
    """
    rules = list(rules)
    _refuse_twins(rules)
    patterns.check_count(sum(isinstance(rule, PatternRule) for rule in rules))
    order = list(STAGES)
    stages = [
        Stage(rule, STAGES[type(rule)], STAGES[type(rule)].compile(rule))
        for rule in rules
        if not isinstance(rule, WordRule)
    ]
    stages.sort(key=lambda stage: order.index(type(stage.rule)))
    words = word_rules.compile(rule for rule in rules if isinstance(rule, WordRule))
    return Compiled(words, tuple(stages))


def _refuse_twins(rules: list[AnyRule]) -> None:
    """A finding names its rule by the key alone."""
    keys: set[str] = set()
    for rule in rules:
        if rule.key in keys:
            raise RuleError(
                _("Two rules have the key “%(key)s”; give each its own."), key=rule.key
            )
        keys.add(rule.key)
