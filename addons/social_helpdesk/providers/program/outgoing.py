"""What a program gets: one JSON object a request."""

import base64
from dataclasses import asdict
from typing import Any

from ..text import plain, read_html
from ..types import Part, Upload


def message(part: Part, recipient: str, upload: Upload | None) -> dict[str, Any]:
    """Empty fields are left out."""
    content = {
        "type": "message",
        "conversation": recipient,
        "kind": part.kind,
        "text": plain(read_html(part.text)),
        "html": part.text,
        "reply_to": part.reply_to,
        "choices": [
            {name: value for name, value in asdict(choice).items() if value}
            for choice in part.choices
        ],
        "location": part.location and asdict(part.location),
        "contact": part.card and asdict(part.card),
        "file": upload and _file(upload),
    }
    return {name: value for name, value in content.items() if value}


def _file(upload: Upload) -> dict[str, Any]:
    return {
        "name": upload.name,
        "mime": upload.mime,
        "size": len(upload.content),
        "content": base64.b64encode(upload.content).decode(),
    }
