"""The providers that need no phone in the browser: tests post what their customers
did (``POST /sandbox/post``) and read what the business sent (``GET /sandbox/outbox``).

A new one is a module beside this: ``CODES``, a blueprint, and ``seal``.
"""

from collections.abc import Callable, Mapping
from typing import Any

from ..tame import obj, text
from . import feed, meta, program, twilio, x
from .base import FamilyAccount

MODULES = (meta, twilio, x, program, feed)
BLUEPRINTS = (meta.meta, twilio.twilio, x.x, program.program, feed.feed)
#: channel -> (account, address, body) -> the headers that prove a webhook
SEALS: dict[str, Callable[[FamilyAccount, str, bytes], dict[str, str]]] = {
    code: module.seal for module in MODULES for code in module.CODES
}
#: the credential that is the account's id at the provider
_IDS = {
    "facebook": "page_id",
    "instagram": "instagram_id",
    "sms": "sender",
    "whatsapp_twilio": "sender",
    "x": "user_id",
}


def account(values: Mapping[str, Any]) -> FamilyAccount:
    """Make an account from ``POST /sandbox/accounts``: ``{"provider", "credentials",
    "id"?, "name"?}``, the credentials under the names that Odoo has.

    :raises ValueError: there is nothing that could be its id
    """
    code, given = text(values.get("provider")), obj(values.get("credentials"))
    settings = {str(name): text(value) for name, value in given.items()}
    identity = text(values.get("id")) or settings.get(_IDS.get(code, ""), "")
    if not identity:
        raise ValueError("The account needs “credentials” with its own id.")
    return FamilyAccount(
        id=identity,
        name=text(values.get("name")) or "ERP Horizonte",
        token="",
        provider=code,
        settings=settings,
    )


MAKERS = dict.fromkeys(SEALS, account)
