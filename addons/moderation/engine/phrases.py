"""Phrases in a text, whatever the accents, capitals and signs between the words."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

import ahocorasick

from . import octets
from .hit import Reader

_SIGNS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")
# Three and more single letters in a row: a word drawn out.
_DRAWN_OUT = re.compile(r"(?<= )[^\W_](?: [^\W_]){2,}(?= )")
_MIN_DRAWN_OUT = 4  # letters; a shorter name is found in too much


def _unaccented() -> dict[int, str]:
    """Each Latin letter that is one letter and its marks, as that letter."""
    table = {}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        first, *marks = unicodedata.normalize("NFD", chr(code))
        if marks and all(map(unicodedata.combining, marks)):
            table[code] = first
    return table


UNACCENTED = _unaccented()


def fold(text: str) -> str:
    """Small letters without accents; as long as ``text``."""
    return text.lower() if text.isascii() else "".join(_folded(text, True))


def words(text: str) -> str:
    """The words of a text, folded, with one space around each."""
    return f" {' '.join(''.join(_folded(text, False)).split())} "


def _folded(text: str, keep_signs: bool) -> Iterator[str]:
    for start in range(0, len(text), octets.BLOCK):
        block = text[start : start + octets.BLOCK]
        folded = octets.fold(block, keep_signs)
        if folded is None:
            # The one letter that grows when it is made small.
            folded = block.replace("İ", "I").lower().translate(UNACCENTED)
            folded = folded if keep_signs else _SIGNS.sub(_blank, folded)
        yield folded


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


class Folded:
    """A reading as words, and where each of them stands."""

    def __init__(self, text: str):
        self.text = text
        self.words = words(text)

    @classmethod
    def of(cls, reader: Reader) -> Folded:
        """The one of this reader, worked out once."""
        if "folded" not in reader.notes:
            reader.notes["folded"] = cls(reader.clean.text)
        return reader.notes["folded"]

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        """Where words begin: in ``words`` and in the text."""
        inside, outside, at = [], [], 1
        for word in _WORD.finditer(self.text):
            inside.append(at)
            outside.append(word.start())
            at += word.end() - word.start() + 1
        return inside, outside

    def place(self, index: int) -> int:
        """Which character of the text became ``words[index]``, a letter."""
        inside, outside = self._places
        word = bisect_right(inside, index) - 1
        return outside[word] + index - inside[word]


class Phrases:
    """Phrases to be looked for, all at once."""

    def __init__(self, phrases: Iterable[str]):
        self._whole, self._letters = ahocorasick.Automaton(), ahocorasick.Automaton()
        for phrase in phrases:
            folded = words(phrase)
            self._whole.add_word(folded, (phrase, len(folded)))
            joined = folded.replace(" ", "")
            if len(joined) >= _MIN_DRAWN_OUT:
                self._letters.add_word(joined, (phrase, len(joined)))
        self._whole.make_automaton()
        self._letters.make_automaton()

    def find(self, folded: Folded) -> Iterator[tuple[int, int, str, bool]]:
        """Start and end in the text, the phrase, and whether it was drawn out."""
        if not len(self._whole):
            return
        for last, (phrase, size) in self._whole.iter(folded.words):
            first, end = last - size + 2, last - 1
            yield folded.place(first), folded.place(end) + 1, phrase, False
        if len(self._letters):
            yield from self._drawn_out(folded)

    def _drawn_out(self, folded: Folded) -> Iterator[tuple[int, int, str, bool]]:
        for run in _DRAWN_OUT.finditer(folded.words):
            letters = run[0].replace(" ", "")
            for last, (phrase, size) in self._letters.iter(letters):
                first = run.start() + (last - size + 1) * 2
                end = run.start() + last * 2
                yield folded.place(first), folded.place(end) + 1, phrase, True
