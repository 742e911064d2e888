"""Turns one Telegram update into events that can be read alone.

https://core.telegram.org/bots/api#update
"""

import re
from typing import Any

from ..tame import digest, key, load, when
from ..types import RawEvent

# what we ask for; reactions and business chats have to be asked for by name
UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "callback_query",
    "my_chat_member",
)
THREAD = re.compile(
    r"(?P<chat>-?\d{1,20})(:(?P<topic>\d{1,20})|@(?P<connection>\S{1,200}))?", re.ASCII
)
Json = dict[str, Any]


def split(body: bytes) -> list[RawEvent]:
    """:raises MalformedBody: not a JSON object"""
    update = load(body)
    number = update.get("update_id")
    identity = f"u:{number}" if type(number) is int else digest(update)
    # one of ours, whatever a later version says beside it
    known = (name for name in UPDATES if name in update)
    name = next(known, None) or next((k for k in update if k != "update_id"), "")
    item = update.get(name)
    item = item if isinstance(item, dict) else {}
    if name == "deleted_business_messages":
        return _deleted(update, item, identity)
    return [_raw(identity, name, item, update)]


def _deleted(update: Json, item: Json, identity: str) -> list[RawEvent]:
    """One update may delete many messages; each is an event."""
    ids = item.get("message_ids")
    ids = ids if isinstance(ids, list) else [None]
    name = "deleted_business_messages"
    events = []
    for index, one in enumerate(ids):
        deletion = {**item, "message_ids": [one]}
        alone = {**update, name: deletion}
        events.append(_raw(f"{identity}:{index}", name, deletion, alone))
    return events


def _raw(identity: str, name: str, item: Json, update: Json) -> RawEvent:
    thread = thread_of(item)
    return RawEvent(
        external_id=identity,
        thread=thread,
        occurred_at=when(item.get("edit_date") or item.get("date")),
        payload={"id": identity, "thread": thread, "kind": name, "update": update},
        sequence=_sequence(item),
    )


def _sequence(item: Json) -> int:
    number = item.get("message_id")
    # a database's 4 bytes; Telegram counts per chat or per account from 1
    return number if type(number) is int and 0 <= number < 2**31 else 0


def thread_of(item: Json) -> str:
    """The conversation of a message, reaction or button: its chat, with the
    topic of a forum or the business account that has to answer.

    "<chat>", "<chat>:<topic>" or "<chat>@<business connection>"
    """
    inner = item.get("message")
    message = inner if isinstance(inner, dict) and "chat" in inner else item
    chat = message.get("chat")
    chat_id = key(chat.get("id")) if isinstance(chat, dict) else ""
    if not chat_id:
        sender = item.get("from")
        return key(sender.get("id")) if isinstance(sender, dict) else ""
    if connection := key(message.get("business_connection_id")):
        return key(f"{chat_id}@{connection}")
    topic = key(message.get("message_thread_id"))
    if topic and message.get("is_topic_message") is True:
        return f"{chat_id}:{topic}"
    return chat_id


def address(thread: str) -> dict[str, Any]:
    """The parameters that send to a thread (or a person's id).

    :raises ValueError: it is neither
    """
    match = THREAD.fullmatch(thread)
    if not match:
        raise ValueError("not a thread")
    params: dict[str, Any] = {"chat_id": match["chat"]}
    if match["connection"]:
        params["business_connection_id"] = match["connection"]
    if match["topic"]:
        params["message_thread_id"] = int(match["topic"])
    return params
