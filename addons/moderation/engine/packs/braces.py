"""``{a|b}`` in the packs' texts, written out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

_BRACES = re.compile(r"\{([^{}]*)\}")


def expand(
    texts: Iterable[str], sets: Mapping[str, Collection[str]]
) -> tuple[str, ...]:
    """Each text with its braces written out, each form once, in the order given.

    ``{name}`` stands for a member of ``sets[name]``, ``{a|b}`` for "a" or "b".

    :raises KeyError: there is no set of that name
    """
    forms = (form for text in texts for form in _written_out(text, sets))
    return tuple(dict.fromkeys(" ".join(form.split()) for form in forms))


def _written_out(text: str, sets: Mapping[str, Collection[str]]) -> Iterator[str]:
    braces = _BRACES.search(text)
    if not braces:
        yield text
        return
    inside = braces[1]
    for choice in inside.split("|") if "|" in inside else sets[inside]:
        yield from _written_out(
            text[: braces.start()] + choice + text[braces.end() :], sets
        )
