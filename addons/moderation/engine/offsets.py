"""Where the characters of a reading came from, worked out when it is asked for.

Most texts hold nothing to be found, so a reading only notes its pieces; a place in
the original is looked up by bisection once something was found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from .plain import Plain


class Offsets(Sequence[int]):
    """The start, or the end, of each character of a reading in its source.

    ``at`` are the indexes in the reading at which pieces begin; a piece is either a
    copy of the source from ``firsts`` on, or (``lasts`` >= 0) stands as a whole for
    ``source[first:last]``. ``through`` are the offsets of that source itself.
    """

    def __init__(self, pieces: Pieces, of_ends: bool, through: Sequence[int] | None):
        self._pieces, self._of_ends, self._through = pieces, of_ends, through

    def __len__(self) -> int:
        return self._pieces.length

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [self._one(one) for one in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self._one(index)

    def _one(self, index: int) -> int:
        pieces = self._pieces
        piece = bisect_right(pieces.at, index) - 1
        first, last = pieces.firsts[piece], pieces.lasts[piece]
        if last < 0:
            first += index - pieces.at[piece]
            last = first + 1
        if self._through is None:
            return last if self._of_ends else first
        if not self._of_ends:
            return self._through[min(first, len(self._through) - 1)]
        return self._through[max(last - 1, 0)]


class Pieces:
    """A reading while it is put together from a source text."""

    def __init__(self) -> None:
        self.at: list[int] = []
        self.firsts: list[int] = []
        self.lasts: list[int] = []
        self.length = 0
        self._texts: list[str] = []

    def take(self, source: str, start: int, end: int) -> None:
        """Take ``source[start:end]`` as it is."""
        if start < end:
            self._note(source[start:end], start, -1)

    def put(self, text: str, start: int, end: int) -> None:
        """Let ``text`` stand for ``source[start:end]``."""
        if text:
            self._note(text, start, end)

    def _note(self, text: str, first: int, last: int) -> None:
        self.at.append(self.length)
        self.firsts.append(first)
        self.lasts.append(last)
        self.length += len(text)
        self._texts.append(text)

    @property
    def text(self) -> str:
        return "".join(self._texts)

    def append(self, other: Pieces) -> None:
        """Put another reading of the same source behind this one."""
        self.at += [self.length + at for at in other.at]
        self.firsts += other.firsts
        self.lasts += other.lasts
        self.length += other.length
        self._texts += other._texts

    def plain(self, source: Plain | None = None) -> Plain:
        """The reading; ``source`` where what was read is a reading itself."""
        starts = source.starts if source else None
        ends = source.ends if source else None
        return Plain(self.text, Offsets(self, False, starts), Offsets(self, True, ends))
