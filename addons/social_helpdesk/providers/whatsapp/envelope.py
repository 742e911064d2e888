"""Cuts a WhatsApp webhook body into events that can be read alone.

https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components

A body holds entries, an entry changes, a change's value messages and statuses,
each more than one: up to 1,000 in all. What is said once for all of a value
(metadata, contacts) is copied into each event.
"""

from collections.abc import Iterator
from typing import Any

from ..errors import MalformedBody
from ..tame import digest, key, load, when
from ..types import RawEvent

# list in a value -> kind of event
LISTS = {
    "messages": "message",
    "message_echoes": "echo",
    "statuses": "status",
    "errors": "error",
    "calls": "call",
}
Json = dict[str, Any]


def split(body: bytes) -> list[RawEvent]:
    """:raises MalformedBody: no ``entry`` list, and no bare value either"""
    data = load(body)
    entries = data.get("entry")
    if entries is None and any(isinstance(data.get(name), list) for name in LISTS):
        # gateways that speak for Meta post the value itself
        entries = [{"changes": [{"field": "messages", "value": data}]}]
    if not isinstance(entries, list):
        raise MalformedBody("The body has no list of entries.")
    events = (event for entry in entries for event in _entry(entry))
    return [_raw(event, number) for number, event in enumerate(events)]


def _entry(entry: Any) -> Iterator[Json]:
    changes = entry.get("changes") if isinstance(entry, dict) else None
    if not isinstance(changes, list):
        yield {"kind": "broken", "path": "entry.changes", "item": entry}
        return
    for change in changes:
        value = change.get("value") if isinstance(change, dict) else None
        if not isinstance(value, dict):
            yield {"kind": "broken", "path": "entry.changes.value", "item": change}
            continue
        common = {
            "account": entry.get("id"),
            "time": entry.get("time"),
            "field": change.get("field"),
            "metadata": value.get("metadata"),
        }
        yield from _value(value, common)


def _value(value: Json, common: Json) -> Iterator[Json]:
    found = False
    contacts = _Contacts(value.get("contacts"))
    for name, kind in LISTS.items():
        items = value.get(name)
        if not isinstance(items, list):
            continue
        for index, item in enumerate(items):
            found = True
            if isinstance(item, dict):
                contact = contacts.of(item, index, len(items))
                yield {"kind": kind, **common, "contact": contact, "item": item}
            else:
                yield {"kind": "broken", "path": f"{name}[{index}]", "item": item}
    if not found:
        yield {"kind": "change", **common, "item": value}


class _Contacts:
    """The contact of a message among those of its value, found in one step."""

    def __init__(self, contacts: Any):
        contacts = contacts if isinstance(contacts, list) else []
        self.all = [c if isinstance(c, dict) else None for c in contacts]
        self.by_id: dict[str, Json] = {}
        for contact in filter(None, self.all):
            for name in ("wa_id", "user_id"):
                if identity := key(contact.get(name)):
                    self.by_id[identity] = contact

    def of(self, item: Json, index: int, count: int) -> Json | None:
        for name in (*FROM, *TO):
            if contact := self.by_id.get(key(item.get(name))):
                return contact
        # WhatsApp may say a number with and without Brazil's ninth digit
        if len(self.all) == 1:
            return self.all[0]
        return self.all[index] if len(self.all) == count else None


FROM = ("from", "from_user_id", "from_parent_user_id")
TO = ("recipient_id", "recipient_user_id", "to", "to_user_id")


THREADS = {"message": FROM, "call": FROM, "echo": TO[2:], "status": TO}


def _thread(event: Json) -> str:
    """The group, else the customer: his phone where it is known, else his
    business-scoped id."""
    item = event["item"]
    names = THREADS.get(event["kind"])
    if not names:
        return ""
    contact = event["contact"] or {}
    candidates = [item.get("group_id"), *(item.get(name) for name in names)]
    if event["kind"] != "status":
        candidates += [contact.get("wa_id"), contact.get("user_id")]
    return next(filter(None, map(key, candidates)), "")


def _external_id(event: Json) -> str:
    item = event["item"]
    identity = key(item.get("id")) if event["kind"] in LISTS.values() else ""
    if not identity:
        return digest(event)
    if event["kind"] == "call":  # told when it rings and when it ends
        return key(f"{identity}:{key(item.get('event'))}")
    if event["kind"] != "status":
        return identity
    # in a group every member has his own ticks
    member = key(item.get("recipient_participant_id"))
    return key(":".join(filter(None, [identity, key(item.get("status")), member])))


def _raw(event: Json, number: int) -> RawEvent:
    external_id, thread = _external_id(event), _thread(event)
    item = event["item"]
    moment = item.get("timestamp") if event["kind"] in LISTS.values() else None
    return RawEvent(
        external_id=external_id,
        thread=thread,
        occurred_at=when(moment if moment is not None else event.get("time")),
        payload={**event, "id": external_id, "thread": thread},
        sequence=number,
    )
