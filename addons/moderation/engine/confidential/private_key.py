"""Private keys in their usual wrapping."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..regions import finditer
from .match import HIDDEN, Match
from .text import Text

HINTS = ("private key", "putty-user-key-file", "age-secret-key-", "private-mac")
# Dashes are matched loosely: word processors make long ones of them.
_BEGIN = re.compile(
    r"[-–—‑]{0,5}\s?BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?\s?[-–—‑]{0,5}"
    r"|PuTTY-User-Key-File-[0-9]: |AGE-SECRET-KEY-1",
    re.I,
)
_END = re.compile(
    r"END (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?\s?[-–—‑]{0,5}"
    r"|Private-MAC: [0-9a-f]+",
    re.I,
)
_BODY = re.compile(r"[A-Za-z0-9+/=\s:,\-]*")  # where the end is missing


def private_key(text: Text) -> Iterator[Match]:
    """PEM, OpenSSH, PGP, PuTTY and age keys, from their first line to their last."""
    ends = [found.end() for found in _finditer(_END, text)]
    place, next_end = 0, 0
    for begin in _finditer(_BEGIN, text):
        if begin.start() < place:
            continue
        while next_end < len(ends) and ends[next_end] <= begin.end():
            next_end += 1
        if next_end < len(ends):
            place = ends[next_end]
        else:
            body = _BODY.match(text.text, begin.end())
            place = max(body.end() if body else 0, begin.end())
        value = text.text[begin.start() : place]
        yield Match(begin.start(), place, value, f"PRIVATE KEY {HIDDEN * 8}")


def _finditer(pattern: re.Pattern[str], text: Text) -> Iterator[re.Match[str]]:
    return finditer(pattern, text.text, text.lower, HINTS, (50, 80))
