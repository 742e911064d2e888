"""One part of an answer as LINE's message objects.

https://developers.line.biz/en/reference/messaging-api/#message-objects

LINE takes no files: it shows what lies at a public https address. What it has no
message for goes as a link.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ..errors import Refused
from ..http import MB
from ..planning import mime_type
from ..types import Card, Choice, Location, Part, Upload
from . import words
from .duration import milliseconds

Json = dict[str, Any]
PICTURES = ("image/jpeg", "image/png")
SOUNDS = ("audio/mp4", "audio/x-m4a", "audio/m4a")
PICTURE = 1 * MB  # the preview's bound; we have one picture for both
ADDRESS = 2000  # characters
PLACE = 100  # characters of a location's title, and of its address
ALTERNATIVE = 400  # characters where a bubble cannot be shown
BUBBLE = 2000  # characters in a bubble, which has 30 KB in all


def messages(part: Part, upload: Upload | None) -> list[Json]:
    """At most five, which one request takes together or not at all. A text can
    quote what it answers.

    :raises Refused: the file has no public address
    """
    if part.location:
        found = [_place(part.location)]
    elif part.card:
        found = [_text(_card(part.card))]
    elif upload:
        found = _file(part, upload)
    else:
        found = [_text(part.text)]
    if (quote := part.tokens.get("quote")) and found[0]["type"] == "text":
        found[0]["quoteToken"] = quote
    return _offering(found, part.choices) if part.choices else found


def _text(text: str) -> Json:
    return {"type": "text", "text": text}


def _place(place: Location) -> Json:
    """Title and address must not be empty."""
    numbers = f"{place.latitude:.6f}, {place.longitude:.6f}"
    return {
        "type": "location",
        "title": (place.name or place.address or numbers)[:PLACE],
        "address": (place.address or numbers)[:PLACE],
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _card(card: Card) -> str:
    lines = (card.name, card.organisation, *card.phones, *card.emails)
    return "\n".join(filter(None, lines))


# --- files ----------------------------------------------------------------------


def _file(part: Part, upload: Upload) -> list[Json]:
    url, mime = upload.url, mime_type(upload.mime)
    if not url.startswith("https://"):
        raise Refused(words.NO_LINK, values={"name": upload.name})
    before = [_text(part.text)] if part.text else []
    if len(url) <= ADDRESS and mime in PICTURES and len(upload.content) <= PICTURE:
        shown = {"originalContentUrl": url, "previewImageUrl": url}
        return [*before, {"type": "image", **shown}]
    length = milliseconds(upload.content) if mime in SOUNDS else 0
    if len(url) <= ADDRESS and length:
        sound = {"originalContentUrl": url, "duration": length}
        return [*before, {"type": "audio", **sound}]
    return [*before, _text(f"{upload.name}\n{url}" if upload.name else url)]


# --- choices --------------------------------------------------------------------


def _offering(found: list[Json], choices: Sequence[Choice]) -> list[Json]:
    """As quick replies, which go when one is tapped; beside a link as buttons,
    which stay.

    https://developers.line.biz/en/docs/messaging-api/using-quick-reply/
    """
    *before, last = found
    if not any(choice.url for choice in choices):
        items = [{"type": "action", "action": tap(choice)} for choice in choices]
        return [*before, {**last, "quickReply": {"items": items}}]
    text = last["text"] if last["type"] == "text" else ""
    if not text or len(text) > BUBBLE:
        before, text = found, ""
    return [*before, _bubble(text, choices)]


def _bubble(text: str, choices: Sequence[Choice]) -> Json:
    """https://developers.line.biz/en/reference/messaging-api/#bubble"""
    bubble: Json = {"type": "bubble"}
    if text:
        bubble["body"] = _box({"type": "text", "text": text, "wrap": True})
    buttons = ({"type": "button", "action": tap(choice)} for choice in choices)
    bubble["footer"] = _box(*({**b, "height": "sm"} for b in buttons))
    alternative = text or ", ".join(choice.label for choice in choices)
    return {"type": "flex", "altText": alternative[:ALTERNATIVE], "contents": bubble}


def _box(*contents: Json) -> Json:
    return {"type": "box", "layout": "vertical", "contents": list(contents)}


def tap(choice: Choice) -> Json:
    """What happens at a tap. The label travels along in the data (at most 300
    characters), for LINE gives back nothing else."""
    if choice.url:
        return {"type": "uri", "label": choice.label, "uri": choice.url}
    return {
        "type": "postback",
        "label": choice.label,
        "data": f"c={choice.id}&l={quote(choice.label, safe='')}",
        "displayText": choice.label,
    }
