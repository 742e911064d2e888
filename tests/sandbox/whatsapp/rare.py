"""Kinds that support desks meet seldom, and must not lose."""

from collections.abc import Callable
from typing import Any

from ..messages import Message
from ..people import Customer
from ..tame import obj, text, whole
from .envelope import Event

Order = dict[str, Any]


def _unsupported(_message: Message, order: Order) -> dict:
    """Polls, view-once pictures and the like: the API only says that it was one."""
    text = "Message type unknown"
    error = {
        "code": whole(order, "code", 131051),
        "title": text,
        "message": text,
        "error_data": {"details": "Message type is currently not supported."},
    }
    return {"type": "unsupported", "errors": [error]}


def _order(_message: Message, order: Order) -> dict:
    product = {
        "product_retailer_id": "modulo-fiscal",
        "quantity": 2,
        "item_price": 199,
        "currency": "BRL",
    }
    content = {"catalog_id": "194836987003835", "text": "", "product_items": [product]}
    return {"type": "order", "order": obj(order.get("content")) or content}


def _system(message: Message, order: Order) -> dict:
    new = text(order.get("new_number")) or "5511912345678"
    body = f"User {message.extra['name']} changed from {message.extra['old']} to {new}"
    system = {"body": body, "wa_id": new, "type": "user_changed_number"}
    return {"type": "system", "system": system}


def _flow(message: Message, order: Order) -> dict:
    sample = '{"flow_token":"abc","nota":5}'
    answer = {
        "name": "flow",
        "body": message.text or "Sent",
        "response_json": text(order.get("response_json")) or sample,
    }
    interactive = {"type": "nfm_reply", "nfm_reply": answer}
    return {"type": "interactive", "interactive": interactive}


def _welcome(_message: Message, _order: Order) -> dict:
    return {"type": "request_welcome"}


RARE: dict[str, Callable[[Message, Order], dict]] = {
    "unsupported": _unsupported,
    "order": _order,
    "system": _system,
    "flow": _flow,
    "request_welcome": _welcome,
}


def _group(message: Message, **more: Any) -> dict:
    group = {
        "timestamp": str(int(message.time)),
        "group_id": "Y2FwaV9ncm91cDoxODA1NTU1MDE3MjoxMjAzNjMyMjI3NzE5NjMwNjcZD",
        "request_id": message.id[-32:],
        **more,
    }
    return {"groups": [group]}


def _people(customer: Customer) -> list[dict]:
    # a number, not a string: so Meta's own examples have it
    return [{"input": int(customer.wa_id), "wa_id": int(customer.wa_id)}]


def _group_create(customer: Customer, message: Message) -> Event:
    value = _group(
        message,
        type="group_create",
        subject=message.text or "Usuários do ERP",
        description="Grupo de usuários",
        added_participants=_people(customer),
    )
    return Event(value=value, field_name="group_lifecycle_update")


def _group_settings(_customer: Customer, message: Message) -> Event:
    picture = {"mime_type": "image/jpeg", "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHv"}
    value = _group(message, type="group_settings_update", profile_picture=picture)
    return Event(value=value, field_name="group_settings_update")


def _group_leave(customer: Customer, message: Message) -> Event:
    value = _group(message, type="group_create", removed_participants=_people(customer))
    return Event(value=value, field_name="group_participants_update")


#: Events of other fields than ``messages``; the business acknowledges them.
FIELD_EVENTS: dict[str, Callable[[Customer, Message], Event]] = {
    "group_create": _group_create,
    "group_settings_update": _group_settings,
    "group_remove_participants": _group_leave,
}
