"""Golden files: one webhook body in, the understood events out."""

import dataclasses
import json
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import providers
from providers.errors import MalformedBody, MalformedEvent, Refused
from providers.http import Response
from providers.types import Account, RawEvent

FOLDER = Path(__file__).parent / "fixtures"
# One account of each channel, with invented credentials.
SETTINGS = {
    path.stem: json.loads(path.read_text())
    for path in (Path(__file__).parent / "accounts").glob("*.json")
}
CODES = sorted(SETTINGS)
FORMS = {"sms", "whatsapp_twilio"}  # whose webhooks are no JSON


def provider(code: str, api_url: str = "", **settings: str):
    """An adapter for an account with invented credentials."""
    return providers.get(code)(Account({**SETTINGS[code], **settings}, api_url))


def cases(code: str | None = None) -> list[Path]:
    return sorted((FOLDER / code if code else FOLDER).rglob("*.json"))


def wire_format(code: str, body: Any) -> bytes:
    """A fixture's body as the provider sends it: JSON, or a form."""
    if isinstance(body, str):
        return body.encode("utf-8", "replace")
    if code in FORMS and isinstance(body, dict):
        fields = {name: str(value) for name, value in body.items()}
        return urlencode(fields, errors="replace").encode()
    return json.dumps(body).encode()


class Site:
    """Answers every request with ``body``."""

    def __init__(self, body: bytes):
        self.body = body

    def download(self, url: str, headers=None, **_bounds) -> Response:
        return Response(200, {}, self.body)


def raw_events(code: str, body: bytes) -> list[RawEvent]:
    """What a webhook's ``body`` holds; where there is none, what a poll finds that
    gets it as its answer.

    :raises MalformedBody: it is not the provider's shape
    """
    adapter = provider(code)
    if adapter.has_webhook:
        return adapter.split(body)
    adapter.http = Site(body)
    try:
        return list(adapter.poll({"seen": {}}).events)
    except Refused as error:
        raise MalformedBody(error.text) from None


def understood(code: str, body: bytes) -> Any:
    """What is cut out of ``body``, and what parse makes of it, as JSON."""
    adapter = provider(code)
    try:
        raws = raw_events(code, body)
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
