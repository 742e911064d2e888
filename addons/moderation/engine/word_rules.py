"""Word rules -> forms, each checked in words for the person who typed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import ahocorasick

from .context import Phrase, context, phrases, tokens
from .fold import BASIC, COARSE
from .forms import Form
from .lookalikes import TURNED
from .skeleton import squeeze
from .types import RuleError, Word, WordRule
from .wildcards import Index
from .wording import _

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


def compile(rules: Iterable[WordRule]) -> Words:
    """Raises RuleError when a word cannot be used."""
    rules = tuple(rules)
    _refuse_too_many(rules)
    forms: list[Form] = []
    for number, rule in enumerate(rules):
        allowed = phrases(rule.allowed)
        for word in rule.words:
            forms += _forms(number, rule, word, allowed)
    return Words(rules, _automaton(forms), Index(forms))


def _refuse_too_many(rules: tuple[WordRule, ...]) -> None:
    """Before any work is done for them."""
    words = (word for rule in rules for word in rule.words)
    count = sum((1 + len(one.forms)) * (1 + len(one.suffixes)) for one in words)
    if count > MOST_FORMS:
        raise RuleError(
            _(
                "The lists of words have more than %(most)s entries and "
                "inflections together; use shorter lists."
            ),
            most=MOST_FORMS,
        )


def _forms(
    number: int, rule: WordRule, word: Word, allowed: list[Phrase]
) -> Iterator[Form]:
    own = {*word.excuses, *word.allowed}
    parts = {text: _checked(text) for text in _written(rule, word) if text not in own}
    around = context(
        parts.values(),
        excuses=phrases(word.excuses),
        allowed=phrases(word.allowed) + allowed,
    )
    listed = {word.text, *word.forms}
    for text, letters in parts.items():
        form = Form(text, word, number, letters, around)
        yield form
        if word.reversed and text in listed and len(letters) == 1:
            yield from _turned(form)


def _written(rule: WordRule, word: Word) -> list[str]:
    """The word and its inflections. What is both reserved and allowed by the same
    person is a mistake; an inflection that is allowed is simply left out."""
    listed = [word.text, *word.forms]
    if word.text in (*word.excuses, *word.allowed) or set(listed) & set(rule.allowed):
        raise RuleError(
            _(
                "“%(word)s” is reserved and allowed at the same time; remove it from "
                "one of the two lists."
            ),
            word=next((one for one in listed if one in rule.allowed), word.text),
        )
    inflected = (text + suffix for text in listed for suffix in word.suffixes)
    return listed + [text for text in inflected if text not in rule.allowed]


def _checked(text: str) -> tuple[bytes, ...]:
    parts = tokens(text)
    if not text.strip():
        raise RuleError(_("The list of words has an empty line; remove it."))
    if len(text) > LONGEST:
        raise RuleError(
            _(
                "“%(word)s…” is longer than %(most)s characters; use the part of it "
                "that matters."
            ),
            word=text[:20],
            most=LONGEST,
        )
    if not parts:
        raise RuleError(
            _(
                "“%(word)s” has no letters, so that it cannot be found as a word; use "
                "a pattern for signs and emoji."
            ),
            word=text,
        )
    if sum(map(len, parts)) < 2:
        raise RuleError(
            _(
                "“%(word)s” has one letter, and would be found in nearly every text; "
                "use a word of two letters or more."
            ),
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
        yield replace(form, tokens=tokens(read), turned=how)


def _automaton(forms: list[Form]) -> ahocorasick.Automaton | None:
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
