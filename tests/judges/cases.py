"""Golden files as a judge reads them: what came in, and what we made of it."""

import json
from pathlib import Path
from typing import Any

from providers.errors import MalformedEvent
from providers.types import Event

from tests.unit.providers.golden import cases, provider


def body(code: str, name: str) -> Any:
    return json.loads(path(code, name).read_text())["body"]


def path(code: str, name: str) -> Path:
    return next(p for p in cases(code) if p.stem == name)


def names(code: str) -> list[str]:
    """Of the golden files whose body is an object at all."""
    return [p.stem for p in cases(code) if isinstance(body(code, p.stem), dict)]


def events(code: str, data: bytes) -> list[Event]:
    """What we understand of a body; the malformed are left out."""
    adapter, found = provider(code), []
    for raw in adapter.split(data):
        try:
            found.append(adapter.parse(raw.payload))
        except MalformedEvent:
            continue
    return found
