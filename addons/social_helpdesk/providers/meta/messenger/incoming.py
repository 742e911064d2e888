"""Understands one event of a direct chat in Messenger or Instagram.

https://developers.facebook.com/docs/messenger-platform/reference/webhook-events
"""

import re
from collections.abc import Callable
from typing import Any

from ...choices import choice_of
from ...tame import Node, when
from ...text import clean, to_html
from ...text.links import linked
from ...types import (
    Deletion,
    Edit,
    Event,
    Ignored,
    Kind,
    Message,
    Person,
    Reaction,
    Status,
    StatusUpdate,
    Watermark,
)
from .contents import circumstances, read_content

LINK = ' target="_blank" rel="noopener noreferrer"'
# what we give with an answer: a random number
CORRELATION = re.compile(r"[0-9a-f]{32}")
TESTER = "12334"  # who "writes" when an administrator tests the app's webhook


Reader = Callable[[Node, Node], Event]


def read(payload: Any, own: str, read_change: Reader) -> Event:
    """
    :param own: the account's id: events of others are not for it
    :param read_change: understands what is public
    :raises MalformedEvent: with the path of what is wrong
    """
    event = Node(payload)
    kind = event.text("kind")
    reader = read_change if kind == "change" else _READERS.get(kind)
    if not reader:
        raise Node({}, "").malformed(event.name("path") or "kind")
    account = event.key("page")
    if account and own and account != own:
        return Ignored(event.need("id"), f"For another account ({account})")
    item = event.node("item")
    if item.node("sender").key("id") == TESTER:
        return Ignored(event.need("id"), "Test of the webhook in Meta's console")
    if kind in ("reaction", "read", "delivery") and _is_own(event, item):
        return Ignored(event.need("id"), "Done by the account itself")
    return reader(event, item)


def text_of(text: str) -> tuple[str, str]:
    """Plain and as HTML: addresses are shown as links and nothing else is."""
    text = clean(text)
    return text, to_html(linked(text), link=LINK)


def _person(event: Node) -> Person:
    """The customer, whichever side he is on; his name is not said."""
    return Person(event.need("thread"))


def _moment(item: Node, name: str = "timestamp"):
    """Direct chats count milliseconds."""
    value = item.whole(name)
    return when(value // 1000) if value else None


def _at(item: Node):
    return _moment(item) or Node({}).when("")


def _is_own(event: Node, item: Node) -> bool:
    sender = item.node("sender").key("id")
    return bool(sender and sender == event.key("page"))


def _message(event: Node, item: Node) -> Event:
    message, external_id = item.node("message"), event.need("id")
    if message.flag("is_deleted"):
        return _deletion(event, item, message)
    echo = message.flag("is_echo") or _is_own(event, item)
    if echo and CORRELATION.fullmatch(message.text("metadata")):
        return StatusUpdate(
            message.need("mid"), Status.SENT, _at(item), message.text("metadata")
        )
    content = read_content(message)
    text, html = text_of(message.text("text"))
    pressed = message.node("quick_reply")
    return Message(
        external_id=external_id,
        thread=event.need("thread"),
        sender=_person(event),
        occurred_at=_at(item),
        kind=Kind.CHOICE if pressed and not content.media else content.kind,
        text=text,
        html=html,
        media=content.media,
        location=content.location,
        reply_to=message.node("reply_to").key("mid"),
        notes=(*circumstances(item, message), *content.notes),
        echo=echo,
        choice=choice_of(pressed.text("payload")),
    )


def _deletion(event: Node, item: Node, message: Node) -> Event:
    return Deletion(
        external_id=event.need("id"),
        target=message.need("mid"),
        thread=event.need("thread"),
        sender=_person(event),
        occurred_at=_at(item),
    )


def _edit(event: Node, item: Node) -> Event:
    edit = item.node("message_edit")
    text, html = text_of(edit.text("text"))
    return Edit(
        external_id=event.need("id"),
        target=edit.need("mid"),
        thread=event.need("thread"),
        sender=_person(event),
        occurred_at=_at(item),
        text=text,
        html=html,
    )


def _postback(event: Node, item: Node) -> Event:
    """A button, an entry of the menu, or "Get started"."""
    postback = item.node("postback")
    label = postback.text("title") or postback.name("payload") or "?"
    text, html = text_of(label)
    return Message(
        external_id=event.need("id"),
        thread=event.need("thread"),
        sender=_person(event),
        occurred_at=_at(item),
        kind=Kind.CHOICE,
        text=text,
        html=html,
        notes=tuple(circumstances(item, postback)),
        choice=choice_of(postback.text("payload")),
    )


def _reaction(event: Node, item: Node) -> Event:
    reaction = item.node("reaction")
    taken_back = reaction.text("action") == "unreact"
    return Reaction(
        external_id=event.need("id"),
        target=reaction.need("mid"),
        thread=event.need("thread"),
        sender=_person(event),
        occurred_at=_at(item),
        emoji="" if taken_back else reaction.name("emoji") or "👍",
    )


def _watermark(status: Status, name: str) -> Callable[[Node, Node], Event]:
    def reader(event: Node, item: Node) -> Event:
        until = _moment(item.node(name), "watermark")
        if not until:
            return Ignored(event.need("id"), "No time until which it was seen")
        return Watermark(
            external_id=event.need("id"),
            thread=event.need("thread"),
            status=status,
            until=until,
            occurred_at=_at(item),
        )

    return reader


_read_until = _watermark(Status.READ, "read")


def _read(event: Node, item: Node) -> Event:
    """Instagram names the message, Messenger the time until which all was read."""
    mid = item.node("read").key("mid")
    if mid:
        return StatusUpdate(mid, Status.READ, _at(item))
    return _read_until(event, item)


def _other(event: Node, item: Node) -> Event:
    names = [n for n in item.value if n not in ("sender", "recipient", "timestamp")]
    return Ignored(event.need("id"), f"“{', '.join(names)[:100]}” is not a message")


def _empty(event: Node, _item: Node) -> Event:
    return Ignored(event.need("id"), "Nothing in it")


_READERS: dict[str, Reader] = {
    "message": _message,
    "message_edit": _edit,
    "postback": _postback,
    "reaction": _reaction,
    "read": _read,
    "delivery": _watermark(Status.DELIVERED, "delivery"),
    "other": _other,
    "empty": _empty,
}
