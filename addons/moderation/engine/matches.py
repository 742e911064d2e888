"""Folded text -> places where a form is written, however disguised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import respell
from .context import LETTERS
from .fold import BASIC, IS_ALNUM, LEET_LETTERS
from .forms import Form
from .lookalikes import TURNED_SIGNS
from .skeleton import Skeleton
from .spelling import WHOLE, spelling
from .word_rules import Words

# More characters per letter than this, and what stands between is the text.
STRETCH = 40
_DIGITS = b"0123456789"
MASKED = "masked"
_INFINITIVE = dict(zip("aeo", "áêô", strict=True))


@dataclass(frozen=True, slots=True)
class Match:
    """A form at ``start:end`` of the clean text."""

    form: Form
    start: int
    end: int
    spelling: str
    exact: bool = False  # letter for letter, but for accents and case


def matches(text: str, folded: bytes, words: Words) -> Iterator[Match]:
    """``folded`` is the folded ``text``. A place may come more than once."""
    look = _Look(text, folded, words)
    skeleton = Skeleton(folded)
    yield from look.at_whole_words(skeleton)
    if joined := respell.joined(folded, skeleton):
        yield from look.anywhere(Skeleton(joined))
    if signs := respell.with_signs(folded):
        look = _Look(text, folded, words, leet=True)
        skeleton = Skeleton(signs)
        yield from look.at_whole_words(skeleton)
        if joined := respell.joined(signs, skeleton):
            yield from look.anywhere(Skeleton(joined))
    for form, start, end in words.masked.find(folded):
        yield Match(form, start, end, MASKED)


class _Look:
    """Looks closely at what the automaton found."""

    def __init__(self, text: str, folded: bytes, words: Words, leet: bool = False):
        self.text, self.folded, self.leet = text, folded, leet
        self.letters = folded.translate(LEET_LETTERS) if leet else folded
        self.automaton = words.automaton

    def at_whole_words(self, skeleton: Skeleton) -> Iterator[Match]:
        text = skeleton.text
        for end, (size, forms) in self.automaton.iter(text):
            start = end - size + 1
            if text[start - 1] == " " and text[end + 1] == " ":
                yield from self._at(skeleton.places[start], forms)

    def anywhere(self, skeleton: Skeleton) -> Iterator[Match]:
        for end, (size, forms) in self.automaton.iter(skeleton.text):
            start = end - size + 1
            first = skeleton.places[start]
            yield from self._at(first, forms)
            last = self._start_before(skeleton.places[start + 1], first)
            if last > first:
                yield from self._at(last, forms)

    def _start_before(self, at: int, first: int) -> int:
        """The last beginning of a word in a run of one letter that several words
        have a part in: the second "o" of "do o.t.á.r.i.o"."""
        at -= 1
        while at > first and not IS_ALNUM[self.folded[at]]:
            at -= 1
        while at > first and IS_ALNUM[self.folded[at - 1]]:
            at -= 1
        return at

    def _at(self, start: int, forms: tuple[Form, ...]) -> Iterator[Match]:
        if start and IS_ALNUM[self.folded[start - 1]]:
            return
        for form in forms:
            if match := self._match(start, form):
                yield match

    def _match(self, start: int, form: Form) -> Match | None:
        expression = form.leet_expression if self.leet else form.expression
        found = expression.match(self.folded, start)
        if not found or found.end() - start > STRETCH * len(form.letters):
            return None
        end = found.end()
        region = self.folded[start:end].replace(b"\0", b"")
        if not self._is_read_as(form, start, end, region):
            return None
        how = spelling(self.letters, start, end, form)
        exact = how == WHOLE and not form.turned and _same(region, form)
        return Match(form, start, end, how, exact) if how else None

    def _is_read_as(self, form: Form, start: int, end: int, region: bytes) -> bool:
        """What the expression does not see."""
        if form.is_foreign and self.text[start:end].casefold() != form.text.casefold():
            return False
        if form.turned == "upside down" and TURNED_SIGNS.isdisjoint(
            self.text[start:end]
        ):
            return False
        if _is_a_verb(self.text[start:end], form):
            return False
        return _enough_letters(self.letters[start:end], region, form)


def _is_a_verb(text: str, form: Form) -> bool:
    """Whether an accent on the last vowel makes another Portuguese word of it:
    "rolá-lo" is to roll it, and has nothing to do with "rola"."""
    word = form.text.lower()
    return text[:-1].lower() == word[:-1] and text[-1:].lower() == _INFINITIVE.get(
        word[-1:]
    )


def _enough_letters(read: bytes, region: bytes, form: Form) -> bool:
    """A word of digits and signs is a number, a price or a code."""
    digits = len(region) - len(region.translate(None, _DIGITS))
    signs = sum(map(int.__ne__, read.replace(b"\0", b""), region))
    if not digits and not signs:
        return True
    own = len(form.letters) - len(form.letters.translate(None, _DIGITS))
    replaced = digits + signs - own
    if replaced <= 0:
        return True
    letters = sum(map(IS_ALNUM.__getitem__, region)) - digits
    return len(form.letters) > 2 and letters >= (2 if len(form.letters) == 3 else 1)


def _same(region: bytes, form: Form) -> bool:
    return tuple(LETTERS.findall(region.translate(BASIC))) == tuple(
        token.translate(BASIC) for token in form.tokens
    )
