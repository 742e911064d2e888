"""Word rules -> forms, each checked in words for the person who typed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ahocorasick

from .context import Context, context
from .fold import BASIC, COARSE
from .forms import Form, tokens
from .lookalikes import TURNED
from .skeleton import squeeze
from .types import RuleError, Word, WordRule
from .wildcards import Index

MOST_FORMS = 200_000  # of all rules together: some 100 MB and seconds to prepare
LONGEST = 120  # characters of a word or phrase
SHORTEST_TURNED = 4  # of three letters, every other is a word: pdf
# A phrase of less letters is not looked for without its blanks.
SHORTEST_JOINED = 5


@dataclass(frozen=True)
class Words:
    """All word rules, ready: immutable, shared by threads."""

    rules: tuple[WordRule, ...]
    automaton: ahocorasick.Automaton | None  # skeleton -> (its length, forms)
    masked: Index
    contexts: dict[tuple[int, Word], Context]


def compile(rules: Iterable[WordRule]) -> Words:
    """Raises RuleError when a word cannot be used."""
    rules = tuple(rules)
    forms: list[Form] = []
    contexts: dict[tuple[int, Word], Context] = {}
    for number, rule in enumerate(rules):
        for word in rule.words:
            found = list(_forms(number, rule, word))
            forms += found
            if len(forms) > MOST_FORMS:
                raise RuleError(
                    "The lists of words have more than %(most)s entries and "
                    "inflections together; use shorter lists.",
                    most=MOST_FORMS,
                )
            phrases = (*word.excuses, *word.allowed, *rule.allowed)
            contexts[number, word] = context((form.tokens for form in found), phrases)
    forms_once = tuple(dict.fromkeys(forms))
    return Words(rules, _automaton(forms_once), Index(forms_once), contexts)


def _forms(number: int, rule: WordRule, word: Word) -> Iterator[Form]:
    written = [word.text, *word.forms]
    for text in written:
        parts = _checked(text, rule)
        yield Form(text, word, number, parts)
        for suffix in filter(None, word.suffixes):
            yield Form(text + suffix, word, number, _checked(text + suffix, rule))
        if word.reversed and len(parts) == 1:
            yield from _turned(Form(text, word, number, parts))


def _checked(text: str, rule: WordRule) -> tuple[bytes, ...]:
    parts = tokens(text)
    if not text.strip():
        raise RuleError("The list of words has an empty line; remove it.")
    if len(text) > LONGEST:
        raise RuleError(
            "“%(word)s…” is longer than %(most)s characters; use the part of it that "
            "matters.",
            word=text[:20],
            most=LONGEST,
        )
    if not parts:
        raise RuleError(
            "“%(word)s” has no letters, so that it cannot be found as a word; use a "
            "pattern for signs and emoji.",
            word=text,
        )
    if sum(map(len, parts)) < 2:
        raise RuleError(
            "“%(word)s” has one letter, and would be found in nearly every text; use "
            "a word of two letters or more.",
            word=text,
        )
    if text in rule.allowed:
        raise RuleError(
            "“%(word)s” is reserved and allowed at the same time; remove it from one "
            "of the two lists.",
            word=text,
        )
    return parts


def _turned(form: Form) -> Iterator[Form]:
    """Read backwards and upside down."""
    letters = form.letters.translate(BASIC).decode("latin-1")
    if len(letters) < SHORTEST_TURNED or letters == letters[::-1]:
        return
    flipped = "".join(TURNED.get(letter, letter) for letter in reversed(letters))
    for how, read in (("backwards", letters[::-1]), ("upside down", flipped)):
        yield Form(form.text, form.word, form.rule, tokens(read), how)


def _automaton(forms: tuple[Form, ...]) -> ahocorasick.Automaton | None:
    by_skeleton: defaultdict[str, list[Form]] = defaultdict(list)
    for form in forms:
        for skeleton in _skeletons(form):
            by_skeleton[skeleton].append(form)
    if not by_skeleton:
        return None
    automaton = ahocorasick.Automaton()
    for skeleton, same in by_skeleton.items():
        automaton.add_word(skeleton, (len(skeleton), tuple(same)))
    automaton.make_automaton()
    return automaton


def _skeletons(form: Form) -> set[str]:
    """With the blanks of a phrase, and without them."""
    found = {_skeleton(b" ".join(form.tokens))}
    if len(form.letters) >= SHORTEST_JOINED:
        found.add(_skeleton(form.letters))
    return found


def _skeleton(letters: bytes) -> str:
    return squeeze(letters.translate(COARSE)).decode("latin-1")
