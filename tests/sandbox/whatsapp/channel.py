"""WhatsApp's side of ``say``: events out to the business."""

from ..accounts import WhatsAppAccount
from ..messages import Conversation, Message
from ..webhooks import Attempt, Delivery, ok
from ..world import World
from . import incoming, statuses
from .envelope import Event, delivery

message_id = incoming.message_id
event = incoming.event


def dispatch(
    world: World, account: WhatsAppAccount, events: list[Event], batch: int = 1
) -> list[Delivery]:
    """Post events, ``batch`` of them in one body. Nothing without a callback:
    Meta does not keep what it could not send anywhere."""
    if not account.callback_url:
        return []
    return [
        world.postman.send(prepare(world, account, events[i : i + batch]))
        for i in range(0, len(events), max(1, batch))
    ]


def prepare(world: World, account: WhatsAppAccount, events: list[Event]) -> Delivery:
    """A delivery that gives the phone its second tick when it is accepted."""
    result = delivery(account, events)

    def tried(_delivery: Delivery, attempt: Attempt) -> None:
        if ok(attempt):
            arrived(world, account, events)

    result.on_try = tried
    return result


def arrived(world: World, account: WhatsAppAccount, events: list[Event]) -> None:
    with world.lock:
        for event_ in events:
            message_id = (event_.message or {}).get("id", "")
            sender = (event_.message or {}).get("from", "")
            customer = next(
                (c for c in world.customers.values() if c.wa_id == sender), None
            )
            if customer is None:
                continue
            conversation = world.conversation(account, customer)
            message = conversation.find(message_id)
            if message and message.rise("delivered"):
                world.show(conversation, message)


def read(world: World, account: WhatsAppAccount, conversation: Conversation) -> int:
    """The customer looks at the conversation; returns how many were new to him."""
    unread = [
        m
        for m in conversation.messages
        if m.direction == "out" and m.status not in ("read", "failed")
    ]
    for message in unread:
        if not message.wants_read:
            statuses.read(world, account, conversation, message)
    return len(unread)


def forced_status(
    world: World,
    account: WhatsAppAccount,
    conversation: Conversation,
    message: Message,
    status: str,
    errors: list[dict] | None,
) -> None:
    """Send a status webhook whatever the truth is; late ones do not lower it."""
    if message.rise(status):
        world.show(conversation, message)
    statuses.tell(world, account, conversation, message, status, errors)
