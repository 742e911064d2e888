"""Reads untrusted JSON field by field.

What a provider sends is JSON of any shape. An optional field of the wrong type
is as good as absent; a field without which an event means nothing raises
:class:`MalformedEvent` with its path.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from .errors import MalformedBody, MalformedEvent
from .text import clean, file_name, one_line
from .words import MALFORMED

MAX_DEPTH = 64  # the deepest real event (a flow's answer in a batch) has 12
MAX_DIGITS = 19  # beyond, a number is kept as text: it is no id of anybody
KEY_LENGTH = 200  # longer ones are digested: an index row holds 2,700 bytes
EARLIEST = datetime(2009, 1, 1, tzinfo=timezone.utc)  # older than any of them


# --- a whole body ---------------------------------------------------------------


def load(body: bytes) -> dict[str, Any]:
    """A webhook's body as an object that PostgreSQL's jsonb can store.

    :raises MalformedBody: not JSON, not an object, or nested too deep
    """
    try:
        value = json.loads(
            body.decode(),
            parse_int=_integer,
            parse_float=_number,
            parse_constant=lambda name: None,  # NaN and Infinity are not JSON
        )
        # the parser's own bound is the interpreter's stack, which is far deeper
        # than what those who store and copy the event can take
        value = _storable(value, MAX_DEPTH)
    except (ValueError, RecursionError):
        raise MalformedBody("The body is not usable JSON.") from None
    if not isinstance(value, dict):
        raise MalformedBody("The body is not a JSON object.")
    return value


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= MAX_DIGITS else digits[:KEY_LENGTH]


def _number(digits: str) -> float | None:
    value = float(digits)
    return value if abs(value) != float("inf") else None


def _storable(value: Any, depth: int) -> Any:
    kind = type(value)
    if kind is str:
        return value if value.isascii() and "\0" not in value else _text(value)
    if kind is dict:
        if not depth:
            raise ValueError("too deep")
        return {_storable(k, 1): _storable(v, depth - 1) for k, v in value.items()}
    if kind is list:
        if not depth:
            raise ValueError("too deep")
        return [_storable(v, depth - 1) for v in value]
    return value


def _text(value: str) -> str:
    """Without null characters and halves of UTF-16 pairs; all else stays."""
    return value.replace("\0", "").encode("utf-8", "ignore").decode()


# --- values ---------------------------------------------------------------------


def text(value: Any) -> str:
    return clean(value) if isinstance(value, str) else ""


def key(value: Any) -> str:
    """An id, given as text or as a number; "" if it is neither."""
    if type(value) is int and value.bit_length() < 64:
        return str(value)
    value = text(value).strip()
    if len(value) > KEY_LENGTH:
        return hashlib.sha256(value.encode()).hexdigest()
    return value


def when(value: Any) -> datetime | None:
    """Seconds since 1970, as a number or digits; None if it cannot be true."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:MAX_DIGITS])
    if type(value) is not int:
        return None
    try:
        moment = datetime.fromtimestamp(value, timezone.utc)
    except (OverflowError, ValueError, OSError):
        return None
    latest = datetime.now(timezone.utc) + timedelta(days=1)
    return moment if EARLIEST <= moment <= latest else None


def iso(value: str) -> datetime:
    """Of ISO 8601, whose "Z" Python reads by itself from 3.11 on.

    :raises ValueError: it is not
    """
    zulu = value.endswith("Z")
    return datetime.fromisoformat(f"{value[:-1]}+00:00" if zulu else value)


def digest(value: Any) -> str:
    """An id for what has none; equal for a repeated delivery."""
    data = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(data.encode()).hexdigest()[:40]


class Node:
    """An object in untrusted JSON and its path, e.g. ``message.image``."""

    __slots__ = ("path", "value")

    def __init__(self, value: Any, path: str = ""):
        self.value: Mapping[str, Any] = value if isinstance(value, dict) else {}
        self.path = path

    def __bool__(self) -> bool:
        return bool(self.value)

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def raw(self, name: str) -> Any:
        return self.value.get(name)

    def node(self, name: str) -> "Node":
        """The object ``name``; empty if there is none."""
        return Node(self.raw(name), self._at(name))

    def nodes(self, name: str) -> list["Node"]:
        """The objects in the list ``name``; others in it are left out."""
        value = self.raw(name)
        value = value if isinstance(value, list) else []
        at = self._at(name)
        return [
            Node(v, f"{at}[{i}]") for i, v in enumerate(value) if v and type(v) is dict
        ]

    def text(self, name: str) -> str:
        return text(self.raw(name))

    def name(self, name: str) -> str:
        """A text on one line, cut when it is very long."""
        value = self.raw(name)
        return one_line(value) if isinstance(value, str) else ""

    def file_name(self, name: str) -> str:
        value = self.raw(name)
        return file_name(value) if isinstance(value, str) else ""

    def key(self, name: str) -> str:
        return key(self.raw(name))

    def flag(self, name: str) -> bool:
        return self.raw(name) is True

    def whole(self, name: str) -> int | None:
        value = self.raw(name)
        return value if type(value) is int and abs(value) < 2**53 else None

    def size(self, name: str) -> int | None:
        value = self.whole(name)
        return value if value is not None and value >= 0 else None

    def within(self, name: str, bound: float) -> float:
        """:raises MalformedEvent: no number, or outside of ±``bound``"""
        value = self.raw(name)
        if type(value) in (int, float) and -bound <= value <= bound:
            return float(value)
        raise self.malformed(name)

    def when(self, name: str) -> datetime:
        return when(self.raw(name)) or datetime.now(timezone.utc)

    def need(self, name: str) -> str:
        """An id. :raises MalformedEvent: there is none"""
        value = self.key(name)
        if not value:
            raise self.malformed(name)
        return value

    def need_node(self, name: str) -> "Node":
        """:raises MalformedEvent: there is no such object"""
        node = self.node(name)
        if not node:
            raise self.malformed(name)
        return node

    def malformed(self, name: str) -> MalformedEvent:
        return MalformedEvent(MALFORMED, values={"path": self._at(name)})
