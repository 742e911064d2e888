"""E-mail addresses, also those written so that no program shall see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..regions import finditer
from .match import HIDDEN, Match
from .text import Text

_LOCAL = re.compile(r"[\w.%+-]{1,64}$")
_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?![a-z0-9])")
# The ends of the addresses that people in a help desk have.
_TOP = r"(?:com|net|org|br|gov|edu|info|biz|io|co|me|app|dev|eu|pt|es|us|online|tech)"
_OPEN, _CLOSE = r"[\s(\[{<_*\-]{1,3}", r"[\s)\]}>_*\-]{1,3}"
_DOT = rf"(?:{_OPEN}(?:ponto|dot|punto){_CLOSE}|\s{{0,2}}[(\[{{]?\.[)\]}}]?\s{{0,2}})"
_SPELLED = re.compile(
    rf"(?:{_OPEN}(?:arroba|@){_CLOSE}|\s?[(\[{{<]\s?(?:at|@)\s?[)\]}}>]\s?"
    rf"|\sat(?=\s[a-z0-9\-]{{2,63}}\s(?:dot|ponto)\s)\s|\s?@\s?)"
    rf"([a-z0-9\-]{{2,63}}(?:{_DOT}[a-z0-9\-]{{2,24}}){{0,3}}{_DOT}{_TOP})(?![a-z0-9])"
)
_ANY_DOT = re.compile(rf"{_DOT}")
_SINGLE = re.compile(
    r"(?<![^\s(:,])([a-z0-9](?: [a-z0-9._-]){1,60}) @"
    r"((?: [a-z0-9.-]){4,60})(?![a-z0-9])"
)
# "para @empresa.com" names no mailbox.
_NO_NAMES = frozenset(
    ("a", "o", "e", "ou", "em", "no", "na", "de", "do", "da", "para", "por", "com")
    + ("in", "on", "at", "to", "for", "from", "with", "or", "and", "y", "en", "con")
)
_REACH = (4, 400)  # characters around the sign
HINTS = ("@", "arroba", "(at)", "[at]", "{at}", " at ", "<at>", "( at )", "[ at ]")


def email(text: Text) -> Iterator[Match]:
    """Addresses as they are (``a@b.com``) and as they are spelled out (``a arroba b
    ponto com``, ``a [at] b [dot] com``, ``a @ b . com``)."""
    seen = set()
    place = text.lower.find("@")
    while place >= 0:
        domain = _DOMAIN.match(text.lower, place + 1)
        start = _local_part(text.lower, place)
        if domain and start < place:
            seen.add(domain.end())
            yield _match(text.lower, start, place, domain.end(), domain[0])
        place = text.lower.find("@", place + 1)
    for found in finditer(_SPELLED, text.lower, text.lower, HINTS, _REACH):
        start = _local_part(text.lower, found.start())
        local = text.lower[start : found.start()]
        if local and local not in _NO_NAMES and found.end() not in seen:
            domain = _ANY_DOT.sub(".", found[1])
            yield _match(text.lower, start, found.start(), found.end(), domain, True)
    yield from _drawn_out(text.lower)


def _drawn_out(lower: str) -> Iterator[Match]:
    """``j o a o @ g m a i l . c o m``"""
    for found in finditer(_SINGLE, lower, lower, ("@",), (130, 130)):
        name, domain = (part.replace(" ", "") for part in found.groups())
        if _DOMAIN.fullmatch(domain):
            at = found.end(1)
            yield _match(lower, found.start(), at, found.end(), domain, True)


def _local_part(lower: str, end: int) -> int:
    """Where the part before the sign begins."""
    first = max(0, end - 64)
    found = _LOCAL.search(lower[first:end])
    if not found:
        return end
    return first + found.end() - len(found[0].lstrip(".-+%"))


def _match(
    lower: str, start: int, at: int, end: int, domain: str, disguised: bool = False
) -> Match:
    shown = f"{lower[start]}{HIDDEN * 3}@{HIDDEN * 3}"
    return Match(start, end, f"{lower[start:at]}@{domain}", shown, disguised)
