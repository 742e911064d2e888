"""A found place, blotted out or shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from . import markup
from .plain import Plain
from .types import Span

SIGN = "█"


def mask(part_text: str, spans: Iterable[Span], sign: str = SIGN) -> str:
    """The original part with each character of ``spans`` replaced by ``sign``.

    Spans never hold markup, so tags stay whole; line ends stay as well.
    """
    pieces, done = [], 0
    for start, end in _apart(spans, len(part_text)):
        lines = part_text[start:end].split("\n")
        pieces += (part_text[done:start], "\n".join(sign * len(one) for one in lines))
        done = end
    return "".join(pieces) + part_text[done:]


def mark(
    part_text: str, spans: Iterable[Span], is_html: bool = False
) -> list[tuple[str, bool]]:
    """The readable text of a part in pieces: (text, whether it was found).

    The pieces are plain text, to be escaped by whoever shows them.
    """
    plain = markup.read(part_text) if is_html else Plain(part_text)
    covered = bytearray(len(part_text) + 1)
    for start, end in _apart(spans, len(part_text)):
        covered[start:end] = b"\1" * (end - start)
    if plain.starts is None or plain.ends is None:
        return list(_runs(plain.text, covered))
    places = zip(plain.starts, plain.ends, strict=True)
    flags = [start < end and covered[start] for start, end in places]
    return list(_runs(plain.text, flags))


def _runs(text: str, flags: Sequence[int]) -> Iterator[tuple[str, bool]]:
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or flags[end] != flags[start]:
            yield text[start:end], bool(flags[start])
            start = end


def _apart(spans: Iterable[Span], size: int) -> list[Span]:
    """In order, without overlap, inside the text."""
    found: list[Span] = []
    for start, end in sorted(spans):
        start, end = max(start, 0), min(end, size)
        if found:
            start = max(start, found[-1][1])
        if start < end:
            found.append((start, end))
    return found
