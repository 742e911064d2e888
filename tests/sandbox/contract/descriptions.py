"""Where the official descriptions are, read once and only when needed."""

import json
import os
import threading
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_META, _TELEGRAM = "meta-business-messaging-v23.0.yaml", "telegram-bot-api.json"
_FILES = {
    "whatsapp": _META,
    "telegram": _TELEGRAM,
    "twilio": "twilio-api-v2010.json",
    "x": "x-api-v2.json",
}
_reading = threading.Lock()


def folder() -> Path:
    """``PROVIDER_SPECS``, or ``../shared/specs`` beside the project."""
    default = Path(__file__).parents[3].parent / "shared" / "specs"
    return Path(os.environ.get("PROVIDER_SPECS") or default)


def state() -> str:
    """For ``GET /sandbox/health``: what requests are judged by."""
    found = [name for name, file in _FILES.items() if (folder() / file).is_file()]
    return ", ".join(found) or "no descriptions"


def meta() -> dict[str, Any] | None:
    """Meta's OpenAPI description, without ``additionalProperties: false`` in ``allOf``.

    With it the description refuses every request, Meta's own examples included:
    every part of an ``allOf`` forbids what the other parts ask for.
    """
    with _reading:
        return _meta(folder() / _META)


def telegram() -> dict[str, Any] | None:
    """The Bot API's methods and types."""
    with _reading:
        return _json(folder() / _TELEGRAM)


def openapi(name: str) -> dict[str, Any] | None:
    """The description of ``twilio`` or ``x``."""
    with _reading:
        return _json(folder() / _FILES[name])


def read_yaml(path: Path) -> Any:
    with path.open("rb") as file:
        # the C loader takes a third of a second, the Python one ten
        return yaml.load(file, yaml.CSafeLoader)


@cache
def _meta(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    return _open_up(read_yaml(path))


@cache
def _json(path: Path) -> dict[str, Any] | None:
    return json.loads(path.read_text("utf-8")) if path.is_file() else None


def _open_up(node: Any, in_all_of: bool = False) -> Any:
    if isinstance(node, list):
        return [_open_up(item, in_all_of) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _open_up(value, key == "allOf")
        for key, value in node.items()
        if not (in_all_of and (key, value) == ("additionalProperties", False))
    }
