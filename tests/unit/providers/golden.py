"""Golden files: one webhook body in, the understood events out."""

import dataclasses
import json
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

import providers
from providers.errors import MalformedBody, MalformedEvent
from providers.types import Account

FOLDER = Path(__file__).parent / "fixtures"
# One account of each channel, with invented credentials.
SETTINGS = {
    path.stem: json.loads(path.read_text())
    for path in (Path(__file__).parent / "accounts").glob("*.json")
}


def provider(code: str, api_url: str = "", **settings: str):
    """An adapter for an account with invented credentials."""
    return providers.get(code)(Account({**SETTINGS[code], **settings}, api_url))


def cases(code: str | None = None) -> list[Path]:
    return sorted((FOLDER / code if code else FOLDER).rglob("*.json"))


def understood(code: str, body: bytes) -> Any:
    """What split and parse make of ``body``, as JSON."""
    adapter = provider(code)
    try:
        raws = adapter.split(body)
    except MalformedBody as error:
        return {"error": "MalformedBody", "text": error.text}
    return [{"raw": _raw(raw), **_event(adapter, raw)} for raw in raws]


def _raw(raw) -> dict[str, Any]:
    json.dumps(raw.payload, allow_nan=False)  # JSON types only
    names = ("external_id", "thread", "occurred_at", "sequence")
    return {name: _plain(getattr(raw, name)) for name in names}


def _event(adapter, raw) -> dict[str, Any]:
    try:
        event = adapter.parse(raw.payload)
    except MalformedEvent as error:
        return {"error": error.text}
    result = {"type": type(event).__name__, **_plain(event)}
    if raw.occurred_at is None:  # then it is the moment of reading
        result.pop("occurred_at", None)
    return {"event": result}


def _plain(value: Any) -> Any:
    """JSON of a dataclass without the fields that have their default."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        found = {f.name: getattr(value, f.name) for f in fields}
        return {k: _plain(v) for k, v in found.items() if not _is_default(v)}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return dict(value) if isinstance(value, dict) else value


def _is_default(value: Any) -> bool:
    """Numbers are always said: a zero may be what was sent."""
    return value is False or value in ("", (), None, {})
