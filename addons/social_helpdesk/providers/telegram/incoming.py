"""Understands one Telegram update.

https://core.telegram.org/bots/api#update
"""

from collections.abc import Callable
from typing import Any

from ..choices import choice_of
from ..phone import e164
from ..tame import Node
from ..text import clean, one_line, to_html
from ..types import (
    AccountNotice,
    Consent,
    Deletion,
    Edit,
    Event,
    Ignored,
    Kind,
    Message,
    Moved,
    Note,
    Person,
    Reaction,
)
from . import words
from .contents import SERVICE, circumstances, full_name, read_content
from .markup import read

LINK = ' target="_blank" rel="noopener noreferrer"'


def parse(payload: Any) -> Event:
    """:raises MalformedEvent: with the path of what is wrong"""
    event = Node(payload)
    kind = event.text("kind")
    reader = _READERS.get(kind)
    external_id = event.need("id")
    if not reader:
        return Ignored(external_id, f"“{one_line(kind)}” is not a message")
    item = Node(event.node("update").raw(kind), kind)
    if not item:
        raise Node({}, "update").malformed(kind)
    return reader(event, item)


# --- ids ------------------------------------------------------------------------


def message_id(item: Node) -> str:
    """Message numbers are unique in their chat only."""
    return f"{item.need_node('chat').need('id')}:{item.need('message_id')}"


def person(user: Node) -> Person:
    """A user, or a channel or group that speaks as itself."""
    return Person(
        id=user.need("id"),
        name=full_name(user),
        username=user.name("username"),
        language=user.name("language_code"),
    )


def _sender(item: Node) -> Person:
    """Who wrote it. An anonymous administrator writes as his group, a channel
    as itself; in a business chat the customer is the chat, whoever writes."""
    chat = item.need_node("chat")
    if item.key("business_connection_id"):
        return person(chat)
    sender = item.node("sender_chat") or item.node("from") or chat
    return _with_phone(item, person(sender))


def _with_phone(item: Node, sender: Person) -> Person:
    """His own contact card is the one way a customer tells a bot his number."""
    contact = item.node("contact")
    if not contact or contact.key("user_id") != sender.id:
        return sender
    number = contact.name("phone_number")
    phone = e164(number if number.startswith("+") else f"+{number}")
    return Person(sender.id, sender.name, sender.username, phone, (), sender.language)


def _group(item: Node) -> str:
    chat = item.node("chat")
    if chat.text("type") in ("group", "supergroup", "channel"):
        return chat.name("title") or chat.key("id")
    return ""


def _thread(event: Node, item: Node) -> str:
    thread = event.key("thread")
    if not thread:
        raise item.malformed("chat")
    return thread


# --- messages -------------------------------------------------------------------


def _message(event: Node, item: Node) -> Event:
    external_id = message_id(item)
    if moved := item.key("migrate_to_chat_id"):
        return Moved(external_id, item.node("chat").need("id"), moved)
    service = next((name for name in item.value if name in SERVICE), None)
    if service:
        return Ignored(external_id, f"Service message “{service}”")
    if item.text("text").split(" ")[0] == "/start":
        return Ignored(external_id, "The customer opened the chat with the bot")
    if item.node("sender_business_bot"):
        return Ignored(external_id, "Sent by a bot of the business")
    content = read_content(item)
    text, html = _text(item, content.text)
    return Message(
        external_id=external_id,
        thread=_thread(event, item),
        sender=_sender(item),
        occurred_at=item.when("date"),
        kind=content.kind,
        text="" if content.kind is Kind.SYSTEM else text,
        html="" if content.kind is Kind.SYSTEM else html,
        sequence=item.size("message_id") or 0,
        media=content.media,
        location=content.location,
        cards=content.cards,
        reply_to=_reply_to(item),
        notes=(*circumstances(item), *content.notes),
        echo=_is_echo(item),
        group=_group(item),
    )


def _is_echo(item: Node) -> bool:
    """The owner of a business account answered by himself."""
    sender, chat = item.node("from").key("id"), item.node("chat").key("id")
    return bool(item.key("business_connection_id") and sender and sender != chat)


def _text(item: Node, own: str = "") -> tuple[str, str]:
    name = "text" if isinstance(item.raw("text"), str) else "caption"
    raw = item.raw(name)
    raw = raw if isinstance(raw, str) else own
    entities = "entities" if name == "text" else "caption_entities"
    found = [node.value for node in item.nodes(entities)]
    return clean(raw), clean(to_html(read(raw, found), link=LINK))


