"""What goes to a customer beside texts and files.

https://core.telegram.org/bots/api#inlinekeyboardmarkup
"""

import json
from collections.abc import Sequence
from typing import Any

from ..cards import vcard
from ..choices import payload_of
from ..errors import MalformedBody
from ..tame import Node, load
from ..types import Choice, Part

CHOICES = 12  # one below the other; more nobody reads
LABEL = 40  # what a telephone shows in one line
CARD = 2048  # bytes of a card as a file
JSON = "application/json"
# https://core.telegram.org/bots/api#reactiontypeemoji
EMOJI = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 🌚 🌭 💯 "
    "🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 "
    "🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷 😡"
)
REACTIONS = tuple(EMOJI.split())


def keyboard(choices: Sequence[Choice]) -> dict[str, Any]:
    """One answer a row. Its data, at most 64 bytes, is our prefix and the id."""
    return {"inline_keyboard": [[_button(choice)] for choice in choices]}


def _button(choice: Choice) -> dict[str, str]:
    if choice.url:
        return {"text": choice.label, "url": choice.url}
    return {"text": choice.label, "callback_data": payload_of(choice)}


def without_file(part: Part) -> tuple[str, dict[str, Any]]:
    """Method and content of a text, a place or a contact."""
    if place := part.location:
        found = {"latitude": place.latitude, "longitude": place.longitude}
        if not place.name:
            return "sendLocation", found
        named = {"title": place.name, "address": place.address or place.name}
        return "sendVenue", {**found, **named}
    if (card := part.card) and card.phones:
        contact = {"phone_number": card.phones[0], "first_name": card.name}
        more = card.phones[1:] or card.emails or card.organisation
        if more and len(file := vcard(card).encode()) <= CARD:
            contact["vcard"] = file.decode()
        return "sendContact", contact
    return "sendMessage", {"text": part.text, "parse_mode": "HTML"}


def receipt(body: bytes) -> tuple[str, str] | None:
    """The answer to a webhook that brings a pressed button."""
    if b'"callback_query"' not in body:
        return None
    try:
        query = Node(load(body)).node("callback_query").key("id")
    except MalformedBody:
        return None
    if not query:
        return None
    return json.dumps(
        {"method": "answerCallbackQuery", "callback_query_id": query}
    ), JSON
