"""Text that remembers where each of its characters came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .types import Span


@dataclass(frozen=True, slots=True)
class Plain:
    """A reading of a part of the content.

    ``starts[i]`` and ``ends[i]`` say which characters of the original became
    ``text[i]`` (``&amp;`` is five characters that became one). Without them the
    text *is* the original. Between neighbours there may be a gap: markup or
    something invisible.
    """

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where ``text[start:end]`` stands in the original, without the markup
        between: ``p<b>a</b>u`` has three spans."""
        if self.starts is None or self.ends is None:
            return ((start, end),)
        found: list[Span] = []
        places = zip(self.starts[start:end], self.ends[start:end], strict=True)
        for first, last in sorted(places):
            if first == last:  # stands for markup between two characters
                continue
            if found and first <= found[-1][1]:
                found[-1] = (found[-1][0], max(last, found[-1][1]))
            else:
                found.append((first, last))
        return tuple(found)