def _reply_to(item: Node) -> str:
    reply = item.node("reply_to_message")
    # every message in a forum's topic "replies" to the one that opened it
    if not reply.key("message_id") or reply.node("forum_topic_created"):
        return ""
    chat = reply.node("chat").key("id") or item.node("chat").key("id")
    return f"{chat}:{reply.key('message_id')}"


def _edit(event: Node, item: Node) -> Event:
    external_id, target = event.need("id"), message_id(item)
    if not isinstance(item.raw("text"), str) and not isinstance(
        item.raw("caption"), str
    ):
        return Ignored(external_id, "Edit without a text")
    text, html = _text(item)
    moment = "edit_date" if item.raw("edit_date") else "date"
    return Edit(
        external_id=external_id,
        target=target,
        thread=_thread(event, item),
        sender=_sender(item),
        occurred_at=item.when(moment),
        text=text,
        html=html,
    )


def _deleted(event: Node, item: Node) -> Event:
    ids = item.raw("message_ids")
    number = Node({"id": next(iter(ids), None) if isinstance(ids, list) else None})
    chat = item.need_node("chat")
    return Deletion(
        external_id=event.need("id"),
        target=f"{chat.need('id')}:{Node(number.value, item.path).need('id')}",
        thread=_thread(event, item),
        sender=person(chat),
        occurred_at=item.when("date"),
    )


# --- buttons and reactions --------------------------------------------------------


def _callback(event: Node, item: Node) -> Event:
    """A button below one of our messages was pressed."""
    message, data = item.node("message"), item.text("data")
    label = clean(_label(message, data) or data or item.text("game_short_name"))
    tapped = choice_of(data)
    value = (Note(words.BUTTON_VALUE, {"value": data[:200]}),)
    chat = message.node("chat").key("id")
    number = message.key("message_id")
    return Message(
        external_id=f"cb:{item.need('id')}",
        thread=_thread(event, item),
        sender=person(item.need_node("from")),
        occurred_at=Node({}).when("date"),  # Telegram does not say when
        kind=Kind.CHOICE,
        text=label,
        html=to_html(read(label, [])),
        reply_to=f"{chat}:{number}" if chat and number else "",
        notes=() if tapped or label == data else value,
        group=_group(message),
        choice=tapped,
    )


def _label(message: Node, data: str) -> str:
    rows = message.node("reply_markup").raw("inline_keyboard")
    for row in rows if isinstance(rows, list) else []:
        for button in Node({"row": row}).nodes("row"):
            if button.text("callback_data") == data:
                return button.text("text")
    return ""


def _reaction(event: Node, item: Node) -> Event:
    emoji = ""
    for reaction in item.nodes("new_reaction"):
        # a paid one is a star; a custom emoji is a picture without a character
        emoji = reaction.name("emoji") or "⭐"
    return Reaction(
        external_id=event.need("id"),
        target=message_id(item),
        thread=_thread(event, item),
        sender=person(item.node("user") or item.need_node("actor_chat")),
        occurred_at=item.when("date"),
        emoji=emoji,
    )


# --- the chat and the account -----------------------------------------------------


def _membership(event: Node, item: Node) -> Event:
    """https://core.telegram.org/bots/api#chatmemberupdated: in a private chat only
    blocking and unblocking is told."""
    status = item.node("new_chat_member").name("status")
    blocked = status in ("kicked", "left")
    if item.node("chat").text("type") != "private" or not status:
        reason = "removed the bot" if blocked else f"status “{status}”"
        return Ignored(event.need("id"), f"The group: {reason}")
    return Consent(
        external_id=event.need("id"),
        thread=_thread(event, item),
        sender=person(item.need_node("from")),
        occurred_at=item.when("date"),
        allowed=not blocked,
        reason=Note(words.BLOCKED_BOT if blocked else words.UNBLOCKED_BOT),
    )


def _business(event: Node, item: Node) -> Event:
    on = item.flag("is_enabled")
    return AccountNotice(
        external_id=event.need("id"),
        text=words.BUSINESS_ON if on else words.BUSINESS_OFF,
        level="info" if on else "alarm",
        values={"name": full_name(item.node("user"))},
    )


_READERS: dict[str, Callable[[Node, Node], Event]] = {
    "message": _message,
    "channel_post": _message,
    "business_message": _message,
    "edited_message": _edit,
    "edited_channel_post": _edit,
    "edited_business_message": _edit,
    "deleted_business_messages": _deleted,
    "callback_query": _callback,
    "message_reaction": _reaction,
    "my_chat_member": _membership,
    "business_connection": _business,
}
