"""Text that a direction override shows from right to left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import normalise
from .plain import Plain

_overridden = re.compile("\u202e([^\u202c\u2069\n]+)")


def backwards(plain: Plain) -> Iterator[Plain]:
    """Each overridden stretch as it is seen, cleaned."""
    if "\u202e" not in plain.text:
        return
    for match in _overridden.finditer(plain.text):
        start, end = match.span(1)
        turned = Plain(
            match[1][::-1],
            _reverse(plain.starts, start, end),
            _reverse(plain.ends, start, end, by=1),
        )
        yield normalise.clean(turned)


def _reverse(offsets, start: int, end: int, by: int = 0) -> list[int]:
    if offsets is None:
        return list(range(end - 1 + by, start - 1 + by, -1))
    return list(offsets[start:end])[::-1]
