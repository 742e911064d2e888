"""The bodies that are sent, and their signatures."""

import hashlib
import hmac
import json
from collections.abc import Iterable

from tests.load import client

# Some tens of customers at a time is what a busy support number sees.
CUSTOMERS = 200
FLOOR_SECRET = b"the floor"
START = 1_790_000_000


def whatsapp(run: str, number: int, phone_number_id: str) -> bytes:
    """One text message as Meta delivers it (about 550 bytes)."""
    sender = f"55119{number % CUSTOMERS:08d}"
    value = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": "551140028922",
            "phone_number_id": phone_number_id,
        },
        "contacts": [
            {"profile": {"name": f"Cliente {number % CUSTOMERS}"}, "wa_id": sender}
        ],
        "messages": [
            {
                "from": sender,
                "id": f"wamid.{run}{number:08d}",
                "timestamp": str(START + number // CUSTOMERS),
                "text": {"body": f"#{number:06d} minha nota fiscal foi rejeitada"},
                "type": "text",
            }
        ],
    }
    change = {"value": value, "field": "messages"}
    entry = {"id": "102290129340398", "changes": [change]}
    return json.dumps(
        {"object": "whatsapp_business_account", "entry": [entry]}
    ).encode()


def telegram(number: int) -> bytes:
    """The same message as Telegram delivers it."""
    customer = number % CUSTOMERS
    name = f"Cliente {customer}"
    person = {"id": 5_000_000 + customer, "is_bot": False, "first_name": name}
    chat = {"id": person["id"], "type": "private", "first_name": name}
    message = {
        "message_id": 10_000 + number,
        "from": person,
        "chat": chat,
        "date": START + number // CUSTOMERS,
        "text": f"#{number:06d} minha nota fiscal foi rejeitada",
    }
    return json.dumps({"update_id": 900_000 + number, "message": message}).encode()


def signed(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def to_webhook(url: str, secret: str, bodies: Iterable[bytes]) -> list[bytes]:
    return [
        client.request(url, body, {"X-Hub-Signature-256": signed(secret, body)})
        for body in bodies
    ]


def to_floor(url: str, bodies: Iterable[bytes]) -> list[bytes]:
    return [
        client.request(
            url,
            body,
            {"X-Signature": hmac.new(FLOOR_SECRET, body, hashlib.sha256).hexdigest()},
        )
        for body in bodies
    ]


def to_peer(url: str, secret: str, bodies: Iterable[bytes]) -> list[bytes]:
    return [
        client.request(url, body, {"X-Telegram-Bot-Api-Secret-Token": secret})
        for body in bodies
    ]
