"""What a Telegram message holds.

https://core.telegram.org/bots/api#message
"""

from collections.abc import Callable
from dataclasses import dataclass

from ..tame import Node
from ..types import Card, Kind, Location, Media, Note
from . import words

DOWNLOAD_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Content:
    kind: Kind
    text: str = ""  # in place of the message's own text or caption
    media: tuple[Media, ...] = ()
    location: Location | None = None
    cards: tuple[Card, ...] = ()
    notes: tuple[Note, ...] = ()


def read_content(item: Node) -> Content:
    """:raises MalformedEvent: the part that its name promises is missing"""
    for name, reader in _READERS.items():
        if name in item.value:
            return reader(item)
    return _unsupported(item)


def circumstances(item: Node) -> tuple[Note, ...]:
    notes = []
    if origin := item.node("forward_origin"):
        notes.append(Note(words.FORWARDED, {"name": _origin(origin)}))
    if item.node("reply_to_story"):
        notes.append(Note(words.STORY))
    if quote := item.node("quote").name("text"):
        notes.append(Note(words.QUOTED, {"text": quote}))
    return tuple(notes)


def _origin(origin: Node) -> str:
    user, chat = origin.node("sender_user"), origin.node("sender_chat")
    chat = chat or origin.node("chat")
    return full_name(user) or origin.name("sender_user_name") or chat.name("title")


def full_name(user: Node) -> str:
    names = [user.name("first_name"), user.name("last_name")]
    return " ".join(filter(None, names)) or user.name("title")


# --- one function per kind ------------------------------------------------------


def _text(item: Node) -> Content:
    text = item.raw("text")
    if not isinstance(text, str):
        raise item.malformed("text")
    if text.strip() == "/end":
        return Content(Kind.SYSTEM, notes=(Note(words.ENDED),))
    return Content(Kind.TEXT)


def media(kind: Kind, file: Node, mime: str = "", name: str = "") -> Media:
    size = file.size("file_size")
    return Media(
        kind=kind,
        ref=file.need("file_id"),
        mime=file.name("mime_type") or mime,
        name=file.file_name("file_name") or name,
        size=size,
        error=words.TOO_LARGE if too_large(size) else "",
    )


def too_large(size: int | None) -> bool:
    return size is not None and size > DOWNLOAD_LIMIT


def _file(name: str, kind: Kind, mime: str = "") -> Callable[[Node], Content]:
    def read(item: Node) -> Content:
        return Content(kind, media=(media(kind, item.need_node(name), mime),))

    return read


def _photo(item: Node) -> Content:
    """The same picture in several sizes: take the largest."""
    sizes = item.nodes("photo")
    if not sizes:
        raise item.malformed("photo")
    largest = max(sizes, key=lambda s: (s.size("width") or 0) * (s.size("height") or 0))
    found = media(Kind.IMAGE, largest, "image/jpeg")
    return Content(Kind.IMAGE, media=(found,))


def _sticker(item: Node) -> Content:
    """A moving sticker is in a format no browser shows: take its still."""
    sticker = item.need_node("sticker")
    emoji = sticker.name("emoji")
    moving = sticker.flag("is_animated") or sticker.flag("is_video")
    if not moving:
        found = (media(Kind.STICKER, sticker, "image/webp"),)
        return Content(Kind.STICKER, emoji, media=found)
    still = sticker.node("thumbnail") or sticker.node("thumb")
    found = (media(Kind.STICKER, still, ""),) if still else ()
    return Content(Kind.STICKER, emoji, media=found, notes=(Note(words.ANIMATED),))


def _place(item: Node, name: str = "", address: str = "") -> Location:
    return Location(
        item.within("latitude", 90), item.within("longitude", 180), name, address
    )


def _location(item: Node) -> Content:
    place = item.need_node("location")
    live = (Note(words.LIVE_LOCATION),) if place.whole("live_period") else ()
    return Content(Kind.LOCATION, location=_place(place), notes=live)


def _venue(item: Node) -> Content:
    venue = item.need_node("venue")
    name, street = venue.name("title"), venue.text("address")[:255]
    place = _place(venue.need_node("location"), name, street)
    return Content(Kind.LOCATION, location=place)


def _contact(item: Node) -> Content:
    contact = item.need_node("contact")
    phone = contact.name("phone_number")
    card = Card(full_name(contact) or phone or "?", tuple(filter(None, [phone])))
    return Content(Kind.CONTACT, cards=(card,))


def _dice(item: Node) -> Content:
    dice = item.node("dice")
    value = dice.size("value")
    return Content(Kind.TEXT, f"{dice.name('emoji')} {'' if value is None else value}")


def _unsupported(item: Node) -> Content:
    """All that is not in the list, and all that Telegram will invent: named by
    the one field that is not part of every message."""
    name = next((k for k in item.value if k not in _FRAME), "?")
    note = Note(words.UNSUPPORTED, {"type": str(name)[:100]})
    return Content(Kind.UNSUPPORTED, notes=(note,))


# venue before location, animation before document: such a message has both
_READERS: dict[str, Callable[[Node], Content]] = {
    "text": _text,
    "photo": _photo,
    "sticker": _sticker,
    "voice": _file("voice", Kind.VOICE, "audio/ogg"),
    "audio": _file("audio", Kind.AUDIO, "audio/mpeg"),
    "animation": _file("animation", Kind.VIDEO, "video/mp4"),
    "video_note": _file("video_note", Kind.VIDEO, "video/mp4"),
    "video": _file("video", Kind.VIDEO, "video/mp4"),
    "document": _file("document", Kind.DOCUMENT),
    "venue": _venue,
    "location": _location,
    "contact": _contact,
    "dice": _dice,
}
_FRAME_FIELDS = """
message_id message_thread_id direct_messages_topic from sender_chat date chat
sender_boost_count sender_business_bot sender_tag business_connection_id
forward_origin is_topic_message is_automatic_forward reply_to_message
external_reply quote reply_to_story reply_to_checklist_task_id via_bot edit_date
has_protected_content is_from_offline is_paid_post media_group_id caption
author_signature paid_star_count entities link_preview_options effect_id
caption_entities show_caption_above_media has_media_spoiler reply_markup
"""
_FRAME = frozenset(_FRAME_FIELDS.split())
# what happens to a chat rather than in it
_SERVICE_FIELDS = """
new_chat_members left_chat_member new_chat_title new_chat_photo
delete_chat_photo group_chat_created supergroup_chat_created
channel_chat_created message_auto_delete_timer_changed migrate_to_chat_id
migrate_from_chat_id pinned_message forum_topic_created forum_topic_edited
forum_topic_closed forum_topic_reopened general_forum_topic_hidden
general_forum_topic_unhidden video_chat_scheduled video_chat_started
video_chat_ended video_chat_participants_invited write_access_allowed
chat_background_set boost_added connected_website chat_owner_left
chat_owner_changed
"""
SERVICE = frozenset(_SERVICE_FIELDS.split())
