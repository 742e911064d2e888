"""Plain -> clean: one spelling for what looks the same.

NFKC (full-width, mathematical and circled letters), invisible characters dropped,
digits of every script as 0-9, combining marks composed or, on Latin letters and
digits, dropped. Upper and lower case are kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .offsets import Pieces
from .plain import Plain

# More marks than any language stacks; a thousand would make NFKC quadratic.
MOST_MARKS = 4
# Not in category Cf, and yet nothing to be seen: fillers of Hangul, the blank of
# Braille, the joiner of graphemes, variation selectors; the keycap's frame.
BLANK = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u20e3\u2800\u3164\ufe00-\ufe0f\uffa0"
)
BLANK += "\U000e0100-\U000e01ef"


def _ranges(wanted, *blocks: tuple[int, int]) -> str:
    """The characters of these blocks for which ``wanted`` holds, as the inside of
    a regular expression's [set]."""
    found: list[list[int]] = []
    for first, last in blocks:
        for code in range(first, last + 1):
            if not wanted(chr(code)):
                continue
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    return "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in found)


# Where scripts with marks, and characters of category Cf, live.
BLOCKS = (0x80, 0x33FF), (0xA000, 0xABFF), (0xF900, 0xFFFF), (0x10000, 0x11FFF)
FURTHER = (0x13430, 0x13455), (0x1BC00, 0x1BCFF), (0x1D000, 0x1D2FF), (0x1E000, 0x1E95F)
MARKS = _ranges(lambda c: unicodedata.category(c) in ("Mn", "Me"), *BLOCKS, *FURTHER)
INVISIBLE = BLANK + _ranges(
    lambda c: unicodedata.category(c) == "Cf", *BLOCKS, *FURTHER, (0xE0000, 0xE007F)
)
_odd = re.compile(f"[{MARKS}{INVISIBLE}]")


def _is_safe(char: str) -> bool:
    return (
        not _odd.match(char)
        and unicodedata.normalize("NFKC", char) == char
        and unicodedata.digit(char, None) is None
    )


# What stays as it is wherever it stands: ASCII, most letters, ideographs, emoji.
SAFE = "\x00-\x7f\u3400-\u9fff\uac00-\ud7a3\U0001f300-\U0001f9ff" + _ranges(
    _is_safe, *BLOCKS[:3]
)
_unsafe = re.compile(f"[^{SAFE}][{MARKS}{INVISIBLE}]*")
_marks = re.compile(f"[{MARKS}]+")
_invisible = re.compile(f"[{INVISIBLE}]+")


def clean(plain: Plain) -> Plain:
    """The clean reading of a plain one; the same object where nothing changes."""
    text = plain.text
    if text.isascii() or not _unsafe.search(text):
        return plain
    pieces, done = Pieces(), 0
    for match in _unsafe.finditer(text):
        start, end = match.span()
        if start > done and _odd.match(text, start):
            start -= 1  # marks belong to the letter before them
        one = _one(text[start:end]) if end - start < 8 else _long(text[start:end])
        if one != text[start:end]:
            pieces.take(text, done, start)
            pieces.put(one, start, end)
            done = end
    pieces.take(text, done, len(text))
    return pieces.plain(plain)


@lru_cache(8192)
def _one(cluster: str) -> str:
    """A character with its marks, in the one spelling."""
    visible = _invisible.sub("", cluster)[: 1 + MOST_MARKS]
    text = _invisible.sub("", unicodedata.normalize("NFKC", visible))
    if text[:1] < "\u0370":
        text = text[:1] + _marks.sub("", text[1:])
    return "".join(map(_digit, text))


def _long(cluster: str) -> str:
    return _one(_invisible.sub("", cluster)[: 1 + MOST_MARKS])


def _digit(char: str) -> str:
    value = unicodedata.digit(char, None)
    return char if value is None else str(value)
