"""From single events to signed webhook bodies.

https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components
"""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

from ..accounts import WhatsAppAccount
from ..webhooks import Delivery


@dataclass
class Event:
    """One thing to tell: a message, a status, or a value of another field."""

    message: dict[str, Any] | None = None
    contact: dict[str, Any] | None = None
    status: dict[str, Any] | None = None
    #: merged into ``value`` (or all of it, for other fields than messages)
    value: dict[str, Any] = field(default_factory=dict)
    field_name: str = "messages"

    def about(self) -> str:
        if self.status:
            return f"{self.status['status']} {self.status['id']}"
        if self.message:
            return f"{self.message.get('type')} {self.message.get('id')}"
        return self.field_name


def sign(app_secret: str, body: bytes) -> str:
    """``X-Hub-Signature-256`` over the raw body.

    https://developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications
    """
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def value(account: WhatsAppAccount, events: list[Event]) -> dict:
    """One ``change.value`` that carries all of ``events``."""
    result: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": account.number,
            "phone_number_id": account.id,
        },
    }
    contacts: dict[str, dict] = {}
    for event in events:
        if event.contact:
            contacts[event.contact.get("wa_id", "")] = event.contact
        if event.message:
            result.setdefault("messages", []).append(event.message)
        if event.status:
            result.setdefault("statuses", []).append(event.status)
        result |= event.value
    if contacts:
        result.setdefault("contacts", list(contacts.values()))
    return result


def change(account: WhatsAppAccount, events: list[Event]) -> dict:
    return {"value": value(account, events), "field": events[0].field_name}


def entries(account: WhatsAppAccount, events: list[Event]) -> list[dict]:
    """Spread a batch over entries and changes, as Meta does under load.

    The first half travels in one change, the rest each in its own change of a
    second entry: a receiver that reads only the first of anything loses most.
    """
    if len(events) == 1:
        changes = [[change(account, events)]]
    else:
        half = (len(events) + 1) // 2
        together = [e for e in events[:half] if e.field_name == "messages"]
        # by position: a duplicate equals the event it repeats
        alone = [e for e in events[:half] if e.field_name != "messages"]
        alone += events[half:]
        changes = [[change(account, together)]] if together else []
        changes.append([change(account, [event]) for event in alone])
    return [{"id": account.waba_id, "changes": c} for c in changes if c]


def envelope(account: WhatsAppAccount, events: list[Event]) -> bytes:
    """The body of one webhook. Meta escapes every non-ASCII character."""
    body = {"object": "whatsapp_business_account", "entry": entries(account, events)}
    return json.dumps(body, separators=(",", ":")).encode()


def headers(account: WhatsAppAccount, body: bytes) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        "X-Hub-Signature-256": sign(account.app_secret, body),
    }


def delivery(account: WhatsAppAccount, events: list[Event]) -> Delivery:
    body = envelope(account, events)
    return Delivery(
        url=account.callback_url,
        body=body,
        headers=headers(account, body),
        provider="whatsapp",
        account=account.id,
        about=[event.about() for event in events[:20]],
    )
