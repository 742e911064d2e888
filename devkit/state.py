"""What a checkout chose once and keeps: ports and secrets (mode 0600)."""

import json
import secrets
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

from devkit import files, paths

SANDBOX_SECRETS: dict[str, Callable[[], str]] = {
    "SOCIAL_SANDBOX_WHATSAPP_TOKEN": lambda: "EAA" + secrets.token_hex(40),
    "SOCIAL_SANDBOX_WHATSAPP_SECRET": lambda: secrets.token_hex(16),
    "SOCIAL_SANDBOX_WHATSAPP_VERIFY": lambda: secrets.token_urlsafe(18),
    "SOCIAL_SANDBOX_TELEGRAM_TOKEN": lambda: _telegram_token(),
    "SOCIAL_SANDBOX_TELEGRAM_SECRET": lambda: secrets.token_urlsafe(24),
}


def _telegram_token() -> str:
    """``<digits>:<35 characters>``, the shape Telegram gives its bots."""
    alphabet = string.ascii_letters + string.digits + "_-"
    tail = "".join(secrets.choice(alphabet) for _ in range(35))
    return f"{secrets.randbelow(9 * 10**9) + 10**9}:{tail}"


def _path() -> Path:
    return paths.HOME / "state.json"


def load() -> dict[str, Any]:
    """The state; an unreadable one counts as none, everything can be re-chosen
    but what the caller then finds missing (see ``postgres``)."""
    try:
        return json.loads(_path().read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def keep(key: str, make: Callable[[], Any]) -> Any:
    """The value kept under ``key``, made and stored at the first call."""
    values = load()
    if key not in values:
        values[key] = make()
        files.write(_path(), json.dumps(values, indent=1), 0o600)
    return values[key]


def store(key: str, value: Any) -> None:
    """Replace the value kept under ``key``."""
    values = load()
    values[key] = value
    files.write(_path(), json.dumps(values, indent=1), 0o600)


def sandbox_secrets() -> dict[str, str]:
    """The demo accounts' credentials, generated once per checkout."""
    return {name: keep(name, make) for name, make in SANDBOX_SECRETS.items()}
