"""Telegram's side of ``say``: updates out to the bot.

https://core.telegram.org/bots/api#update
"""

import json
import re
import time
from collections.abc import Callable
from typing import Any

from ..accounts import TelegramAccount
from ..messages import Conversation, Message
from ..people import Customer
from ..tame import obj, text
from ..webhooks import Attempt, Delivery, ok
from ..world import World
from . import objects

Update = dict[str, Any]

#: What a bot gets when it names nothing, https://core.telegram.org/bots/api#setwebhook
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}

_COMMAND = re.compile(r"/\w+")


def message_id(_customer: Customer, conversation: Conversation) -> str:
    return conversation.take_id()


def event(
    world: World,
    account: TelegramAccount,
    customer: Customer,
    conversation: Conversation,
    message: Message,
    order: dict[str, Any],
) -> Update | None:
    """The update for what the customer did; None when bots are not told."""
    if message.kind == "delete":
        return None
    builder = _BUILDERS.get(message.kind, _message)
    body = builder(world, account, customer, conversation, message, order)
    name = next(iter(body))
    body[name] |= obj(order.get("raw"))
    body[name] = {k: v for k, v in body[name].items() if v is not None}
    if not wanted(account, name):
        return None
    update = {"update_id": account.next_update, **body}
    account.next_update += 1
    return update


def wanted(account: TelegramAccount, name: str) -> bool:
    if account.allowed_updates:
        return name in account.allowed_updates
    return name not in NOT_BY_DEFAULT


def _message(
    world: World,
    account: TelegramAccount,
    customer: Customer,
    conversation: Conversation,
    message: Message,
    order: dict,
) -> Update:
    command = _COMMAND.match(message.text)
    if message.kind == "text" and command:
        mark = {"type": "bot_command", "offset": 0, "length": command.end()}
        message.extra["entities"] = [mark]
    if order.get("media_group_id"):
        message.extra["media_group_id"] = str(order["media_group_id"])
    return {
        "message": objects.message(
            account, customer, conversation, message, world.media
        )
    }


def _edited(
    world: World,
    account: TelegramAccount,
    customer: Customer,
    conversation: Conversation,
    message: Message,
    order: dict,
) -> Update:
    target = conversation.find(message.reply_to) or Message(
        message.reply_to, "in", "text", message.time, message.text
    )
    body = objects.message(account, customer, conversation, target, world.media)
    return {"edited_message": body | {"edit_date": int(message.time)}}


def _reaction(
    _world: World,
    _account: TelegramAccount,
    customer: Customer,
    _conversation: Conversation,
    message: Message,
    order: dict,
) -> Update:
    def listed(emoji: str) -> list[dict]:
        return [{"type": "emoji", "emoji": emoji}] if emoji else []

    return {
        "message_reaction": {
            "chat": objects.chat(customer),
            "message_id": int(message.reply_to),
            "user": objects.user(customer),
            "date": int(message.time),
            "old_reaction": listed(text(order.get("old"))),
            "new_reaction": listed(message.text),
        }
    }


def _button(
    world: World,
    account: TelegramAccount,
    customer: Customer,
    conversation: Conversation,
    message: Message,
    order: dict,
) -> Update:
    target = conversation.find(message.reply_to)
    body = {
        "id": str(4_382_000_000_000 + int(message.id)),
        "from": objects.user(customer),
        "chat_instance": str(customer.telegram_id * 7919),
        "data": order["button_id"],
    }
    if target:
        body["message"] = objects.message(
            account, customer, conversation, target, world.media
        )
    return {"callback_query": body}


_BUILDERS: dict[str, Callable[..., Update]] = {
    "edit": _edited,
    "reaction": _reaction,
    "button": _button,
}


def blocked(account: TelegramAccount, customer: Customer, now: bool) -> Update | None:
    """The customer has blocked the bot, or lets it in again."""
    if not wanted(account, "my_chat_member"):
        return None
    member = {"user": objects.bot(account)}
    states = ({**member, "status": "member"}, {**member, "status": "kicked"})
    update = {
        "update_id": account.next_update,
        "my_chat_member": {
            "chat": objects.chat(customer),
            "from": objects.user(customer),
            "date": int(time.time()),
            "old_chat_member": states[not now],
            "new_chat_member": states[now],
        },
    }
    account.next_update += 1
    return update


def dispatch(
    world: World, account: TelegramAccount, updates: list[Update], batch: int = 1
) -> list[Delivery]:
    """Post updates in their order, one per request; without a webhook they wait.

    :param batch: Telegram has no batches; taken to be like WhatsApp's
    """
    if not account.callback_url:
        account.pending.extend(updates)
        return []
    return [world.postman.send(prepare(world, account, [u])) for u in updates]


def prepare(world: World, account: TelegramAccount, updates: list[Update]) -> Delivery:
    """The delivery of one update (Telegram knows no batches)."""
    (update,) = updates
    headers = {"Content-Type": "application/json"}
    if account.secret_token:
        headers["X-Telegram-Bot-Api-Secret-Token"] = account.secret_token
    name = next(key for key in update if key != "update_id")

    def tried(delivery: Delivery, attempt: Attempt) -> None:
        if ok(attempt):
            _arrived(world, account, update)
            return
        account.last_error_date = int(attempt.at)
        account.last_error = (
            f"Wrong response from the webhook: {attempt.status}"
            if attempt.status
            else "Connection refused"
        )

    return Delivery(
        url=account.callback_url,
        body=json.dumps(update, separators=(",", ":")).encode(),
        headers=headers,
        provider="telegram",
        account=account.id,
        about=[f"{name} {update['update_id']}"],
        lane=f"telegram/{account.id}",
        on_try=tried,
    )


def _arrived(world: World, account: TelegramAccount, update: Update) -> None:
    said = update.get("message")
    if not said:
        return
    with world.lock:
        customer = world.customer(str(said["chat"]["id"]))
        conversation = world.conversation(account, customer)
        message = conversation.find(str(said["message_id"]))
        if message and message.rise("delivered"):
            world.show(conversation, message)


def read(world: World, _account: TelegramAccount, conversation: Conversation) -> int:
    """Seen by the customer: the phone shows it, the bot is never told."""
    unread = [
        m for m in conversation.messages if m.direction == "out" and m.rise("read")
    ]
    for message in unread:
        world.show(conversation, message)
    return len(unread)


def forced_status(*_args: Any) -> None:
    raise ValueError("Telegram has no delivery status webhooks.")
