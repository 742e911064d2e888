"""The business's side: a WhatsApp number and a Telegram bot."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .tame import text

#: ``<bot id>:<35 characters>``, https://core.telegram.org/bots/api#authorizing-your-bot
BOT_TOKEN = re.compile(r"[0-9]{3,16}:[A-Za-z0-9_-]{30,50}")


@dataclass
class Account:
    """What both providers know about a business's account."""

    id: str
    name: str
    token: str = field(repr=False)
    provider: str = ""
    callback_url: str = ""
    #: events held back by ``"deliver": "hold"`` until ``POST /sandbox/deliver``
    held: list[Any] = field(default_factory=list, repr=False)

    @property
    def key(self) -> tuple[str, str]:
        return self.provider, self.id

    def secrets(self) -> list[str]:
        """Values that no record may show."""
        names = ("token", "app_secret", "verify_token", "secret_token")
        return [value for name in names if (value := getattr(self, name, ""))]

    def forget(self) -> None:
        """What ``POST /sandbox/reset`` takes away."""
        self.held.clear()

    def view(self) -> dict:
        """For people and pages: never a secret."""
        return {
            "provider": self.provider,
            "id": self.id,
            "name": self.name,
            "callback_url": self.callback_url,
        }


@dataclass
class WhatsAppAccount(Account):
    provider: str = "whatsapp"
    waba_id: str = "102290129340398"
    display_number: str = "+55 11 4002-8922"
    app_secret: str = field(default="", repr=False)
    verify_token: str = field(default="", repr=False)
    #: whether the app gets this account's events, at whatever address
    subscribed: bool = False

    @property
    def number(self) -> str:
        """The display number as webhooks carry it: digits only."""
        return re.sub(r"\D", "", self.display_number)

    def view(self) -> dict:
        return super().view() | {
            "waba_id": self.waba_id,
            "display_number": self.display_number,
        }


@dataclass
class TelegramAccount(Account):
    provider: str = "telegram"
    username: str = "HorizonteSuporteBot"
    secret_token: str = field(default="", repr=False)
    allowed_updates: list[str] = field(default_factory=list)
    max_connections: int = 40
    #: updates waiting for a webhook to be set, kept as Telegram keeps them
    pending: list[dict] = field(default_factory=list, repr=False)
    next_update: int = 700_000_001
    last_error: str = ""
    last_error_date: int = 0

    def view(self) -> dict:
        return super().view() | {"username": self.username}


def whatsapp_account(values: Mapping[str, Any]) -> WhatsAppAccount:
    """Make an account from ``POST /sandbox/accounts``.

    :raises ValueError: with the missing name
    """
    return WhatsAppAccount(
        id=_digits(values, "phone_number_id", "106540352242922"),
        waba_id=_digits(values, "waba_id", "102290129340398"),
        name=text(values.get("name")) or "ERP Horizonte - Suporte",
        display_number=text(values.get("display_number")) or "+55 11 4002-8922",
        token=_needed(values, "token"),
        app_secret=_needed(values, "app_secret"),
        verify_token=_needed(values, "verify_token"),
        callback_url=text(values.get("callback_url")),
    )


def telegram_account(values: Mapping[str, Any]) -> TelegramAccount:
    """Make a bot from ``POST /sandbox/accounts``.

    :raises ValueError: the token is missing or is not one
    """
    token = _needed(values, "token")
    if not BOT_TOKEN.fullmatch(token):
        raise ValueError(
            "The Telegram token does not look like one: it is the bot's number, "
            "a colon and 35 letters or digits. Copy it from @BotFather again."
        )
    return TelegramAccount(
        id=token.split(":")[0],
        name=text(values.get("name")) or "Horizonte Suporte",
        username=text(values.get("username")) or "HorizonteSuporteBot",
        token=token,
        secret_token=text(values.get("secret_token")),
        callback_url=text(values.get("callback_url")),
    )


MAKERS = {"whatsapp": whatsapp_account, "telegram": telegram_account}

_VARIABLES = {
    "whatsapp": {
        "token": "SOCIAL_SANDBOX_WHATSAPP_TOKEN",
        "app_secret": "SOCIAL_SANDBOX_WHATSAPP_SECRET",
        "verify_token": "SOCIAL_SANDBOX_WHATSAPP_VERIFY",
    },
    "telegram": {"token": "SOCIAL_SANDBOX_TELEGRAM_TOKEN"},
}


def from_environment(environ: Mapping[str, str]) -> list[Account]:
    """The two default accounts, from the variables that Odoo gets as well.

    :raises ValueError: naming every variable that is missing
    """
    missing = [
        variable
        for names in _VARIABLES.values()
        for variable in names.values()
        if not environ.get(variable)
    ]
    if missing:
        raise ValueError(
            f"The sandbox needs {', '.join(missing)} in its environment to make "
            "its default accounts. Set them, or start it with --bare and register "
            "accounts with POST /sandbox/accounts."
        )
    return [
        MAKERS[provider]({name: environ[var] for name, var in names.items()})
        for provider, names in _VARIABLES.items()
    ]


def _needed(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"The account needs “{name}”.")
    return value


def _digits(values: Mapping[str, Any], name: str, default: str) -> str:
    value = text(values.get(name)) or default
    if not (value.isascii() and value.isdigit()):
        raise ValueError(f"“{name}” consists of digits, not “{value}”.")
    return value
