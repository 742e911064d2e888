"""What the customer does, as WhatsApp tells it.

https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples
Each builder returns the part of the message object that belongs to its kind.
"""

import base64
from collections.abc import Callable
from typing import Any

from ..accounts import WhatsAppAccount
from ..messages import Conversation, Media, Message
from ..people import Customer
from ..tame import obj, text
from ..world import World
from .envelope import Event
from .ids import new_id
from .rare import FIELD_EVENTS, RARE

Order = dict[str, Any]


def message_id(customer: Customer, _conversation: Conversation) -> str:
    return new_id(customer.wa_id, "in")


def event(
    _world: World,
    account: WhatsAppAccount,
    customer: Customer,
    conversation: Conversation,
    message: Message,
    order: Order,
) -> Event:
    """The event for a new message, a reaction, an edit or a deletion.

    :param order: the body of ``POST /sandbox/say``
    """
    if message.kind in FIELD_EVENTS:
        return FIELD_EVENTS[message.kind](customer, message)
    body = {
        "from": customer.wa_id,
        "id": message.id,
        "timestamp": str(int(message.time)),
        **_content(message, order),
    }
    if context := _context(account, customer, conversation, message, order):
        body["context"] = context
    contact = {"profile": {"name": customer.name}, "wa_id": customer.wa_id}
    contact = _identity(customer, order, body, contact)
    body |= obj(order.get("raw"))
    body = {k: v for k, v in body.items() if v is not None}
    contact |= obj(order.get("raw_contact"))
    contact = {k: v for k, v in contact.items() if v is not None}
    silent = message.kind == "system"
    return Event(message=body, contact=None if silent else contact)


def _identity(customer: Customer, order: Order, body: dict, contact: dict) -> dict:
    """With a user id beside the phone number, or ("user_id") instead of it.

    https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
    """
    shown = order.get("identity")
    if shown not in ("both", "user_id"):
        return contact
    body["from_user_id"] = customer.user_id
    contact = contact | {"user_id": customer.user_id}
    if customer.username:
        contact["profile"] = contact["profile"] | {"username": customer.username}
    if shown == "user_id":
        del body["from"]
        contact = {k: v for k, v in contact.items() if k != "wa_id"}
    return contact


def _content(message: Message, order: Order) -> dict:
    builder = _BUILDERS.get(message.kind)
    if builder is None:
        # a kind of tomorrow: {"type": "foobar", "foobar": {...}}
        return {"type": message.kind, message.kind: obj(order.get("content"))}
    return builder(message, order)


def _context(
    account: WhatsAppAccount,
    customer: Customer,
    conversation: Conversation,
    message: Message,
    order: Order,
) -> dict:
    """The quoted message, and whether it was forwarded."""
    context: dict[str, Any] = {}
    quoted = message.reply_to
    if quoted and message.kind not in ("reaction", "edit", "delete"):
        target = conversation.find(quoted)
        outgoing = target is None or target.direction == "out"
        context = {
            "from": account.number if outgoing else customer.wa_id,
            "id": quoted,
        }
    if order.get("forwarded"):
        often = order["forwarded"] == "often"
        context["frequently_forwarded" if often else "forwarded"] = True
    if product := obj(order.get("referred_product")):
        context["referred_product"] = product
    return context


def _text(message: Message, order: Order) -> dict:
    body: dict[str, Any] = {"type": "text", "text": {"body": message.text}}
    if referral := obj(order.get("referral")):
        body["referral"] = referral
    return body


def _file(kind: str) -> Callable[[Message, Order], dict]:
    def build(message: Message, order: Order) -> dict:
        content = media_object(message.media)
        if message.text and kind in ("image", "video", "document"):
            content["caption"] = message.text
        if kind == "document":
            content["filename"] = message.media.name
        if kind == "audio":
            content["voice"] = message.kind == "voice"
        if kind == "sticker":
            content["animated"] = bool(order.get("animated"))
        return {"type": kind, kind: content}

    return build


def media_object(media: Media) -> dict:
    """WhatsApp gives the hash in base64 here and in hexadecimal by media id."""
    digest = base64.b64encode(bytes.fromhex(media.sha256)).decode()
    return {"mime_type": media.mime, "sha256": digest, "id": media.id}


def _location(message: Message, _order: Order) -> dict:
    location = {k: v for k, v in message.extra["location"].items() if v != ""}
    return {"type": "location", "location": location}


def _contacts(message: Message, _order: Order) -> dict:
    return {"type": "contacts", "contacts": message.extra["contacts"]}


def _reaction(message: Message, _order: Order) -> dict:
    """Without ``emoji`` the reaction is taken back."""
    reaction = {"message_id": message.reply_to}
    if message.text:
        reaction["emoji"] = message.text
    return {"type": "reaction", "reaction": reaction}


def _edit(message: Message, _order: Order) -> dict:
    new = {"type": "text", "text": {"body": message.text}}
    edit = {"original_message_id": message.reply_to, "message": new}
    return {"type": "edit", "edit": edit}


def _delete(message: Message, _order: Order) -> dict:
    revoke = {"original_message_id": message.reply_to}
    return {"type": "revoke", "revoke": revoke}


def _button(message: Message, order: Order) -> dict:
    """A reply button, or the quick reply of a template (which is told apart)."""
    if order.get("from_template"):
        button = {"payload": order["button_id"], "text": message.text}
        return {"type": "button", "button": button}
    reply = {"id": order["button_id"], "title": message.text}
    interactive = {"type": "button_reply", "button_reply": reply}
    return {"type": "interactive", "interactive": interactive}


def _list(message: Message, order: Order) -> dict:
    reply = {"id": order["button_id"], "title": message.text}
    if order.get("description"):
        reply["description"] = text(order["description"])
    interactive = {"type": "list_reply", "list_reply": reply}
    return {"type": "interactive", "interactive": interactive}


_BUILDERS: dict[str, Callable[[Message, Order], dict]] = {
    "text": _text,
    "image": _file("image"),
    "video": _file("video"),
    "document": _file("document"),
    "sticker": _file("sticker"),
    "audio": _file("audio"),
    "voice": _file("audio"),
    "location": _location,
    "contact": _contacts,
    "reaction": _reaction,
    "edit": _edit,
    "delete": _delete,
    "button": _button,
    "list": _list,
    **RARE,
}
