"""One way to write a reserved word, and the expression that knows its disguises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from .context import Context
from .fold import ALNUM, BASIC, COARSE, OTHER
from .lookalikes import ACCENTED, DIGITS, LEET
from .types import Word

# Natural doubles in our languages: "caro" is not "carro", so that one of these is
# stretched only from three on.
_DOUBLED = frozenset("rs")
_VOWELS = "aeiouyà-æè-ïò-öø-ÿ"
# A cedilla where Portuguese never has one, a tilde where Spanish has none.
_ODDLY_MARKED = {
    "c": f"ç(?=[ei])|(?<![{ALNUM}])ç",
    "n": f"ñ(?![{_VOWELS}])",
}


@dataclass(frozen=True, eq=False)
class Form:
    """A whole word, or a phrase, that a rule's word can be written as.

    ``tokens`` are its words in folded letters, accents kept.
    """

    text: str  # as listed
    word: Word
    rule: int  # index of the rule
    tokens: tuple[bytes, ...]
    context: Context
    turned: str = ""  # "backwards" or "upside down"

    @cached_property
    def letters(self) -> bytes:
        return b"".join(self.tokens)

    @cached_property
    def is_foreign(self) -> bool:
        """Whether it has letters that folding does not tell apart."""
        return OTHER.encode("latin-1") in self.letters

    @cached_property
    def expression(self) -> re.Pattern[bytes]:
        """Matches the folded text where this form begins, signs being separators."""
        return self._expression(leet=False)

    @cached_property
    def leet_expression(self) -> re.Pattern[bytes]:
        """The same, where signs may be letters."""
        return self._expression(leet=True)

    def _expression(self, leet: bool) -> re.Pattern[bytes]:
        """Letters and separators have no character in common, nor have neighbouring
        groups, so there is one way only to match: nothing to backtrack into."""
        exact = self.word.exact_accents
        letters = self.letters.decode("latin-1")
        signs = {sign for one in set(letters) for sign in _signs(one)} if leet else ""
        between = f"[^{ALNUM}{_set(signs)}]*"
        groups = (
            _group("".join(group), between, exact, leet)
            for _, group in groupby(letters, key=coarse)
        )
        # The last one takes as little as it can: "saco, o" is "saco".
        expression = between.join(groups) + "?"
        return re.compile(f"{expression}(?!\\x00*[{ALNUM}])".encode("latin-1"))


def coarse(letter: str) -> str:
    return letter.encode("latin-1").translate(COARSE).decode("latin-1")


def _group(letters: str, between: str, exact: bool, leet: bool) -> str:
    """Neighbouring letters that look alike, as often as they stand there or oftener."""
    one = f"(?:{'|'.join(_stands_for(set(letters), exact, leet))})"
    again = f"(?:{between}{one})"
    if len(letters) == 1 and letters in _DOUBLED:
        return f"{one}(?:{again}{{2,}})?"
    return f"{one}{again}{{{len(letters) - 1},}}"


def _stands_for(letters: set[str], exact: bool, leet: bool) -> list[str]:
    chars, further = set(letters), []
    for letter in letters:
        base = basic(letter)
        if letter != base and exact:
            continue
        chars |= {base, *DIGITS.get(base, "")}
        if base in _ODDLY_MARKED and letter == base:
            further.append(_ODDLY_MARKED[base])
        elif not exact:
            chars |= set(ACCENTED.get(base, ""))
        if leet:
            chars |= set(_signs(letter))
    return [f"[{_set(chars)}]", *further]


def basic(letter: str) -> str:
    """The letter without its accent."""
    return letter.encode("latin-1").translate(BASIC).decode("latin-1")


def _signs(letter: str) -> str:
    return LEET.get(basic(letter), "")


def _set(chars: set[str] | str) -> str:
    return re.escape("".join(sorted(chars)))
