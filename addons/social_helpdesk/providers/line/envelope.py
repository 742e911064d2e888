"""Cuts a webhook body of LINE into events that can be read alone.

https://developers.line.biz/en/reference/messaging-api/#request-body

A body holds the events of several customers, or none at all when an
administrator tests the address.
"""

from datetime import datetime
from typing import Any

from ..errors import MalformedBody
from ..tame import digest, key, load, when
from ..types import RawEvent

Json = dict[str, Any]
# https://developers.line.biz/en/reference/messaging-api/#message-event
REPLY = "replyToken"
OF_MESSAGE = {"quote": "quoteToken", "read": "markAsReadToken"}
TOKEN = 2000  # characters; LINE's have a few hundred at most
# what changes when the same event is delivered once more
FLEETING = ("deliveryContext",)
# 33 characters each; a group and a room have members who write into it
CHATS = ("groupId", "roomId", "userId")


def split(body: bytes) -> list[RawEvent]:
    """:raises MalformedBody: no ``events`` list"""
    content = load(body)
    events = content.get("events")
    if not isinstance(events, list):
        raise MalformedBody("The body has no list of events.")
    destination = key(content.get("destination"))
    return [_raw(item, number, destination) for number, item in enumerate(events)]


def _raw(item: Any, number: int, destination: str) -> RawEvent:
    item, tokens = _without_tokens(item)
    event: Json = item if isinstance(item, dict) else {}
    identity = key(event.get("webhookEventId")) or _digest(item)
    thread = thread_of(event)
    return RawEvent(
        external_id=identity,
        thread=thread,
        occurred_at=moment(event.get("timestamp")),
        payload={
            "id": identity,
            "thread": thread,
            "destination": destination,
            "path": f"events[{number}]",
            "event": item,
        },
        sequence=number,
        tokens=tokens,
    )


def _without_tokens(item: Any) -> tuple[Any, dict[str, str]]:
    """An event without what only we may have, and that apart."""
    if not isinstance(item, dict):
        return item, {}
    event, tokens = dict(item), {}
    message = event.get("message")
    if isinstance(message, dict):
        event["message"] = message = dict(message)
        for name, field in OF_MESSAGE.items():
            _take(message, field, name, tokens)
    _take(event, REPLY, "reply", tokens)
    return event, tokens


def _take(holder: Json, field: str, name: str, tokens: dict[str, str]) -> None:
    value = holder.pop(field, None)
    if isinstance(value, str) and 0 < len(value) <= TOKEN:
        tokens[name] = value


def _digest(item: Any) -> str:
    if isinstance(item, dict):
        item = {name: value for name, value in item.items() if name not in FLEETING}
    return digest(item)


def thread_of(event: Json) -> str:
    """The chat: a customer's id, or that of his group or room."""
    source = event.get("source")
    if not isinstance(source, dict):
        return ""
    return next(filter(None, (key(source.get(name)) for name in CHATS)), "")


def moment(value: Any) -> datetime | None:
    """LINE counts milliseconds; they order what is sent in one second."""
    if type(value) is not int:
        return None
    seconds, rest = divmod(value, 1000)
    found = when(seconds)
    return found and found.replace(microsecond=rest * 1000)
