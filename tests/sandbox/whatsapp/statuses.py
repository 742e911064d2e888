"""The ticks of a message that the business sent.

https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples#message-status-updates
"""

import time
import uuid
from typing import Any

from ..accounts import WhatsAppAccount
from ..messages import Conversation, Message
from ..world import World
from .envelope import Event, delivery
from .errors import status_error


def follow(
    world: World,
    account: WhatsAppAccount,
    conversation: Conversation,
    message: Message,
    failure: int = 0,
) -> None:
    """Start the life of an accepted message: sent, delivered, maybe read.

    :param failure: the error code it fails with instead
    """

    def then() -> None:
        if failure:
            errors = [status_error(failure)]
            settle(world, account, conversation, message, "failed", errors)
            return
        settle(world, account, conversation, message, "sent")
        customer = world.customers.get(conversation.customer_id)
        # a reaction gets no further tick, and a blocked business never learns why
        silent = message.kind == "reaction"
        if customer and not silent and "whatsapp" not in customer.blocked:
            world.timers.after(world.settings.delivered_after, arrive)

    def arrive() -> None:
        settle(world, account, conversation, message, "delivered")
        if message.wants_read:
            read(world, account, conversation, message)

    world.timers.after(world.settings.sent_after, then)


def read(
    world: World,
    account: WhatsAppAccount,
    conversation: Conversation,
    message: Message,
) -> None:
    """The customer has seen it; a message still on its way is read on arrival."""
    message.wants_read = True
    if message.status == "delivered":
        world.timers.after(
            world.settings.read_after,
            lambda: settle(world, account, conversation, message, "read"),
        )


def settle(
    world: World,
    account: WhatsAppAccount,
    conversation: Conversation,
    message: Message,
    status: str,
    errors: list[dict] | None = None,
) -> None:
    """Raise the message to ``status`` and send the webhook that says so."""
    with world.lock:
        if not message.rise(status):
            return
        if errors:
            message.error = errors[0]
        world.show(conversation, message)
        tell(world, account, conversation, message, status, errors)


def tell(
    world: World,
    account: WhatsAppAccount,
    conversation: Conversation,
    message: Message,
    status: str,
    errors: list[dict] | None = None,
) -> None:
    """Send a status webhook, true or not (tests force late and false ones)."""
    if not account.callback_url:
        return
    event = Event(status=status_object(world, conversation, message, status, errors))
    world.postman.send(delivery(account, [event]))


def status_object(
    world: World,
    conversation: Conversation,
    message: Message,
    status: str,
    errors: list[dict] | None = None,
) -> dict[str, Any]:
    now = time.time()
    result: dict[str, Any] = {
        "id": message.id,
        "status": status,
        "timestamp": str(int(now)),
        "recipient_id": world.customers[conversation.customer_id].wa_id,
    }
    category = "utility" if message.kind == "template" else "service"
    if status == "failed":
        result["errors"] = errors or [status_error(131000)]
    elif status in ("sent", "delivered"):
        result["conversation"] = {
            "id": uuid.uuid5(uuid.NAMESPACE_OID, conversation.customer_id).hex,
            "origin": {"type": category},
        }
        if status == "sent":
            expires = int(now + world.settings.window)
            result["conversation"]["expiration_timestamp"] = str(expires)
    if status in ("sent", "delivered", "read"):
        result["pricing"] = {
            "billable": category != "service",
            "pricing_model": "PMP",
            "category": category,
        }
    if message.uuid:
        result["biz_opaque_callback_data"] = message.uuid
    return result
