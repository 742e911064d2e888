"""Cuts a request of a program into events that can be read alone."""

from datetime import datetime, timedelta, timezone
from typing import Any

from ..errors import MalformedBody
from ..tame import EARLIEST, digest, iso, key, load, when
from ..types import RawEvent

MOST = 1000  # events of one request


def split(body: bytes) -> list[RawEvent]:
    """:raises MalformedBody: no ``events`` list, or more than :data:`MOST`"""
    events = load(body).get("events")
    if not isinstance(events, list):
        raise MalformedBody("The body has no list “events”.")
    if len(events) > MOST:
        raise MalformedBody(f"The body has more than {MOST} events.")
    return [_raw(item, number) for number, item in enumerate(events)]


def _raw(item: Any, number: int) -> RawEvent:
    event = item if isinstance(item, dict) else {}
    kind = key(event.get("type")) or "message"
    identity = key(event.get("id")) or digest(item)
    return RawEvent(
        external_id=f"{kind}:{identity}",
        thread=key(event.get("conversation")),
        occurred_at=moment(event.get("at")),
        payload={"id": identity, "path": f"events[{number}]", "event": item},
        sequence=number,
    )


def moment(value: Any) -> datetime | None:
    """RFC 3339 with its zone, or seconds since 1970; None if it cannot be true."""
    if not isinstance(value, str) or value.isdigit():
        return when(value)
    try:
        found = iso(value)
        found = found.astimezone(timezone.utc) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
    latest = datetime.now(timezone.utc) + timedelta(days=1)
    return found if found and EARLIEST <= found <= latest else None
