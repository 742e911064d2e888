"""The customer says something: ``POST /sandbox/say``."""

import base64
import binascii
import time
from typing import Any

from .accounts import Account
from .media import guess_mime, sample
from .messages import Conversation, Media, Message
from .people import Customer
from .tame import number, obj, objs, text
from .telegram import channel as telegram_channel
from .whatsapp import channel as whatsapp_channel
from .world import World

CHANNELS = {"whatsapp": whatsapp_channel, "telegram": telegram_channel}

#: kind -> the sample it takes when no file is given
_FILES = {
    "image": "photo",
    "voice": "voice",
    "audio": "audio",
    "video": "video",
    "document": "document",
    "sticker": "sticker",
}
#: kinds that change another message and are no bubble of their own
_CHANGES = ("reaction", "edit", "delete")

Upload = tuple[bytes, str, str]


def say(world: World, order: dict[str, Any], upload: Upload | None = None) -> dict:
    """Let a customer act, and tell the business.

    :param order: see README.md, "say"
    :param upload: an uploaded file as (content, MIME type, name)
    :return: ``{"message_id", "conversation", "webhook"}``; webhook is one of
        "sent", "held", "none" (with ``note``)
    :raises ValueError: the order makes no sense
    :raises LookupError: unknown account, customer or message
    """
    with world.lock:
        channel = CHANNELS.get(text(order.get("channel")))
        if channel is None:
            raise ValueError("Say on which “channel”: whatsapp or telegram.")
        account = world.account(str(order["channel"]), text(order.get("account")))
        customer = world.customer(text(order.get("customer")))
        conversation = world.conversation(account, customer)
        message = _compose(world, account, customer, conversation, order, upload)
        message.id = channel.message_id(customer, conversation)
        _apply(world, conversation, message)
        event = channel.event(world, account, customer, conversation, message, order)
        return {
            "message_id": message.id,
            "conversation": f"{account.provider}/{account.id}/{customer.id}",
            **_deliver(world, account, channel, event, order),
        }


def _compose(
    world: World,
    account: Account,
    customer: Customer,
    conversation: Conversation,
    order: dict,
    upload: Upload | None,
) -> Message:
    kind = text(order.get("kind")) or "text"
    message = Message(
        id="",
        direction="in",
        kind=kind,
        time=number(order, "timestamp", time.time(), 0, 2**40),
        text=text(order.get("text")),
        reply_to=text(order.get("reply_to")),
        status="sent",
    )
    if kind in _FILES:
        message.media = _file(world, account, kind, order, upload)
    elif kind == "location":
        message.extra["location"] = _location(order)
    elif kind == "contact":
        message.extra["contacts"] = objs(order.get("contacts")) or [_card(order)]
    elif kind in _CHANGES:
        message.reply_to = _target(conversation, order)
    elif kind in ("button", "list"):
        _press(conversation, message, order)
    elif kind == "text" and not message.text:
        raise ValueError("A text message needs “text”.")
    elif kind == "system":
        message.extra |= {"name": customer.name, "old": customer.wa_id}
    elif "content" in order:
        message.extra["content"] = obj(order["content"])
    return message


def _file(
    world: World, account: Account, kind: str, order: dict, upload: Upload | None
) -> Media:
    content, mime, name = upload or _described(kind, order.get("media"))
    return world.media.add(account.key, content, mime, name)


def _described(kind: str, media: Any) -> Upload:
    """A sample's name, or ``{"base64", "name", "mime"}``."""
    if media is None or isinstance(media, str):
        return sample(media or _FILES[kind])
    if not isinstance(media, dict):
        raise ValueError("“media” is a sample's name or an object with “base64”.")
    if "sample" in media:
        content, mime, name = sample(text(media["sample"]))
    else:
        try:
            content = base64.b64decode(text(media.get("base64")), validate=True)
        except (binascii.Error, ValueError):
            raise ValueError("“media.base64” is not base64.") from None
        name = text(media.get("name")) or "file"
        mime = guess_mime(name)
    return content, text(media.get("mime")) or mime, text(media.get("name")) or name


def _location(order: dict) -> dict:
    try:
        latitude = float(order.get("latitude", -25.4296))
        longitude = float(order.get("longitude", -49.2713))
    except (TypeError, ValueError):
        raise ValueError("“latitude” and “longitude” are numbers.") from None
    return {
        "latitude": latitude,
        "longitude": longitude,
        "name": text(order.get("name")),
        "address": text(order.get("address")),
        "url": text(order.get("url")),
    }


def _card(order: dict) -> dict:
    name = text(order.get("name")) or "Contabilidade Sã Lima"
    first, _, last = name.partition(" ")
    phone = text(order.get("phone")) or "+55 41 3333-2020"
    return {
        "name": {"first_name": first, "last_name": last, "formatted_name": name},
        "org": {"company": str(order.get("company") or name)},
        "phones": [
            {
                "phone": phone,
                "wa_id": "".join(c for c in phone if c.isdigit()),
                "type": "WORK",
            }
        ],
    }


def _target(conversation: Conversation, order: dict) -> str:
    """Which message is meant; an unknown one only when asked for on purpose."""
    target = text(order.get("target")) or text(order.get("reply_to"))
    if not target:
        raise ValueError("Say with “target” which message is meant.")
    if conversation.find(target) is None and not order.get("unknown_target"):
        raise LookupError(
            f"The conversation has no message “{target}”. To name one that the "
            "business does not know, add “unknown_target”: true."
        )
    return target


def _press(conversation: Conversation, message: Message, order: dict) -> None:
    """Press a button of a message: ``target`` and the button's id or title."""
    message.reply_to = _target(conversation, order)
    target = conversation.find(message.reply_to)
    wanted = text(order.get("button")) or message.text
    offered = []
    if target:
        offered = target.extra.get("buttons") or target.extra.get("rows") or []
        order["from_template"] = target.kind == "template"
    button = next((b for b in offered if wanted in (b.get("id"), b.get("title"))), None)
    if button is None and not order.get("unknown_target"):
        raise LookupError(f"The message has no button “{wanted}”.")
    button = button or {"id": wanted, "title": wanted}
    message.text = button["title"]
    order["button_id"] = button["id"]
    order.setdefault("description", button.get("description", ""))


def _apply(world: World, conversation: Conversation, message: Message) -> None:
    """Show it on the phone: a new bubble, or a change of an old one."""
    if message.kind not in _CHANGES:
        conversation.messages.append(message)
        world.show(conversation, message)
        return
    target = conversation.find(message.reply_to)
    if target is None:
        return
    if message.kind == "edit":
        target.text, target.edited = message.text, True
    elif message.kind == "delete":
        target.deleted = True
    elif message.text:
        target.reactions["customer"] = message.text
    else:
        target.reactions.pop("customer", None)
    world.show(conversation, target)


def _deliver(
    world: World, account: Account, channel: Any, event: Any, order: dict
) -> dict:
    if event is None:
        return {"webhook": "none", "note": "The provider does not tell this to a bot."}
    if order.get("deliver") == "hold":
        account.held.append(event)
        return {"webhook": "held", "held": len(account.held)}
    deliveries = channel.dispatch(world, account, [event])
    if deliveries:
        return {"webhook": "sent", "deliveries": [d.id for d in deliveries]}
    note = "No webhook is registered for this account yet: connect it in Odoo."
    return {"webhook": "none", "note": note}
