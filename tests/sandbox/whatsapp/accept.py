"""A message of the business on its way to the phone."""

import re
import time
from typing import Any

from ..accounts import WhatsAppAccount
from ..messages import Conversation, Message
from ..people import Customer
from ..tame import obj, text
from ..world import World
from . import statuses
from .content import fill
from .errors import GraphError
from .ids import new_id

#: A business-scoped user id: the country and a number.
USER_ID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}")


def accept(world: World, account: WhatsAppAccount, body: dict[str, Any]) -> dict:
    """Take one ``POST /messages`` and return Graph's answer to it.

    :raises GraphError: what Graph would refuse at once
    """
    if body.get("status") == "read":
        return _mark_read(world, account, body)
    number = _recipient(account, body)
    customer = _whose(world, number)
    kind = text(body.get("type")) or "text"
    message = Message(
        id="",
        direction="out",
        kind=kind,
        time=time.time(),
        reply_to=text(obj(body.get("context")).get("message_id")),
        uuid=text(body.get("biz_opaque_callback_data")),
        raw=body,
    )
    failure = fill(world, account, message, body)
    if customer is None:
        # accepted like any other; that nobody is there comes by webhook
        customer = Customer(
            id=f"nobody-{number}",
            name=f"+{number}",
            phone=f"+{number}",
            wa_id=number,
            telegram_id=0,
            on_whatsapp=False,
            from_flood=True,
        )
        world.customers[customer.id] = customer
    message.id = new_id(customer.wa_id, "out")
    _place(world, account, customer, message, failure)
    return {
        "messaging_product": "whatsapp",
        "contacts": [_contact(body, customer)],
        "messages": [{"id": message.id}],
    }


def _contact(body: dict, customer: Customer) -> dict:
    if "to" in body:
        return {"input": str(body["to"]), "wa_id": customer.wa_id}
    return {"input": str(body["recipient"]), "user_id": customer.user_id}


def _recipient(account: WhatsAppAccount, body: dict) -> str:
    if body.get("messaging_product") != "whatsapp":
        raise GraphError(
            100, message="(#100) The parameter messaging_product is required."
        )
    if "to" not in body and USER_ID.fullmatch(text(body.get("recipient"))):
        return text(body["recipient"])
    number = "".join(c for c in text(body.get("to")) if c in "0123456789")
    if not number:
        raise GraphError(100, message="(#100) The parameter to is required.")
    if not 7 <= len(number) <= 15:
        raise GraphError(131009, f"{body['to']} is not a valid phone number")
    if number == account.number:
        raise GraphError(131021, "Recipient cannot be the sender")
    return number


def _whose(world: World, number: str) -> Customer | None:
    """:raises GraphError: nobody has this user id"""
    for customer in world.customers.values():
        if number == customer.user_id or world.reaches(number, customer):
            return customer
    if USER_ID.fullmatch(number):
        raise GraphError(131009, f"{number} is not a user id of this business")
    return None


def _place(
    world: World,
    account: WhatsAppAccount,
    customer: Customer,
    message: Message,
    failure: int,
) -> None:
    """Put an accepted message into the conversation and start its ticks."""
    conversation = world.conversation(account, customer)
    if not customer.on_whatsapp:
        failure = 131026
    elif message.kind != "template" and not world.window_open(conversation):
        failure = failure or 131047
    world.sent_by_business(conversation, message)
    if message.kind == "reaction":
        _react(world, conversation, message, failure)
    else:
        conversation.messages.append(message)
        world.show(conversation, message)
    statuses.follow(world, account, conversation, message, failure)


def _react(
    world: World, conversation: Conversation, message: Message, failure: int
) -> None:
    target = conversation.find(message.reply_to)
    if target is None or failure:
        return
    if message.text:
        target.reactions["business"] = message.text
    else:
        target.reactions.pop("business", None)
    world.show(conversation, target)


def _mark_read(world: World, account: WhatsAppAccount, body: dict) -> dict:
    """The business has seen a message, and everything before it.

    https://developers.facebook.com/docs/whatsapp/cloud-api/guides/mark-message-as-read
    """
    message_id = text(body.get("message_id"))
    for conversation in world.conversations.values():
        if conversation.account_key != account.key:
            continue
        if target := conversation.find(message_id):
            _show_read(world, conversation, target)
            if body.get("typing_indicator"):
                world.live.tell(
                    "typing",
                    channel="whatsapp",
                    account=account.id,
                    customer=conversation.customer_id,
                )
            return {"success": True}
    raise GraphError(
        131009, f"Message ID {message_id or '(none)'} is not one of a received message"
    )


def _show_read(world: World, conversation: Conversation, target: Message) -> None:
    for message in conversation.messages:
        if message.direction == "in" and message.rise("read"):
            world.show(conversation, message)
        if message is target:
            return
