"""Digits that stand together, and the numbers that may be among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Groups of digits with a few separators between, whatever these are. Digits and
# separators have no character in common, so there is one way only to match.
_CHAIN = re.compile(r"[0-9]+(?:[\W_]{1,3}[0-9]+)*")
GROUP = re.compile(r"[0-9]+")


@dataclass(slots=True)
class Window:
    """Some neighbouring groups of digits of a chain: ``groups[first:last]``. There
    can be as many as digits, so what is not asked for is not worked out."""

    chain: Chain
    first: int
    last: int

    @property
    def start(self) -> int:
        return self.chain.groups[self.first][0]

    @property
    def end(self) -> int:
        return self.chain.groups[self.last - 1][1]

    @property
    def loose(self) -> bool:
        """Letters were read as digits."""
        return self.chain.loose

    @property
    def digits(self) -> str:
        text = self.chain.text
        inside, at = self.chain.groups[self.first : self.last], self.chain.offset
        return "".join([text[start - at : end - at] for start, end in inside])

    def cut_at(self, *places: int) -> bool:
        """Whether groups end only where a person would set a separator."""
        groups, position = self.chain.groups, 0
        for index in range(self.first, self.last - 1):
            position += groups[index][1] - groups[index][0]
            if position not in places:
                return False
        return True

    @property
    def uniform(self) -> bool:
        """``5 2 9 9 8 …`` or ``52 99 82 …``: a number drawn out, by itself."""
        size = self.chain.size_of
        first = size(self.first)
        if first > 2 or first in (size(self.first - 1), size(self.last)):
            return False
        inside = range(self.first, self.last - 1)
        return all(size(n) == first for n in inside) and size(self.last - 1) <= first


@dataclass(frozen=True, slots=True)
class Chain:
    """All groups of digits that stand together."""

    groups: tuple[tuple[int, int], ...]
    size: int  # digits of all groups
    text: str  # what was read, from ``offset`` on
    offset: int = 0
    loose: bool = False

    def size_of(self, index: int) -> int:
        """Digits of one group, 0 for one that does not exist."""
        if not 0 <= index < len(self.groups):
            return 0
        start, end = self.groups[index]
        return end - start

    @property
    def is_drawn_out(self) -> bool:
        """Whether single digits stand in it, as in ``1 2 A B C 3``."""
        return sum(end - start == 1 for start, end in self.groups) > 2

    def windows(self, size: int) -> Iterator[Window]:
        """Runs of whole groups with ``size`` digits together; one of single digits
        begins where the single digits begin."""
        groups, last, held, before = self.groups, 0, 0, 0
        for first, (start, end) in enumerate(groups):
            while held < size and last < len(groups):
                held += groups[last][1] - groups[last][0]
                last += 1
            if held == size and not before == end - start == 1:
                yield Window(self, first, last)
            before = end - start
            held -= before


def chains(text: str, offset: int = 0, loose: bool = False) -> Iterator[Chain]:
    for found in _CHAIN.finditer(text):
        start = offset + found.start()
        groups = [
            (start + group.start(), start + group.end())
            for group in GROUP.finditer(found[0])
        ]
        size = sum([last - first for first, last in groups])
        yield Chain(tuple(groups), size, text, offset, loose)
