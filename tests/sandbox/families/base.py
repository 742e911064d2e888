"""What the partners without a phone page share: an account with the credentials that
Odoo has, things that it knows by an id, and the list of what the business sent."""

import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, request

from .. import violations
from ..accounts import Account
from ..messages import Message
from ..webhooks import Delivery
from ..world import World

SECRET_WORDS = ("token", "secret")


@dataclass
class FamilyAccount(Account):
    """An account whose ``settings`` are the credentials under Odoo's own names."""

    settings: dict[str, str] = field(default_factory=dict, repr=False)
    #: what the provider would say of an id: a post, a person, a feed
    things: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    changed: float = field(default_factory=time.time)
    subscribed: bool = False

    def learn(self, identity: str, fields: dict[str, Any]) -> None:
        """What the provider would say of an id from now on."""
        self.things[identity] = fields
        self.changed = time.time()

    def secrets(self) -> list[str]:
        named = self.settings.items()
        return [v for k, v in named if any(word in k for word in SECRET_WORDS)]

    def forget(self) -> None:
        super().forget()
        self.things.clear()


def world() -> World:
    return current_app.config["WORLD"]


def accounts(*providers: str) -> list[FamilyAccount]:
    """All accounts of these channels."""
    known = list(world().accounts.values())
    return [
        account
        for account in known
        if isinstance(account, FamilyAccount) and account.provider in providers
    ]


def number(length: int = 16) -> str:
    """An id as most providers make them: digits only."""
    return str(secrets.randbelow(9 * 10 ** (length - 1)) + 10 ** (length - 1))


def sent(
    account: FamilyAccount, kind: str, to: str, text: str, body: Any, identity: str = ""
) -> str:
    """Keep a line for ``GET /sandbox/outbox``; the message's id there.

    :param to: a customer's or a thing's id at the provider
    """
    identity = identity or number()
    message = Message(identity, "out", kind, time.time(), text, raw=_request(body))
    with world().lock:
        world().outbox.append(
            {
                "provider": account.provider,
                "account": account.id,
                "customer": to,
                "at": message.time,
                "message": message,
            }
        )
    return identity


def _request(body: Any) -> dict[str, Any]:
    return {"method": request.method, "path": request.path, "body": body}


def judged(account: FamilyAccount, problems: list[str], body: Any) -> None:
    """Keep what is wrong with the present request."""
    if problems:
        line = f"{request.method} {request.path}"
        violations.record(world(), account.provider, line, problems, body)


def news(account: FamilyAccount, url: str, body: bytes, headers: dict, about: str):
    """Queue a webhook to ``url``; nothing when there is no address yet."""
    if url:
        kept = {"provider": account.provider, "account": account.id, "about": [about]}
        world().postman.send(Delivery(url, body, headers, **kept))


def json_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
