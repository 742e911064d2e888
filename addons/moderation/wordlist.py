"""Lists of words as people type them: plain Python, no database."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

MAX_ENTRIES = 10_000  # in one rule
MAX_LENGTH = 200  # characters of one entry
MAX_LIST = 250_000  # characters of one list in a text field


@lru_cache(maxsize=16_384)  # of thousands of entries, few change at a time
def lines(text: str | None) -> tuple[str, ...]:
    """What stands in a list of one entry a line, each once, without empty lines."""
    found = (" ".join(line.split()) for line in (text or "").splitlines())
    return tuple(dict.fromkeys(line for line in found if line))


def fold(text: str) -> str:
    """The text as two entries are compared: without case, accents, double spaces."""
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


def letters(text: str) -> int:
    """How many letters and digits there are."""
    return sum(sign.isalnum() for sign in fold(text))
