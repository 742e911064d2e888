"""An item of a feed as plain JSON, whatever format it came in.

``html`` is the body, ``title`` plain text, ``date`` ISO 8601 in UTC or "", ``url``
and ``files`` are absolute http(s) addresses. ``key`` tells the item from the
others, ``state`` is another one when its words change.
"""

import json
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import escape
from typing import Any
from urllib.parse import urljoin

from ..tame import digest, iso
from ..text import clean, one_line

Json = dict[str, Any]
TEXT = 20_000  # characters of a body; behind the link is the rest
FILES = 10
URL = 2000


def item(base: str, files: list[Any], **values: Any) -> Json:
    """:param base: address that relative ones start from"""
    made: Json = {n: clean(scalar(v))[:TEXT].strip() for n, v in values.items()}
    made["url"] = link(made["url"], base)
    made["files"] = [u for file in files[:FILES] if (u := link(scalar(file), base))]
    made["title"] = one_line(made["title"], 300)
    made["date"] = date(made["date"])
    made["key"] = digest(made["id"] or made["url"] or made["title"] + made["html"])
    made["state"] = digest([made["title"], made["html"], made["rating"]])
    return made


def date(value: str) -> str:
    """ "" also of a date that has not come: it would stand above all others."""
    for reader in (iso, parsedate_to_datetime):
        try:
            found = reader(value)
            found = found if found.tzinfo else found.replace(tzinfo=timezone.utc)
            found = found.astimezone(timezone.utc)
        except (TypeError, ValueError, IndexError, OverflowError):
            continue
        tomorrow = datetime.now(timezone.utc) + timedelta(days=1)
        return found.isoformat() if found < tomorrow else ""
    return ""


def link(url: str, base: str) -> str:
    """An absolute http(s) address, else ""."""
    try:
        url = urljoin(base, url.strip()) if url.strip() else ""
    except ValueError:
        return ""
    good = url.startswith(("http://", "https://")) and len(url) <= URL
    return url if good and not set(url) & set(' \n\t<>"') else ""


def scalar(value: Any) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return json.dumps(value)
    return value if isinstance(value, str) else ""


def as_html(text: str) -> str:
    """Of a text without markup."""
    return escape(text, quote=False).replace("\n", "<br>")
