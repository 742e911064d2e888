"""What makes a reserved word harmless where it stands: "deu pau", "pau-brasil"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .fold import ALNUM, BASIC, fold
from .normalise import clean
from .plain import Plain

REACH = 100  # characters on each side that are looked at
Tokens = tuple[bytes, ...]
Phrase = tuple[str, Tokens]  # as typed, and its words
LETTERS = re.compile(f"[{ALNUM}]+".encode("latin-1"))


@dataclass(frozen=True)
class Context:
    """The phrases that excuse a word, ready.

    ``around``: for each way of writing the word what stands before and behind it in
    a phrase that holds it; ``beside``: phrases that stand next to it; ``names``:
    spellings with capitals ("Pinto") that are somebody's name.
    """

    around: dict[Tokens, list[tuple[Tokens, Tokens]]]
    beside: tuple[Tokens, ...]
    names: frozenset[str]

    def excuses(self, written: Tokens, folded: bytes, start: int, end: int) -> bool:
        """Whether one of the phrases is read around ``folded[start:end]``, where the
        word is written with these tokens."""
        around = self.around.get(basic(written), ())
        if not around and not self.beside:
            return False
        left = _words(folded[max(start - REACH, 0) : start])
        right = _words(folded[end : end + REACH])
        return any(
            _ends(left, before) and _begins(right, after) for before, after in around
        ) or any(_ends(left, one) or _begins(right, one) for one in self.beside)


def context(
    forms: Iterable[Tokens], excuses: list[Phrase], allowed: list[Phrase]
) -> Context:
    """Of a word that can be written as ``forms``. A phrase that holds one of them
    excuses it there, an excuse without it excuses what stands next to it."""
    forms = {basic(form) for form in forms}
    sizes = {len(form) for form in forms}
    around: dict[Tokens, list[tuple[Tokens, Tokens]]] = {}
    beside, names = [], set()
    for number, (phrase, words) in enumerate(excuses + allowed):
        found = list(_holding(words, forms, sizes))
        for at, form in found:
            before, after = words[:at], words[at + len(form) :]
            if before or after:
                around.setdefault(form, []).append((before, after))
            elif phrase != phrase.lower():
                names.add(phrase)
        if words and not found and number < len(excuses):
            beside.append(words)
    return Context(around, tuple(beside), frozenset(names))


def phrases(texts: Iterable[str]) -> list[Phrase]:
    """Excuses and allowed phrases as they are compared."""
    return [(text, basic(tokens(text))) for text in texts]


def tokens(text: str) -> Tokens:
    """The words of a listed text, folded."""
    return tuple(LETTERS.findall(fold(clean(Plain(text)).text).replace(b"\0", b"")))


def _holding(
    words: Tokens, forms: set[Tokens], sizes: set[int]
) -> Iterable[tuple[int, Tokens]]:
    for size in sizes:
        for at in range(len(words) - size + 1):
            if words[at : at + size] in forms:
                yield at, words[at : at + size]


def basic(words: Tokens) -> Tokens:
    return tuple(word.translate(BASIC) for word in words)


def _words(folded: bytes) -> Tokens:
    return tuple(LETTERS.findall(folded.translate(BASIC)))


def _ends(words: Tokens, wanted: Tokens) -> bool:
    return not wanted or words[-len(wanted) :] == wanted


def _begins(words: Tokens, wanted: Tokens) -> bool:
    return words[: len(wanted)] == wanted
