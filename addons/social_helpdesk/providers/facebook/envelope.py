"""Cuts a webhook body of a page into events that can be read alone.

https://developers.facebook.com/docs/messenger-platform/webhooks
https://developers.facebook.com/docs/graph-api/webhooks/reference/page

A body holds entries of several pages, an entry the events of Messenger
(``messaging``, or ``standby`` while another app has the floor) and changes of the
page (comments, reviews, mentions).
"""

from collections.abc import Iterator
from typing import Any

from ..errors import MalformedBody
from ..tame import digest, key, load, when
from ..types import RawEvent

Json = dict[str, Any]
TALKS = ("messaging", "standby")
ACTS = ("message", "message_edit", "postback", "reaction", "read", "delivery")
# of a change: where the one stands who did it
WHO = (("from", "id"), ("sender_id",), ("reviewer_id",))
PUBLIC = "c:"
POSTS = ("post", "status", "photo", "video", "share", "album", "event")
WRITTEN = ("comment", "rating", *POSTS)


def split(body: bytes) -> list[RawEvent]:
    """:raises MalformedBody: no ``entry`` list"""
    entries = load(body).get("entry")
    if not isinstance(entries, list):
        raise MalformedBody("The body has no list of entries.")
    events = (event for entry in entries for event in _entry(entry))
    return [_raw(event, number) for number, event in enumerate(events)]


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
    return {"kind": "change", **common, "field": change.get("field"), "item": value}


def _raw(event: Json, number: int) -> RawEvent:
    item = event["item"] if isinstance(event["item"], dict) else {}
    identity, thread = _identity(event, item), _thread(event, item)
    return RawEvent(
        external_id=identity,
        thread=thread,
        occurred_at=_when(event, item),
        payload={**event, "id": identity, "thread": thread},
        sequence=number,
        address=key(event.get("page")),
    )


def _identity(event: Json, item: Json) -> str:
    """A message's own id; of all else a digest, which a repetition repeats."""
    if event["kind"] in ("message", "postback"):
        inner = item[event["kind"]]
        mid = key(inner.get("mid"))
        return mid if mid and not inner.get("is_deleted") else digest(item)
    if event["kind"] == "change" and _is_new(item):
        return message_id(item) or digest(item)
    return digest(event if event["kind"] in ("broken", "empty") else item)


def _is_new(item: Json) -> bool:
    """Not a reaction: it names the comment that it stands on."""
    return item.get("verb") == "add" and item.get("item") in WRITTEN


def message_id(item: Json) -> str:
    """Of what somebody wrote in public: a comment, a post, a review."""
    names = ("comment_id", "post_id", "open_graph_story_id")
    return next(filter(None, (key(item.get(name)) for name in names)), "")


def _thread(event: Json, item: Json) -> str:
    """The customer in Messenger; in public the post and the customer."""
    if event["kind"] == "change":
        who = next(filter(None, (_dig(item, path) for path in WHO)), "")
        post = key(item.get("post_id")) or key(item.get("open_graph_story_id"))
        return key(f"{PUBLIC}{post}:{who}") if post and who else ""
    sender, recipient = (_dig(item, (name, "id")) for name in ("sender", "recipient"))
    return recipient if sender == key(event.get("page")) else sender


def _dig(item: Any, path: tuple[str, ...]) -> str:
    for name in path:
        item = item.get(name) if isinstance(item, dict) else None
    return key(item)


def _when(event: Json, item: Json):
    """Messenger counts milliseconds, changes count seconds."""
    moment = item.get("timestamp", item.get("created_time", event.get("time")))
    if type(moment) is int and moment > 10**11:
        moment //= 1000
    return when(moment)
