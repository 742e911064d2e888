"""What a message to a customer looks like.

https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
"""

from collections.abc import Sequence
from typing import Any

from ..choices import payload_of
from ..errors import Refused
from ..types import Card, Choice, Limits, Location, Part, Upload
from . import words

BUTTONS, BUTTON_LABEL, BUTTON_TEXT = 3, 20, 1024
ROWS, ROW_LABEL = 10, 24
# on the button that opens a list; the provider does not know who reads it
MENU = "Menu"
CAPTIONED = ("image", "video", "document")


def content(part: Part, upload: Upload | None, media_id: str | None) -> dict[str, Any]:
    if part.choices:
        return {"type": "interactive", "interactive": interactive(part)}
    if part.location:
        return {"type": "location", "location": _location(part.location)}
    if part.card:
        return {"type": "contacts", "contacts": [_card(part.card)]}
    if part.kind == "text":
        preview = "https://" in part.text or "http://" in part.text
        return {"type": "text", "text": {"body": part.text, "preview_url": preview}}
    if part.kind == "template":
        return {"type": "template", "template": part.template}
    kind = "audio" if part.kind == "voice" else part.kind
    file: dict[str, Any] = {"id": media_id}
    if part.kind == "voice":
        file["voice"] = True
    if part.text and kind in CAPTIONED:
        file["caption"] = part.text
    if kind == "document" and upload:
        file["filename"] = upload.name
    return {"type": kind, kind: file}


def reaction(target: str, emoji: str) -> dict[str, Any]:
    """An empty emoji takes it back."""
    return {"type": "reaction", "reaction": {"message_id": target, "emoji": emoji}}


def fits(choices: Sequence[Choice], text_size: int, limits: Limits) -> bool:
    """Whether WhatsApp can show them: buttons, a list, or one link.

    https://developers.facebook.com/docs/whatsapp/guides/interactive-messages
    """
    if any(choice.url for choice in choices):
        return len(choices) == 1 and text_size <= BUTTON_TEXT
    return not are_buttons(choices) or text_size <= BUTTON_TEXT


def interactive(part: Part) -> dict[str, Any]:
    first, body = part.choices[0], {"text": part.text}
    if first.url:
        link = {"display_text": first.label, "url": first.url}
        action: dict[str, Any] = {"name": "cta_url", "parameters": link}
        return {"type": "cta_url", "body": body, "action": action}
    if are_buttons(part.choices):
        buttons = [{"type": "reply", "reply": _answer(c)} for c in part.choices]
        return {"type": "button", "body": body, "action": {"buttons": buttons}}
    section = {"rows": [_answer(choice) for choice in part.choices]}
    action = {"button": MENU, "sections": [section]}
    return {"type": "list", "body": body, "action": action}


def are_buttons(choices: Sequence[Choice]) -> bool:
    short = all(len(choice.label) <= BUTTON_LABEL for choice in choices)
    return short and len(choices) <= BUTTONS


def _answer(choice: Choice) -> dict[str, str]:
    return {"id": payload_of(choice), "title": choice.label}


def _location(place: Location) -> dict[str, Any]:
    named = {"name": place.name, "address": place.address}
    found = {name: value for name, value in named.items() if value}
    return {
        "latitude": str(place.latitude),
        "longitude": str(place.longitude),
        **found,
    }


def _card(card: Card) -> dict[str, Any]:
    """:raises Refused: nothing in it says how to reach the person"""
    if not (card.phones or card.emails):
        raise Refused(words.EMPTY_CARD)
    name = {"formatted_name": card.name, "first_name": card.name}
    contact: dict[str, Any] = {"name": name}
    if card.phones:
        contact["phones"] = [{"phone": phone} for phone in card.phones]
    if card.emails:
        contact["emails"] = [{"email": email} for email in card.emails]
    if card.organisation:
        contact["org"] = {"company": card.organisation}
    return contact
