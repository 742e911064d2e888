"""Telegram's objects: user, chat, message and file.

https://core.telegram.org/bots/api#available-types
"""

import io
from typing import Any

from PIL import Image, UnidentifiedImageError

from ..accounts import TelegramAccount
from ..media import MediaStore
from ..messages import Conversation, Media, Message
from ..people import Customer

#: Widths of the sizes that Telegram makes of a photo, smallest first.
PHOTO_WIDTHS = (90, 320, 800, 1280)


def user(customer: Customer) -> dict[str, Any]:
    result = {
        "id": customer.telegram_id,
        "is_bot": False,
        "first_name": customer.first_name,
        "language_code": customer.language,
    }
    if customer.last_name:
        result["last_name"] = customer.last_name
    if customer.username:
        result["username"] = customer.username
    return result


def bot(account: TelegramAccount) -> dict[str, Any]:
    return {
        "id": int(account.id),
        "is_bot": True,
        "first_name": account.name,
        "username": account.username,
    }


def chat(customer: Customer) -> dict[str, Any]:
    result = {k: v for k, v in user(customer).items() if k.endswith("name")}
    return {"id": customer.telegram_id, **result, "type": "private"}


def message(
    account: TelegramAccount,
    customer: Customer,
    conversation: Conversation,
    said: Message,
    media: MediaStore,
    *,
    with_quote: bool = True,
) -> dict[str, Any]:
    """A Message as the Bot API shows it, to the bot or as a webhook."""
    incoming = said.direction == "in"
    result: dict[str, Any] = {
        "message_id": int(said.id),
        "from": user(customer) if incoming else bot(account),
        "chat": chat(customer),
        "date": int(said.time),
        **content(said, media),
    }
    quoted = conversation.find(said.reply_to) if said.reply_to else None
    if quoted and with_quote:
        # Telegram does not nest: a quote shows no further quote
        result["reply_to_message"] = message(
            account, customer, conversation, quoted, media, with_quote=False
        )
    if markup := said.extra.get("reply_markup"):
        result["reply_markup"] = markup
    if album := said.extra.get("media_group_id"):
        result["media_group_id"] = album
    return result


def content(said: Message, media: MediaStore) -> dict[str, Any]:
    """The part of a message that depends on its kind."""
    entities = said.extra.get("entities") or []
    if said.media:
        body = {said_key(said.kind): file_object(said, media)}
        if said.text:
            body["caption"] = said.text
            if entities:
                body["caption_entities"] = entities
        return body
    if said.kind == "location":
        return _place(said.extra["location"])
    if said.kind == "contact":
        return {"contact": _card(said.extra["contacts"][0])}
    if said.kind != "text":
        # a kind that the sandbox has no words for: dice, poll, story, ...
        return {said.kind: said.extra.get("content") or {}}
    body = {"text": said.text}
    return body | ({"entities": entities} if entities else {})


def said_key(kind: str) -> str:
    return "photo" if kind == "image" else kind


def _place(location: dict) -> dict[str, Any]:
    point = {k: location[k] for k in ("latitude", "longitude")}
    if not location.get("name"):
        return {"location": point}
    venue = {"location": point, "title": location["name"]}
    return {"venue": venue | {"address": location["address"]}, "location": point}


def _card(contact: dict) -> dict[str, Any]:
    name = contact.get("name") or {}
    phone = next(iter(contact.get("phones") or []), {}).get("phone", "")
    card = {"phone_number": phone, "first_name": name.get("first_name", "")}
    return card | ({"last_name": name["last_name"]} if name.get("last_name") else {})


def file_object(said: Message, media: MediaStore) -> Any:
    """PhotoSize list, Document, Voice, ... for the message's file."""
    assert said.media is not None
    base = identity(said.media)
    builder = _FILES.get(said.kind)
    if said.kind == "image":
        return photo_sizes(said.media, media)
    return base | (builder(said.media) if builder else {})


def identity(media: Media) -> dict[str, Any]:
    return {
        "file_id": media.id,
        "file_unique_id": "AQAD" + media.sha256[:12],
        "file_size": len(media.content),
    }


def _named(media: Media) -> dict[str, Any]:
    return {"file_name": media.name, "mime_type": media.mime.split(";")[0]}


def _voice(media: Media) -> dict[str, Any]:
    return {"duration": 6, "mime_type": media.mime.split(";")[0]}


def _video(media: Media) -> dict[str, Any]:
    return {"width": 640, "height": 400, "duration": 3, **_named(media)}


def _sticker(_media: Media) -> dict[str, Any]:
    return {
        "width": 512,
        "height": 512,
        "type": "regular",
        "is_animated": False,
        "is_video": False,
        "emoji": "🙏",
    }


_FILES = {
    "document": _named,
    "voice": _voice,
    "audio": lambda media: {"duration": 2, **_named(media)},
    "video": _video,
    "sticker": _sticker,
}


def photo_sizes(photo: Media, media: MediaStore) -> list[dict[str, Any]]:
    """Thumbnails first, the largest last, each a file of its own."""
    if photo.id not in media.sizes:
        media.sizes[photo.id] = _made_sizes(photo, media)
    return media.sizes[photo.id]


def _made_sizes(photo: Media, media: MediaStore) -> list[dict[str, Any]]:
    try:
        picture = Image.open(io.BytesIO(photo.content))
        picture.load()
    except (UnidentifiedImageError, OSError):
        return [identity(photo) | {"width": 1, "height": 1}]
    sizes = [
        _shrunk(photo, picture, width, media)
        for width in PHOTO_WIDTHS
        if width < picture.width
    ]
    full = {"width": picture.width, "height": picture.height}
    return [*sizes, identity(photo) | full]


def _shrunk(
    photo: Media, picture: Image.Image, width: int, media: MediaStore
) -> dict[str, Any]:
    height = max(1, round(picture.height * width / picture.width))
    buffer = io.BytesIO()
    picture.convert("RGB").resize((width, height)).save(buffer, "JPEG", quality=70)
    small = media.add(photo.account_key, buffer.getvalue(), "image/jpeg", photo.name)
    return identity(small) | {"width": width, "height": height}
