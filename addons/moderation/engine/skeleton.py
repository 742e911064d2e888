"""Folded text -> the text that is searched: groups of look-alike letters as one,
repeats and separators once. Bytes and C loops only, for every text passes here."""

from __future__ import annotations

from functools import cached_property
from itertools import compress

from .fold import COARSE


class Skeleton:
    """``text`` begins and ends with a blank.

    ``table`` says what each byte becomes; where it is deleted in ``folded``
    (a zero byte) neighbours come together.
    """

    def __init__(self, folded: bytes, table: bytes = COARSE):
        self._folded, self._table = folded, table
        kept = folded.translate(table, b"\0")
        self.bytes = b" %b " % squeeze(kept)

    @cached_property
    def text(self) -> str:
        return self.bytes.decode("latin-1")

    @cached_property
    def places(self) -> list[int]:
        """Where in ``folded`` each character of ``text`` begins."""
        spread = self._folded.translate(self._table)
        kept = spread.translate(None, b"\0")
        indexes = compress(range(len(spread)), spread)
        return [-1, *compress(indexes, _changes(kept)), len(spread)]


def squeeze(text: bytes) -> bytes:
    """Every run of one character as that character once."""
    changes = _changes(text)
    pieces, done = [], 0
    at = changes.find(0)
    while at >= 0:
        pieces.append(text[done:at])
        done = at + 1
        at = changes.find(0, done)
    pieces.append(text[done:])
    return b"".join(pieces)


def _changes(text: bytes) -> bytes:
    """Zero where a character is the one before it: a text xor itself, moved by one,
    as two huge numbers, is the fastest way that Python has to compare neighbours."""
    if not text:
        return b""
    moved = bytes((text[0] ^ 1,)) + text[:-1]
    number = int.from_bytes(text, "big") ^ int.from_bytes(moved, "big")
    return number.to_bytes(len(text), "big")
