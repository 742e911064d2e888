"""Links in a text: addresses with a scheme, ``www.…`` and bare domains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from .hit import Reader
from .phrases import fold
from .regions import finditer
from .types import Span

# Bare names count as links with these ends only. Short ends that are words or file
# names (.me, .so, .py, .zip) need a scheme; "Sr.Silva" and "NF.e" are no links.
_ENDS = (
    "com|net|org|edu|gov|info|biz|io|dev|app|ai|co|tv|online|site|website|store|shop"
    "|xyz|top|club|link|live|click|cloud|tech|blog|space|icu|vip|work|world|pro"
    "|br|pt|us|uk|de|fr|es|it|ar|cl|mx|ru|cn|in|tk|ml|ga|cf|gq|ly|gl|gg|to|cc|ws|su"
)
# What people write without a space after a full stop is not an address.
_NEEDS_A_PATH = frozenset(
    ("co", "ai", "us", "de", "es", "it", "in", "to", "la", "do", "tv", "pro", "work")
    + ("live",)
)
_BARE = re.compile(
    r"(?<![\w@.\-/:])([^\W_][\w-]{0,62}(?:\.[\w-]{1,63}){0,5}\.(" + _ENDS + r"))"
    r"(?![\w@-]|\.\w)(?:(:[0-9]{2,5})?(/[^\s<>\"']{0,2000}))?"
)
_GAP = re.compile(r"\s")
_LONGEST = 400  # characters of a host
_MAYBE = re.compile(r"\.[a-z]{2}")
_SHORT = re.compile(r"(?<![\w@.\-/])(?:t|wa|m|fb)\.me/[\w+/-]{1,100}")
_URL = re.compile(
    r"(?:https?|ftp|hxxps?)://[^\s<>\"'`]{3,2000}|www\.[^\s<>\"'`]{4,2000}", re.I
)
_HREF = re.compile(
    r"""\bhref\s{0,5}=\s{0,5}["']?\s{0,5}((?:https?:)?//[^\s"'<>]{3,2000})""", re.I
)
_TRAILING = ".,;:!?)]}>\"'*_"


@dataclass(frozen=True)
class Link:
    """Where a link stands in the original part, and to whom it leads."""

    spans: tuple[Span, ...]
    host: str  # small letters, as the name servers know it (punycode)


def links(reader: Reader) -> Iterator[Link]:
    """Each link once: one whose text is its own address is one link."""
    clean = reader.clean
    shown = set()
    for start, end in _places(clean.text):
        written = clean.text[start:end].rstrip(_TRAILING)
        if host := host_of(written):
            shown.add(host)
            yield Link(clean.spans(start, start + len(written)), host)
    if reader.is_html and "href" in reader.original:
        for found in _HREF.finditer(reader.original):
            host = host_of(found[1])
            if host and host not in shown:
                yield Link((found.span(1),), host)


def _places(text: str) -> Iterator[tuple[int, int]]:
    lower = fold(text)
    if "://" in lower or "www." in lower:
        for found in finditer(_URL, text, lower, ("://", "www."), (8, 2000)):
            yield found.span()
    for found in _bare(text):
        if found[1].startswith("www."):
            continue
        needs_path = found[2] in _NEEDS_A_PATH and found[1].count(".") == 1
        if found[4] or not needs_path:
            yield found.span()
    if ".me/" in text:
        for found in _SHORT.finditer(text):
            yield found.span()


def _bare(text: str) -> Iterator[re.Match[str]]:
    """Only what stands around a dot is looked at."""
    done = 0
    for dot in _MAYBE.finditer(text):
        if dot.start() < done:
            continue
        start = max(done, dot.start() - _LONGEST)
        start = max(start, text.rfind(" ", start, dot.start()) + 1)
        gap = _GAP.search(text, dot.end())
        done = gap.start() if gap else len(text)
        yield from _BARE.finditer(text, start, done)


def host_of(address: str) -> str:
    """The host of an address, without ``www.``, as punycode; empty if there is
    none. ``https://ours.com@evil.example`` leads to evil.example."""
    address = address.replace("\\", "/")
    if address.startswith("//"):
        address = f"http:{address}"
    elif "://" not in address:
        address = f"http://{address}"
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    host = ascii_host(host.rstrip("."))
    return host.removeprefix("www.")


def ascii_host(host: str) -> str:
    """A domain as the name servers know it; what they would refuse stays itself."""
    try:
        return host.lower().encode("idna").decode()
    except UnicodeError:
        return host.lower()


def belongs(host: str, domains: frozenset[str]) -> bool:
    """Whether a host is one of these domains or below one."""
    labels = host.split(".")
    return any(".".join(labels[n:]) in domains for n in range(len(labels)))
