"""Understands one event of LINE.

https://developers.line.biz/en/reference/messaging-api/#webhook-event-objects
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from ..tame import Node
from ..text import clean, to_html
from ..text.links import linked
from ..types import (
    AccountNotice,
    Consent,
    Deletion,
    Edit,
    Event,
    Ignored,
    Kind,
    Message,
    Note,
    Person,
)
from . import words
from .contents import read_content
from .envelope import moment

LINK = ' target="_blank" rel="noopener noreferrer"'
# the data of our own buttons, as ``outgoing.tap`` writes it
OURS = re.compile(r"c=(?P<id>[\w:-]{1,40})&l=(?P<label>.{0,260})", re.ASCII)


def parse(payload: Any) -> Event:
    """:raises MalformedEvent: with the path of what is wrong"""
    event = Node(payload)
    item = event.node("event")
    if not item:
        raise Node({}).malformed(event.name("path") or "event")
    return _READERS.get(item.text("type"), _other)(event, item)


def text_of(text: str) -> tuple[str, str]:
    """Plain and as HTML: LINE shows addresses as links and nothing else."""
    text = clean(text)
    return text, to_html(linked(text), link=LINK)


def _sender(event: Node, item: Node) -> Person:
    """Without a name, which LINE never sends. A member of a group who has not
    agreed to be known is the group."""
    return Person(item.node("source").key("userId") or event.need("thread"))


def _at(item: Node):
    return moment(item.raw("timestamp")) or Node({}).when("")


def _group(item: Node) -> str:
    source = item.node("source")
    return source.key("groupId") or source.key("roomId")


# --- messages -------------------------------------------------------------------


def _message(event: Node, item: Node) -> Event:
    message = item.need_node("message")
    content = read_content(message)
    text, html = text_of(content.text)
    return Message(
        external_id=message.need("id"),
        thread=event.need("thread"),
        sender=_sender(event, item),
        occurred_at=_at(item),
        kind=content.kind,
        text=text,
        html=html,
        media=content.media,
        location=content.location,
        reply_to=message.key("quotedMessageId"),
        notes=(*content.notes, *_standby(item)),
        group=_group(item),
    )


def _standby(item: Node) -> tuple[Note, ...]:
    """https://developers.line.biz/en/docs/partner-docs/module-technical-chat-control/"""
    return (Note(words.STANDBY),) if item.text("mode") == "standby" else ()


def _edited(event: Node, item: Node) -> Event:
    """A text was changed, which LINE offers in groups only.

    https://developers.line.biz/en/reference/messaging-api/#edit-event
    """
    message = item.need_node("message")
    text, html = text_of(message.text("text"))
    return Edit(
        external_id=event.need("id"),
        target=message.need("id"),
        thread=event.need("thread"),
        sender=_sender(event, item),
        occurred_at=_at(item),
        text=text,
        html=html,
    )


def _unsend(event: Node, item: Node) -> Event:
    return Deletion(
        external_id=event.need("id"),
        target=item.need_node("unsend").need("messageId"),
        thread=event.need("thread"),
        sender=_sender(event, item),
        occurred_at=_at(item),
    )


def _postback(event: Node, item: Node) -> Event:
    """A button of ours, of a rich menu or of another system was tapped."""
    postback = item.need_node("postback")
    data, params = postback.text("data"), postback.node("params")
    if alias := params.name("newRichMenuAliasId"):
        return Ignored(event.need("id"), f"Turned to the menu “{alias}”")
    ours = OURS.fullmatch(data)
    chosen = next(
        filter(None, (params.name(n) for n in ("datetime", "date", "time"))), ""
    )
    label = unquote(ours["label"]) if ours else chosen
    text, html = text_of(label or data or "?")
    note = Note(words.BUTTON_VALUE, {"value": clean(data)[:300]})
    return Message(
        external_id=event.need("id"),
        thread=event.need("thread"),
        sender=_sender(event, item),
        occurred_at=_at(item),
        kind=Kind.CHOICE,
        text=text,
        html=html,
        notes=((note,) if chosen and not ours else ()) + _standby(item),
        group=_group(item),
        choice=ours["id"] if ours else "",
    )


# --- the customer -----------------------------------------------------------------


def _follow(event: Node, item: Node) -> Event:
    if not item.node("follow").flag("isUnblocked"):
        return Ignored(event.need("id"), "The customer added the account as a friend")
    return _consent(event, item, True)


def _unfollow(event: Node, item: Node) -> Event:
    return _consent(event, item, False)


def _consent(event: Node, item: Node, allowed: bool) -> Event:
    return Consent(
        external_id=event.need("id"),
        thread=event.need("thread"),
        sender=_sender(event, item),
        occurred_at=_at(item),
        allowed=allowed,
        reason=Note(words.UNBLOCKED if allowed else words.BLOCKED),
    )


# --- groups, the account and the rest ---------------------------------------------


def _because(reason: str, *path: str) -> Callable[[Node, Node], Event]:
    """:param path: where the value stands that tells more"""

    def read(event: Node, item: Node) -> Event:
        node = item
        for name in path[:-1]:
            node = node.node(name)
        value = (node.name(path[-1]) or node.key(path[-1])) if path else ""
        return Ignored(event.need("id"), f"{reason} ({value})" if value else reason)

    return read


def _notice(text: str, level: str = "info") -> Callable[[Node, Node], Event]:
    def read(event: Node, item: Node) -> Event:
        return AccountNotice(event.need("id"), text, level)

    return read


def _module(event: Node, item: Node) -> Event:
    """https://developers.line.biz/en/reference/partner-docs/#attached-event"""
    kind = item.node("module").name("type")
    if kind == "detached":
        return AccountNotice(event.need("id"), words.DETACHED, "alarm")
    if kind == "attached":
        return AccountNotice(event.need("id"), words.ATTACHED)
    return Ignored(event.need("id"), f"Module “{kind}”")


def _other(event: Node, item: Node) -> Event:
    return Ignored(event.need("id"), f"“{item.name('type')}” is not a message")


_READERS: dict[str, Callable[[Node, Node], Event]] = {
    "message": _message,
    "messageEdited": _edited,
    "unsend": _unsend,
    "postback": _postback,
    "follow": _follow,
    "unfollow": _unfollow,
    "join": _because("The account joined the group"),
    "leave": _because("The account left the group"),
    "memberJoined": _because("Somebody joined the group"),
    "memberLeft": _because("Somebody left the group"),
    "videoPlayComplete": _because(
        "A video was seen to its end", "videoPlayComplete", "trackingId"
    ),
    "beacon": _because("The customer is near a beacon", "beacon", "hwid"),
    "accountLink": _because("Linking of accounts", "link", "result"),
    "membership": _because("Membership", "membership", "type"),
    "delivery": _because("A notification by telephone number arrived"),
    "module": _module,
    # of one chat: its messages say themselves that another system has it
    "activated": _because("The channel has the chat at LINE now"),
    "deactivated": _because("Another system has the chat at LINE now"),
    "botSuspended": _notice(words.SUSPENDED, "alarm"),
    "botResumed": _notice(words.RESUMED),
}
