"""What a direct message holds besides its text.

https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ...choices import choice_of
from ...tame import Node
from ...types import Kind, Location, Media, Note
from . import words

FILES = {
    "image": Kind.IMAGE,
    "audio": Kind.AUDIO,
    "video": Kind.VIDEO,
    "file": Kind.DOCUMENT,
}
# shown by a link: what stands behind it is somebody else's post
SHARES = (
    *("share", "fallback", "post", "reel", "link"),
    *("ig_reel", "ig_post", "ig_story"),
)
# what our own buttons carry: other programs of the business have buttons too
WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Content:
    kind: Kind
    media: tuple[Media, ...] = ()
    location: Location | None = None
    notes: tuple[Note, ...] = ()


def read_content(message: Node) -> Content:
    """Everything that is attached, in its order; unknown kinds by their name."""
    media, notes, location = [], [], None
    for attachment in message.nodes("attachments"):
        kind, payload = attachment.text("type"), attachment.node("payload")
        if kind in FILES and _url(payload):
            media.append(_media(kind, payload))
        elif kind == "location":
            location = _location(attachment, payload) or location
            notes += [] if location else [_shared(words.LOCATION, attachment, payload)]
        elif kind == "story_mention":
            notes.append(Note(words.STORY_MENTION, {"url": _url(payload)[:1000]}))
        elif kind in SHARES:
            notes.append(_shared(words.SHARED, attachment, payload))
        else:
            notes.append(_unsupported(attachment))
    if not media and not notes and message.flag("is_unsupported"):
        notes.append(Note(words.UNSUPPORTED, {"type": "?"}))
    kind = _kind(message, media, location, notes)
    return Content(kind, tuple(media), location, tuple(notes))


def _kind(message: Node, media: list, location: Location | None, notes: list) -> Kind:
    if media:
        return media[0].kind
    if location:
        return Kind.LOCATION
    unsupported = any(n.text in (words.UNSUPPORTED, words.VANISHES) for n in notes)
    return Kind.UNSUPPORTED if unsupported and not message.text("text") else Kind.TEXT


def _url(payload: Node) -> str:
    url = payload.text("url")
    return url if url.startswith(WEB) else ""


def _media(kind: str, payload: Node) -> Media:
    found = Kind.STICKER if payload.key("sticker_id") else FILES[kind]
    return Media(found, _url(payload), name=payload.file_name("title"))


def _location(attachment: Node, payload: Node) -> Location | None:
    place = payload.node("coordinates")
    if type(place.raw("lat")) not in (int, float):
        return None
    return Location(
        place.within("lat", 90),
        place.within("long", 180),
        name=attachment.name("title"),
        url=attachment.text("url") if attachment.text("url").startswith(WEB) else "",
    )


def _shared(text: str, attachment: Node, payload: Node) -> Note:
    url = _url(payload) or _url(attachment)
    title = payload.name("title") or attachment.name("title")
    return Note(text, {"title": title, "url": url[:1000]})


def _unsupported(attachment: Node) -> Note:
    kind = attachment.name("type") or "?"
    if kind == "ephemeral":
        return Note(words.VANISHES)
    return Note(words.UNSUPPORTED, {"type": kind})


def circumstances(item: Node, message: Node) -> Iterator[Note]:
    """Where a customer came from, and what the button that he pressed stands for.

    https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_referrals
    """
    reply_to = message.node("reply_to")
    if story := reply_to.node("story"):
        url = story.text("url")
        shown = url if url.startswith(WEB) else ""
        yield Note(words.STORY_REPLY, {"url": shown[:1000]})
    referral = message.node("referral") or item.node("referral")
    advertisement = referral.node("ads_context_data")
    if title := advertisement.name("ad_title"):
        url = advertisement.text("photo_url") or advertisement.text("video_url")
        yield Note(words.ADVERTISEMENT, {"title": title, "url": url[:500]})
    elif ref := referral.name("ref"):
        yield Note(words.REFERRED, {"ref": ref})
    if product := referral.node("product").key("id"):
        yield Note(words.PRODUCT, {"id": product})
    value = message.node("quick_reply").name("payload") or message.name("payload")
    if (
        value
        and not choice_of(value)
        and value != (message.text("text") or message.text("title"))
    ):
        yield Note(words.BUTTON_VALUE, {"value": value})
