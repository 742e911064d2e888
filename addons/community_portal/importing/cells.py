"""One cell of a table: what was typed there, made harmless or refused."""

from __future__ import annotations

import re
from datetime import datetime, timezone

from .records import MAX_LINE

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_YES = frozenset(("1", "true", "yes", "y", "x", "sim", "s", "t"))
# What no text needs and PostgreSQL or a reader's screen would stumble over.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_LOCAL = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$"
)
_ZONE_NAME = re.compile(r"\s+UTC$")
_SHORT_ZONE = re.compile(r"\s*([+-]\d{2}):?(\d{2})?$")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+$")


def clean(text: object) -> str:
    """Without control characters; line ends as in Unix."""
    plain = str(text if text is not None else "").replace("\r\n", "\n")
    return _CONTROL.sub("", plain.replace("\r", "\n")).strip()


def plain(cell: object) -> str:
    """A spreadsheet's cell, without the quotation mark that kept the spreadsheet from
    taking the text for a formula."""
    text = str(cell if cell is not None else "")
    if text.startswith("'") and text[1:].startswith(_FORMULA):
        text = text[1:]
    return clean(text)


def one_line(cell: object) -> str:
    """A name, a key or a title: one line of at most ``MAX_LINE`` characters."""
    return " ".join(plain(cell).split())[:MAX_LINE]


def yes(cell: object) -> bool:
    return plain(cell).lower() in _YES


def parts(cell: object) -> tuple[str, ...]:
    """Several in one cell, with ``|`` between, each once."""
    found = (one_line(part) for part in plain(cell).split("|"))
    return tuple(dict.fromkeys(filter(None, found)))


def email(cell: object) -> str:
    """In small letters, or "" if it is none."""
    text = plain(cell).lower()
    return text if _EMAIL.match(text) and len(text) <= MAX_LINE else ""


def moment(cell: object) -> datetime | None:
    """A date with or without time, ISO or day/month/year, as naive UTC.

    :raises ValueError: it is no date, or none of this world's communities
    """
    text = plain(cell)
    if not text:
        return None
    found = _LOCAL.match(text)
    when = _from_local(found) if found else datetime.fromisoformat(_iso(text))
    if when.tzinfo:
        when = when.astimezone(timezone.utc).replace(tzinfo=None)
    if not 1990 <= when.year <= 2100:
        raise ValueError(text)
    return when.replace(microsecond=0)


def _from_local(found: re.Match) -> datetime:
    day, month, year, *clock = (int(part or 0) for part in found.groups())
    return datetime(year, month, day, *clock)


def _iso(text: str) -> str:
    """What Python 3.10 reads: no Z, no name of a zone, minutes in the zone."""
    text = _ZONE_NAME.sub("+00:00", text)
    if text.endswith(("Z", "z")):
        text = f"{text[:-1]}+00:00"
    if ":" in text and (zone := _SHORT_ZONE.search(text)):
        text = f"{text[: zone.start()]}{zone[1]}:{zone[2] or '00'}"
    return re.sub(r"\.(\d+)", lambda found: f".{found[1][:6]:0<6}", text)
