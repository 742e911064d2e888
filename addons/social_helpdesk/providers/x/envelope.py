"""Cuts a body of the Account Activity API into events that can be read alone.

https://docs.x.com/x-api/account-activity/introduction
"""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from ..errors import MalformedBody
from ..tame import digest, iso, key, load, when
from ..types import RawEvent

Json = dict[str, Any]
PUBLIC = "t:"  # and the author
GROUP = "g:"  # and the conversation
COMMON = ("for_user_id", "user_has_blocked", "users", "apps")
DM = "direct_message_events"
READ = "direct_message_mark_read_events"
TYPING = "direct_message_indicate_typing_events"
POST = "tweet_create_events"
DELETED = "tweet_delete_events"
LIKED = "favorite_events"
FOLLOWED = "follow_events"
STAMPS = ("created_timestamp", "timestamp_ms", "created_at", "timestamp")


def split(body: bytes) -> list[RawEvent]:
    """:raises MalformedBody: nothing says for whom it is"""
    content = load(body)
    own = key(content.get("for_user_id")) or _revoking(content)
    if not own:
        raise MalformedBody("The body does not say for which user it is.")
    return [
        raw(kind, item, own, number, content)
        for number, (kind, item) in enumerate(_items(content))
    ]


def _revoking(content: Json) -> str:
    return key(dig(content, "user_event", "revoke", "source", "user_id"))


def _items(content: Json) -> Iterator[tuple[str, Any]]:
    found = False
    for name, value in content.items():
        if name not in COMMON and value not in ([], None):
            found = True
            for item in value if isinstance(value, list) else [value]:
                yield name, item
    if not found:
        yield "nothing", {}


def raw(kind: str, item: Any, own: str, number: int, content: Json) -> RawEvent:
    event: Json = item if isinstance(item, dict) else {}
    identity = _identity(kind, event) or digest([kind, own, item])
    thread = _thread(kind, event, own)
    payload = {
        "id": identity,
        "kind": kind,
        "thread": thread,
        "own": own,
        "blocked": content.get("user_has_blocked"),
        "item": item,
    }
    if kind == DM:
        payload["sender"] = _user(content, dig(event, "message_create", "sender_id"))
    at = moment_of(kind, event)
    return RawEvent(identity, thread, at, payload, number, own)


def _user(content: Json, identity: Any) -> Any:
    """The sender of a message: the body names all its people once."""
    identity = key(identity)
    return dig(content, "users", identity) if identity else None


def _identity(kind: str, event: Json) -> str:
    if kind == DELETED:
        deleted = key(dig(event, "status", "id"))
        return f"delete:{deleted}" if deleted else ""
    if kind in (DM, POST):
        return key(event.get("id_str")) or key(event.get("id"))
    return ""


def _thread(kind: str, event: Json, own: str) -> str:
    if kind == DM:
        return _talk(event, own)
    if kind in (READ, TYPING):
        return key(event.get("sender_id"))
    if kind in (POST, LIKED):
        author = key(dig(event, "user", "id_str")) or key(dig(event, "user", "id"))
        return f"{PUBLIC}{author}" if author else ""
    if kind == DELETED:
        author = key(dig(event, "status", "user_id"))
        return f"{PUBLIC}{author}" if author else ""
    return ""


def _talk(event: Json, own: str) -> str:
    if group := key(event.get("group")):
        return f"{GROUP}{group}"
    sender = key(dig(event, "message_create", "sender_id"))
    target = key(dig(event, "message_create", "target", "recipient_id"))
    return target if sender == own else sender


def moment_of(kind: str, event: Json) -> datetime | None:
    values = [event.get(name) for name in STAMPS]
    return next(filter(None, map(moment, values)), None)


def moment(value: Any) -> datetime | None:
    """Milliseconds, ISO 8601 or "Wed Oct 10 20:19:24 +0000 2018"."""
    text = key(value)
    if text.isascii() and text.isdigit():
        whole, rest = divmod(int(text[:16]), 1000)
        found = when(whole)
        return found and found.replace(microsecond=rest * 1000)
    for read in (iso, _written):
        try:
            found = read(text).astimezone(timezone.utc)
        except (ValueError, OverflowError):
            continue
        latest = datetime.now(timezone.utc) + timedelta(days=1)
        return found if found.year >= 2006 and found <= latest else None
    return None


def _written(text: str) -> datetime:
    return datetime.strptime(text, "%a %b %d %H:%M:%S %z %Y")


def dig(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
