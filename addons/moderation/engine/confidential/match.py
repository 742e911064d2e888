"""What a detector is, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .text import Text

HIDDEN = "•"


@dataclass(frozen=True, slots=True)
class Match:
    """A place that holds something confidential, in a cleaned text.

    ``value`` is compared with what the rule allows and goes nowhere else; ``shown``
    is what may be repeated: enough to recognise it, not to use it.
    """

    start: int
    end: int
    value: str
    shown: str
    disguised: bool = False


@dataclass(frozen=True)
class Detector:
    """One kind of confidential data.

    ``hints`` are looked for in the text in small letters, and ``digits`` is how many
    must stand together: a text that has neither is not looked at any further.
    """

    find: Callable[[Text], Iterator[Match]]
    hints: tuple[str, ...] = ()
    digits: int = 0

    def __call__(self, text: Text) -> Iterator[Match]:
        if self.digits and text.longest < self.digits and not text.spelled:
            return iter(())
        if self.hints and not any(hint in text.lower for hint in self.hints):
            return iter(())
        return self.find(text)


def masked(pattern: str, digits: str) -> str:
    """``pattern`` with each ``#`` replaced by the next of ``digits`` and each dot
    (``•``) in its place kept: ``masked("•••.•••.###-••", "52998224725")``."""
    shown, rest = [], iter(digits)
    for sign in pattern:
        digit = next(rest) if sign in "•#" else ""
        shown.append(digit if sign == "#" else sign)
    return "".join(shown)
