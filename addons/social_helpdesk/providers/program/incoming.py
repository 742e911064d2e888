"""Understands one event of a program."""

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from ..mailbox import address
from ..phone import e164
from ..tame import Node
from ..types import (
    EMAIL,
    PHONE,
    About,
    Card,
    Consent,
    Deletion,
    Edit,
    Event,
    Ignored,
    Kind,
    Location,
    Media,
    Message,
    Note,
    Person,
    Reaction,
    Status,
    StatusUpdate,
    Watermark,
)
from . import words
from .envelope import moment

FILES = {
    kind.value: kind
    for kind in (
        Kind.IMAGE,
        Kind.AUDIO,
        Kind.VOICE,
        Kind.VIDEO,
        Kind.DOCUMENT,
        Kind.STICKER,
    )
}
STATES = {
    state.value: state
    for state in (Status.SENT, Status.DELIVERED, Status.READ, Status.FAILED)
}
INLINE = "data:;base64,"


def parse(payload: dict[str, Any]) -> Event:
    """:raises MalformedEvent: a field without which it means nothing"""
    wrapper = Node(payload)
    event = Node(wrapper.raw("event"), wrapper.text("path"))
    kind = event.key("type") or "message"
    identity = event.key("id") or wrapper.need("id")
    reader = READERS.get(kind)
    if reader is None:
        return Ignored(identity, f"Unknown event: {kind}")
    return reader(event, identity)


def _at(event: Node) -> datetime:
    return moment(event.raw("at")) or datetime.now(timezone.utc)


def _person(event: Node) -> Person:
    sender = event.need_node("sender")
    return Person(
        id=sender.need("id"),
        name=sender.name("name"),
        username=sender.name("username"),
        phone=e164(sender.text("phone")),
        language=sender.name("language"),
        email=address(sender.text("email")),
        proven=tuple(p for p in (PHONE, EMAIL) if p in _texts(sender.raw("verified"))),
    )


def _message(event: Node, identity: str) -> Message:
    files = tuple(_media(file) for file in event.nodes("files"))
    cards = tuple(_card(card) for card in event.nodes("contacts"))
    location = _location(event.node("location"))
    about = event.node("about")
    choice = event.key("choice")
    kind, notes = _kind(event, files, location, cards, choice)
    return Message(
        external_id=event.need("id"),
        thread=event.need("conversation"),
        sender=_person(event),
        occurred_at=_at(event),
        kind=kind,
        text=event.text("text"),
        media=files,
        location=location,
        cards=cards,
        reply_to=event.key("reply_to"),
        notes=notes,
        echo=event.flag("echo"),
        group=event.name("group"),
        public=event.flag("public"),
        about=_about(about) if about else None,
        url=_url(event, "url"),
        choice=choice,
    )


def _kind(event, files, location, cards, choice) -> tuple[Kind, tuple[Note, ...]]:
    if choice:
        return Kind.CHOICE, ()
    if files:
        return files[0].kind, ()
    if location:
        return Kind.LOCATION, ()
    if cards:
        return Kind.CONTACT, ()
    if event.text("text"):
        return Kind.TEXT, ()
    named = event.name("kind") or "message"
    return Kind.UNSUPPORTED, (Note(words.UNSUPPORTED, {"type": named}),)


def _media(file: Node) -> Media:
    content, url = file.raw("content"), _url(file, "url")
    ref = INLINE + content if isinstance(content, str) and content else url
    mime = file.name("mime").lower()
    family = FILES.get(mime.partition("/")[0], Kind.DOCUMENT)
    return Media(
        kind=FILES.get(file.key("kind"), family),
        ref=ref,
        mime=mime,
        name=file.file_name("name"),
        size=file.size("size"),
        error="" if ref else words.NO_FILE,
    )


def _url(node: Node, name: str) -> str:
    url = node.text(name).strip()
    return url if url.startswith(("https://", "http://")) else ""


def _location(node: Node) -> Location | None:
    if not node:
        return None
    return Location(
        node.within("latitude", 90),
        node.within("longitude", 180),
        node.name("name"),
        node.name("address"),
        _url(node, "url"),
    )


def _card(node: Node) -> Card:
    return Card(
        node.name("name"),
        _texts(node.raw("phones")),
        _texts(node.raw("emails")),
        node.name("organisation"),
    )


def _texts(value: Any) -> tuple[str, ...]:
    found = value if isinstance(value, list) else []
    names = (Node({"text": text}).name("text") for text in found[:20])
    return tuple(filter(None, names))


def _about(node: Node) -> About:
    return About(
        node.need("id"), node.text("text"), _url(node, "url"), node.name("author")
    )


def _status(event: Node, identity: str) -> Event:
    status = STATES.get(event.key("status"))
    if status is None:
        raise event.malformed("status")
    error = event.node("error")
    failed = status is Status.FAILED
    return StatusUpdate(
        external_id=event.need("message"),
        status=status,
        occurred_at=_at(event),
        correlation=event.key("message"),
        code=error.key("code"),
        text=words.FAILED if failed else "",
        details=error.text("text")[:500] if failed else "",
    )


def _read(event: Node, identity: str) -> Watermark:
    status = STATES.get(event.key("status") or "read")
    if status not in (Status.DELIVERED, Status.READ):
        raise event.malformed("status")
    until = moment(event.raw("until"))
    if until is None:
        raise event.malformed("until")
    return Watermark(identity, event.need("conversation"), status, until, _at(event))


def _reaction(event: Node, identity: str) -> Reaction:
    return Reaction(
        identity,
        event.need("message"),
        event.need("conversation"),
        _person(event),
        _at(event),
        event.name("emoji"),
    )


def _edit(event: Node, identity: str) -> Edit:
    return Edit(
        identity,
        event.need("message"),
        event.need("conversation"),
        _person(event),
        _at(event),
        event.text("text"),
        "",
    )


def _deletion(event: Node, identity: str) -> Deletion:
    return Deletion(
        identity,
        event.need("message"),
        event.need("conversation"),
        _person(event),
        _at(event),
    )


def _consent(event: Node, identity: str) -> Consent:
    allowed = event.raw("allowed")
    if type(allowed) is not bool:
        raise event.malformed("allowed")
    reason = {"reason": event.name("reason") or "-"}
    return Consent(
        identity,
        event.need("conversation"),
        _person(event),
        _at(event),
        allowed,
        Note(words.WANTED if allowed else words.STOPPED, reason),
    )


def _typing(event: Node, identity: str) -> Ignored:
    return Ignored(identity, "Somebody writes")


READERS: dict[str, Callable[[Node, str], Event]] = {
    "message": _message,
    "status": _status,
    "read": _read,
    "reaction": _reaction,
    "edit": _edit,
    "deletion": _deletion,
    "consent": _consent,
    "typing": _typing,
}
