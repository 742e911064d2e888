"""Where in a text it is worth looking: a slow pattern is tried only there, so that a
long text costs what many short ones cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache


def regions(
    text: str, hints: tuple[str, ...], before: int, after: int
) -> Iterator[tuple[int, int]]:
    """Stretches from ``before`` characters ahead of a hint to ``after`` characters
    behind it, in order; those that meet are one."""
    start, end = 0, -1
    for hint in _pattern(hints).finditer(text):
        if hint.start() - before > end:
            if end >= 0:
                yield start, end
            start = max(0, hint.start() - before)
        end = hint.end() + after
    if end >= 0:
        yield start, min(end, len(text))


def finditer(
    pattern: re.Pattern[str],
    text: str,
    lower: str,
    hints: tuple[str, ...],
    reach: tuple[int, int],
) -> Iterator[re.Match[str]]:
    """``pattern.finditer(text)``, where each match lies within ``reach`` (characters
    before, after) of a hint in ``lower``."""
    for start, end in regions(lower, hints, *reach):
        yield from pattern.finditer(text, start, end)


@lru_cache(64)
def _pattern(hints: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, hints)))
