"""Parameters of a Bot API call, however they came: query, form, JSON, multipart.

https://core.telegram.org/bots/api#making-requests
"""

import json
import math
from dataclasses import dataclass, field
from typing import Any

from flask import Request

from .errors import bad_request

#: https://core.telegram.org/bots/api#sending-files
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024


@dataclass
class Params:
    """``values`` as sent; ``files`` by field name as (content, type, name)."""

    values: dict[str, Any]
    files: dict[str, tuple[bytes, str, str]] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        return default if value is None else str(value)

    def truth(self, name: str) -> bool:
        value = self.values.get(name)
        if isinstance(value, str):
            return value.lower() in ("true", "1", "yes")
        return bool(value)

    def number(self, name: str) -> float:
        try:
            value = float(self.values[name])
        except (KeyError, TypeError, ValueError, OverflowError):
            value = math.nan
        if not math.isfinite(value):
            raise bad_request(f"{name} is empty or not a number")
        return value

    def data(self, name: str) -> Any:
        """A list or an object; forms carry them as JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except (ValueError, RecursionError):
            raise bad_request(f"can't parse {name} JSON object") from None


def read(request: Request) -> Params:
    """:raises TelegramError: the body is no JSON object"""
    values: dict[str, Any] = dict(request.args)
    if request.is_json:
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            raise bad_request("object expected as JSON content")
        return Params(values | body)
    files = {
        name: (file.read(), file.mimetype or "", file.filename or name)
        for name, file in request.files.items()
    }
    return Params(values | dict(request.form), files)
