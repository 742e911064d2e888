"""Understands one WhatsApp event.

https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..phone import variants
from ..tame import Node
from ..text import clean, to_html
from ..types import (
    Deletion,
    Edit,
    Event,
    Ignored,
    Kind,
    Message,
    NewIdentity,
    Note,
    Person,
    Reaction,
    Status,
    StatusUpdate,
)
from . import contents, faults, notices, words
from .markup import read

STATUSES = {
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "played": Status.READ,  # a voice message was listened to
    "failed": Status.FAILED,
}


def parse(payload: Any, settings: Mapping[str, str]) -> Event:
    """
    :raises MalformedEvent: with the path of what is wrong
    """
    event = Node(payload)
    reader = _READERS.get(event.text("kind"))
    if not reader:
        path = event.name("path") or "kind"
        raise Node({}, "").malformed(path)
    return _foreign(event, settings) or reader(event)


def _foreign(event: Node, settings: Mapping[str, str]) -> Ignored | None:
    """One app may serve many numbers; each of our accounts is one of them."""
    number = event.node("metadata").key("phone_number_id")
    if number and number != settings.get("phone_number_id"):
        reason = f"For another telephone number ({number})"
    elif event.text("kind") == "change" and not number and _other(event, settings):
        reason = f"For another business account ({event.key('account')})"
    else:
        return None
    return Ignored(event.need("id"), reason)


def _other(event: Node, settings: Mapping[str, str]) -> bool:
    account = event.key("account")
    return bool(account and settings.get("waba_id") not in (None, "", account))


# --- people ---------------------------------------------------------------------


def person(item: Node, contact: Node, names: tuple[str, ...]) -> Person | None:
    """The customer, by his phone where it is known, else by his
    business-scoped user id.

    https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids

    :param names: fields of the item with his ids, the phone's first
    :returns: None if he has no id at all
    """
    ids = [item.key(name) for name in names]
    ids += [contact.key(n) for n in ("wa_id", "user_id", "parent_user_id")]
    ids = list(dict.fromkeys(filter(None, ids)))
    if not ids:
        return None
    profile = contact.node("profile")
    return Person(
        id=ids[0],
        name=profile.name("name"),
        username=profile.name("username").lstrip("@"),
        phone=next((v[0] for i in ids if (v := variants(i))), ""),
        other_ids=tuple(ids[1:]),
    )


# the last is how older versions say the first
CHANGED = ("user_changed_number", "user_changed_user_id", "customer_changed_number")
SENDER = ("from", "from_user_id", "from_parent_user_id")
RECIPIENT = ("recipient_id", "recipient_user_id", "recipient_parent_user_id")
ECHOED = ("to", "to_user_id", "to_parent_user_id")


# --- messages -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Context:
    """What every kind of message has."""

    item: Node
    external_id: str
    thread: str
    sender: Person
    echo: bool

    def about(self, target: str) -> dict[str, Any]:
        """The fields of an event about another message."""
        return {
            "external_id": self.external_id,
            "target": target,
            "thread": self.thread,
            "sender": self.sender,
            "occurred_at": self.item.when("timestamp"),
        }


def _message(event: Node) -> Event:
    return _understood(event, SENDER, echo=False)


def _echo(event: Node) -> Event:
    """The business answered from its own phone app (coexistence)."""
    return _understood(event, ECHOED, echo=True)


def _understood(event: Node, names: tuple[str, ...], echo: bool) -> Event:
    item = Node(event.raw("item"), "message")
    external_id = item.need("id")
    sender = person(item, event.node("contact"), names)
    if not sender:
        raise item.malformed(names[0])
    thread = item.key("group_id") or sender.id
    context = Context(item, external_id, thread, sender, echo)
    special = _SPECIAL.get(item.text("type"), _ordinary)
    return special(context)


def _ordinary(context: Context) -> Event:
    item = context.item
    content = contents.read_content(item)
    text = clean(content.text)
    group = item.key("group_id")
    return Message(
        external_id=context.external_id,
        thread=context.thread,
        sender=context.sender,
        occurred_at=item.when("timestamp"),
        kind=content.kind,
        text=text,
        html=to_html(read(text), link=contents.LINK) if text else "",
        media=content.media,
        location=content.location,
        cards=content.cards,
        reply_to=item.node("context").key("id"),
        notes=(*contents.circumstances(item), *content.notes),
        choice=content.choice,
        echo=context.echo,
        group=group,  # WhatsApp names no group in a message
    )


def _reaction(context: Context) -> Event:
    reaction = context.item.need_node("reaction")
    emoji = reaction.name("emoji")
    return Reaction(**context.about(reaction.need("message_id")), emoji=emoji)


def _edit(context: Context) -> Event:
    edit = context.item.need_node("edit")
    text = clean(_new_text(edit))
    html = to_html(read(text), link=contents.LINK)
    target = edit.need("original_message_id")
    return Edit(**context.about(target), text=text, html=html)


def _new_text(edit: Node) -> str:
    """The new text or caption; a caption may have become empty."""
    message = edit.node("message") or edit
    if "text" in message.value:
        return message.node("text").text("body")
    for name in contents.FILES:
        if file := message.node(name):
            return file.text("caption")
    raise edit.malformed("message")


def _revoke(context: Context) -> Event:
    revoke = context.item.need_node("revoke")
    return Deletion(**context.about(revoke.need("original_message_id")))


def _system(context: Context) -> Event:
    system = context.item.node("system")
    new = system.key("wa_id") or system.key("new_wa_id")
    new_user = system.key("user_id")
    if system.text("type") not in CHANGED or not (new or new_user):
        return _ordinary(context)
    sender = context.sender
    ids = list(dict.fromkeys(filter(None, [new, new_user])))
    phones = variants(new) if new else ()
    return NewIdentity(
        external_id=context.external_id,
        thread=context.thread,
        old_id=sender.id,
        person=Person(
            id=ids[0],
            name=sender.name,
            username=sender.username,
            phone=phones[0] if phones else "",
            other_ids=tuple(ids[1:]),
        ),
        occurred_at=context.item.when("timestamp"),
    )


def _opened(context: Context) -> Event:
    return Ignored(context.external_id, "The customer opened the chat")


_SPECIAL: dict[str, Callable[[Context], Event]] = {
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
    "system": _system,
    "request_welcome": _opened,
}


# --- statuses -------------------------------------------------------------------


def _status(event: Node) -> Event:
    """A tick; of a group message each member has his own."""
    item = Node(event.raw("item"), "status")
    message_id = item.need("id")
    status = STATUSES.get(item.text("status"))
    if not status:
        return Ignored(event.need("id"), f"Status “{item.name('status')}”")
    error = next(iter(item.nodes("errors")), None)
    failed = status is Status.FAILED
    known = faults.fault(error.whole("code") if error else None)
    return StatusUpdate(
        external_id=message_id,
        status=status,
        occurred_at=item.when("timestamp"),
        correlation=item.text("biz_opaque_callback_data")[:512],
        code=error.key("code") if error else "",
        text=known.text if failed else "",
        window_closed=failed and known.then is faults.Then.WINDOW,
        recipient=_recipient(event, item),
        details=faults.details(error) if error else "",
        alarm=failed and known.then is faults.Then.ALARM,
    )


def _recipient(event: Node, item: Node) -> Person | None:
    if item.text("recipient_type") == "group":
        return None
    return person(item, event.node("contact"), RECIPIENT)


# --- calls ----------------------------------------------------------------------


def _call(event: Node) -> Event:
    """Nobody can take it here; when it has ended the ticket says that it was.

    https://developers.facebook.com/docs/whatsapp/cloud-api/calling/user-initiated-calls
    """
    item = Node(event.raw("item"), "call")
    external_id, moment = event.need("id"), item.text("event")
    if moment != "terminate" or item.text("direction") == "BUSINESS_INITIATED":
        return Ignored(external_id, f"Call: “{item.name('event')}”")
    sender = person(item, event.node("contact"), SENDER)
    if not sender:
        raise item.malformed("from")
    seconds = item.size("duration") or 0
    call = Note(words.CALL, {"seconds": str(seconds)})
    return Message(
        external_id=external_id,
        thread=sender.id,
        sender=sender,
        occurred_at=item.when("timestamp"),
        kind=Kind.SYSTEM,
        notes=(call if seconds else Note(words.MISSED_CALL),),
    )


_READERS: dict[str, Callable[[Node], Event]] = {
    "message": _message,
    "echo": _echo,
    "status": _status,
    "call": _call,
    "error": notices.protocol_error,
    "change": notices.change,
}
