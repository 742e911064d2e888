"""Cuts a webhook body of a page or of an Instagram account into events.

https://developers.facebook.com/docs/messenger-platform/webhooks
https://developers.facebook.com/docs/instagram-platform/webhooks

A body holds entries of several accounts, an entry the events of the direct chats
(``messaging``, or ``standby`` while another app has the floor) and changes of what
is public (comments, reviews, mentions). Each event can be read alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...errors import MalformedBody
from ...tame import digest, key, load, when
from ...types import RawEvent

Json = dict[str, Any]
TALKS = ("messaging", "standby")
ACTS = ("message", "message_edit", "postback", "reaction", "read", "delivery")


@dataclass(frozen=True, slots=True)
class Changes:
    """How a channel tells its public events apart.

    :param identity: the provider's id of what was written by a change's value;
        "" for all else
    :param thread: from the field's name and the value
    """

    identity: Callable[[str, Json], str]
    thread: Callable[[str, Json], str]


def split(body: bytes, changes: Changes) -> list[RawEvent]:
    """:raises MalformedBody: no ``entry`` list"""
    entries = load(body).get("entry")
    if not isinstance(entries, list):
        raise MalformedBody("The body has no list of entries.")
    events = (event for entry in entries for event in _entry(entry))
    return [_raw(event, number, changes) for number, event in enumerate(events)]


def _entry(entry: Any) -> Iterator[Json]:
    if not isinstance(entry, dict):
        yield {"kind": "broken", "path": "entry", "item": entry}
        return
    common = {"page": entry.get("id"), "time": entry.get("time")}
    found = False
    for name in (*TALKS, "changes"):
        items = entry.get(name)
        for index, item in enumerate(items if isinstance(items, list) else []):
            found = True
            if not isinstance(item, dict):
                yield {"kind": "broken", "path": f"{name}[{index}]", "item": item}
            elif name == "changes":
                yield _change(item, common)
            else:
                yield {"kind": _act(item), **common, "via": name, "item": item}
    if not found:
        yield {"kind": "empty", **common, "item": entry}


def _act(item: Json) -> str:
    return next((name for name in ACTS if isinstance(item.get(name), dict)), "other")


def _change(change: Json, common: Json) -> Json:
    value = change.get("value")
    if not isinstance(value, dict):
        return {"kind": "broken", "path": "changes.value", "item": change}
    if isinstance(value.get("sender"), dict) and isinstance(
        value.get("recipient"), dict
    ):  # a direct message: so Meta's console tests, and apps of Instagram Login
        return {"kind": _act(value), **common, "via": "changes", "item": value}
    return {"kind": "change", **common, "field": change.get("field"), "item": value}


def _raw(event: Json, number: int, changes: Changes) -> RawEvent:
    item = event["item"] if isinstance(event["item"], dict) else {}
    identity = _identity(event, item, changes)
    thread = _thread(event, item, changes)
    return RawEvent(
        external_id=identity,
        thread=thread,
        occurred_at=_when(event, item),
        payload={**event, "id": identity, "thread": thread},
        sequence=number,
        address=key(event.get("page")),
    )


def _identity(event: Json, item: Json, changes: Changes) -> str:
    """A message's own id; of all else a digest, which a repetition repeats."""
    if event["kind"] in ("message", "postback"):
        inner = item[event["kind"]]
        mid = key(inner.get("mid"))
        return mid if mid and not inner.get("is_deleted") else digest(item)
    if event["kind"] == "change":
        return changes.identity(key(event["field"]), item) or digest(item)
    return digest(event if event["kind"] in ("broken", "empty") else item)


def _thread(event: Json, item: Json, changes: Changes) -> str:
    """The customer in a direct chat; in public what is written about, and he."""
    if event["kind"] == "change":
        return key(changes.thread(key(event["field"]), item))
    sender, recipient = (dig(item, (name, "id")) for name in ("sender", "recipient"))
    ours = sender == key(event.get("page")) or _is_echo(item)
    return recipient if ours else sender


def _is_echo(item: Json) -> bool:
    message = item.get("message")
    return isinstance(message, dict) and message.get("is_echo") is True


def dig(item: Any, path: tuple[str, ...]) -> str:
    for name in path:
        item = item.get(name) if isinstance(item, dict) else None
    return key(item)


def _when(event: Json, item: Json) -> datetime | None:
    """Direct chats count milliseconds, changes count seconds."""
    moment = item.get("timestamp", item.get("created_time", event.get("time")))
    if type(moment) is int and moment > 10**11:
        moment //= 1000
    return when(moment)
