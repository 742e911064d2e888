"""What is remembered of a feed between two polls, and how long they are apart.

The cursor: ``seen`` (key of an item: the state in which it was taken, "" of one
that was not wanted), ``etag`` and ``modified`` of the last answer, ``errors`` since.
"""

import re
from datetime import datetime, timedelta, timezone
from typing import Any

from ..http import Response
from ..types import Polled
from .document import ITEMS
from .item import Json

FIRST, OLDEST = 20, timedelta(days=15)
KNOWN = 2 * ITEMS  # items remembered in the cursor
WAIT, LONGEST = timedelta(minutes=15), timedelta(hours=24)
STALE = timedelta(hours=6)  # at most, whatever the site says of its cache
MAX_AGE = re.compile(r"max-age=([0-9]{1,6})")
MARK = re.compile(r"[!-~][ -~]{0,499}")  # an answer's mark that can be sent back


def later(cursor: dict[str, Any], seconds: float | None) -> Polled:
    errors = min(int(cursor.get("errors") or 0) + 1, 10)
    wait = min(WAIT * 2 ** (errors - 1), LONGEST)
    asked = timedelta(seconds=min(seconds or 0, LONGEST.total_seconds()))
    return Polled((), {**cursor, "errors": errors}, max(wait, asked))


def wait(answer: Response) -> timedelta:
    age = MAX_AGE.search(answer.headers.get("cache-control", ""))
    return min(max(WAIT, timedelta(seconds=int(age[1]) if age else 0)), STALE)


def mark(answer: Response, name: str) -> str:
    value = answer.headers.get(name, "").strip()
    return value if MARK.fullmatch(value) else ""


def first(items: list[Json]) -> list[Json]:
    """Of a feed that was not known, the newest few: the rest is history."""
    since = (datetime.now(timezone.utc) - OLDEST).isoformat()
    return [i for i in items if not i["date"] or i["date"] >= since][-FIRST:]


def changed(items: list[Json], seen: dict[str, str]) -> list[Json]:
    return [item for item in items if seen.get(item["key"]) != item["state"]]


def known(items: list[Json], wanted: list[Json], seen: dict[str, str]) -> dict:
    """What stands in the feed last, so that it is never forgotten first."""
    taken = {item["key"]: item["state"] for item in wanted}
    now = {i["key"]: taken.get(i["key"]) or seen.get(i["key"], "") for i in items}
    before = {key: state for key, state in seen.items() if key not in now}
    return dict([*before.items(), *now.items()][-KNOWN:])
