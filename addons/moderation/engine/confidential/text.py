"""A cleaned text, with what several detectors ask of it worked out once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from .. import octets
from ..hit import Reader
from .chains import GROUP, Chain, Window, chains
from .spelled import spelled

CUE_REACH = 40  # characters before a number in which its name may stand

_LONG = 14  # characters; keys are longer, a company's number is as long
_LONG_WORD = re.compile(rf"(?<!\S)\S{{{_LONG},}}")
# A letter that may stand for a digit, before one or behind one, in no word.
_LETTER_BEFORE = re.compile(r"(?:^|[\W\d_])[OoIl|SBZ]{1,3}[\W_]{0,3}$")
_LETTER_BEHIND = re.compile(r"[\W_]{0,3}[OoIl|SBZ]{1,3}(?:[\W\d_]|$)")
# Cues are looked for in blocks, and in what lies before a block.
_BLOCK, _FURTHEST = 4096, 512
_AROUND = 180  # a number of 44 digits with signs between is as long
_BESIDE = 7  # characters in which to look for it
_SMALLEST = 10  # digits of what is looked for by its check digits
_FEW_DIGITS = 6  # what is looked for has more
_DIGIT_FOR_LETTER = str.maketrans("OoIl|SBZ", "00111582")


class Taken:
    """Which characters have been found already; costs what is asked about, however
    many places there are."""

    def __init__(self, size: int):
        self._marks = bytearray(size)

    def add(self, start: int, end: int) -> None:
        self._marks[start:end] = b"\1" * (end - start)

    def holds(self, start: int, end: int) -> bool:
        """Whether any of these characters has been found."""
        return self._marks.find(1, start, end) >= 0


class Text:
    """``text`` as the reading ``clean`` gives it; ``lower`` has the same length."""

    def __init__(self, text: str):
        self.text = text
        # The one letter that grows when it is made small.
        self.lower = text.replace("İ", "I").lower()
        # What one detector worked out and another may want, by a name.
        self.notes: dict[str, Taken] = {}
        self._cues: dict[tuple[re.Pattern[str], int], list[int]] = {}

    @classmethod
    def of(cls, reader: Reader) -> Text:
        """The one of this reader: several rules ask for the same."""
        if "confidential" not in reader.notes:
            reader.notes["confidential"] = cls(reader.clean.text)
        return reader.notes["confidential"]

    @cached_property
    def strict_chains(self) -> list[Chain]:
        if octets.count(self.text, octets.DIGITS) < _FEW_DIGITS:
            return []
        return list(chains(self.text))

    @cached_property
    def chains(self) -> list[Chain]:
        """Also those in which letters stand for digits (``O`` for ``0``): only
        check digits can tell whether they do."""
        strict = self.strict_chains
        if not any(map(self._beside_letter, strict)):
            return strict
        return [*strict, *self._loose_chains()]

    def _loose_chains(self) -> Iterator[Chain]:
        done = 0
        for strict in filter(self._beside_letter, self.strict_chains):
            start = max(done, strict.groups[0][0] - _AROUND)
            end = strict.groups[-1][1] + _AROUND
            if strict.groups[0][0] < done:
                continue
            read = self.text[start:end].translate(_DIGIT_FOR_LETTER)
            for chain in chains(read, start, loose=True):
                if chain.groups[-1][1] >= strict.groups[0][0] and self._mixed(chain):
                    done = chain.groups[-1][1]
                    yield chain
                    break

    def _beside_letter(self, chain: Chain) -> bool:
        start, end = chain.groups[0][0], chain.groups[-1][1]
        before = self.text[max(0, start - _BESIDE) : start]
        behind = self.text[end : end + _BESIDE]
        return bool(_LETTER_BEFORE.search(before) or _LETTER_BEHIND.match(behind))

    def _mixed(self, chain: Chain) -> bool:
        start, end = chain.groups[0][0], chain.groups[-1][1]
        at = chain.offset
        return self.text[start:end] != chain.text[start - at : end - at]

    @cached_property
    def long_words(self) -> list[tuple[int, str]]:
        """Place and text of what is as long as a key and holds a digit."""
        if octets.count(self.text, octets.DIGITS) == 0:
            return []
        long = (word for word in self.text.split() if len(word) >= _LONG)
        if not any(map(GROUP.search, long)):
            return []
        found = ((word.start(), word[0]) for word in _LONG_WORD.finditer(self.text))
        return [(start, word) for start, word in found if GROUP.search(word)]

    @cached_property
    def spelled(self) -> list[tuple[int, int, str]]:
        """Start, end and digits of each number that is written in words."""
        return list(spelled(self.text, self.lower))

    @cached_property
    def longest(self) -> int:
        """Digits in the longest chain."""
        return max((chain.size for chain in self.chains), default=0)

    def windows(self, size: int) -> Iterator[Window]:
        """Runs of whole groups with ``size`` digits, of all chains."""
        for chain in self._large:
            if chain.size >= size:
                yield from chain.windows(size)

    @cached_property
    def _large(self) -> list[Chain]:
        return [chain for chain in self.chains if chain.size >= _SMALLEST]

    def mostly_digits(self, window: Window) -> bool:
        """Whether few letters, if any, were read as digits: to be asked last."""
        if not window.loose:
            return True
        written = self.text[window.start : window.end]
        real = sum(map(len, GROUP.findall(written)))
        return real * 10 >= len(window.digits) * 6

    def inside_word(self, start: int, end: int) -> bool:
        """Whether letters or digits stand directly before or after."""
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        return before.isalnum() or after.isalnum()

    def near(self, cues: re.Pattern[str], start: int, reach: int = CUE_REACH) -> bool:
        """Whether one of ``cues`` ends shortly before ``start``."""
        block = start // _BLOCK
        if (cues, block) not in self._cues:
            first = max(0, block * _BLOCK - _FURTHEST)
            found = cues.finditer(self.lower, first, (block + 1) * _BLOCK)
            self._cues[cues, block] = [one.end() for one in found]
        ends = self._cues[cues, block]
        place = bisect_right(ends, start)
        return place > 0 and ends[place - 1] > start - reach

    def before(self, cue: re.Pattern[str], start: int, reach: int = CUE_REACH) -> bool:
        """Whether ``cue``, which ends with ``$``, leads up to ``start``."""
        return bool(cue.search(self.lower[max(0, start - reach) : start]))
