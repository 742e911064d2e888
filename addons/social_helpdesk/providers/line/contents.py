"""What a message of LINE holds.

https://developers.line.biz/en/reference/messaging-api/#message-event
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..tame import Node, text
from ..text import one_line
from ..types import Kind, Location, Media, Note
from . import words

WEB = ("https://", "http://")
FILES = {
    "image": Kind.IMAGE,
    "video": Kind.VIDEO,
    "audio": Kind.AUDIO,
    "file": Kind.DOCUMENT,
}


@dataclass(frozen=True, slots=True)
class Content:
    kind: Kind
    text: str = ""
    media: tuple[Media, ...] = ()
    location: Location | None = None
    notes: tuple[Note, ...] = ()


def read_content(message: Node) -> Content:
    """What is in it; an unknown kind by its name."""
    kind = message.text("type")
    if kind in FILES:
        return _file(message, FILES[kind])
    return _READERS.get(kind, _unsupported)(message)


def _text(message: Node) -> Content:
    """LINE's own emoji stand in the text as words: "(brown)"."""
    return Content(Kind.TEXT, message.text("text"), notes=tuple(_mentions(message)))


def _mentions(message: Node) -> Iterator[Note]:
    mentioned = message.node("mention").nodes("mentionees")
    if any(one.flag("isSelf") for one in mentioned):
        yield Note(words.MENTIONS_US)
    if any(one.text("type") == "all" for one in mentioned):
        yield Note(words.MENTIONS_ALL)


def _file(message: Node, kind: Kind) -> Content:
    """A file at LINE goes by the message's id, one of a bot by its address."""
    provider, error = message.node("contentProvider"), ""
    ref = message.need("id")
    if provider.text("type") == "external":
        url = provider.text("originalContentUrl")
        ref = url if url.startswith(WEB) and len(url) <= 2000 else ""
        error = "" if ref else words.NO_ADDRESS
    name, size = message.file_name("fileName"), message.size("fileSize")
    media = Media(kind, ref, name=name, size=size, error=error)
    return Content(kind, media=(media,), notes=tuple(_album(message)))


def _album(message: Node) -> Iterator[Note]:
    several = message.node("imageSet")
    index, total = several.size("index"), several.size("total")
    if index and total:
        yield Note(words.PICTURE_OF, {"index": str(index), "total": str(total)})


def _location(message: Node) -> Content:
    place = Location(
        message.within("latitude", 90),
        message.within("longitude", 180),
        name=message.name("title"),
        address=message.name("address"),
    )
    return Content(Kind.LOCATION, location=place)


def _sticker(message: Node) -> Content:
    """LINE describes no address of its picture; keywords say what it shows."""
    given = message.raw("keywords")
    given = given if isinstance(given, list) else []
    keywords = [word for word in (one_line(text(v)) for v in given[:15]) if word]
    numbers = {
        "sticker": message.key("stickerId") or "?",
        "package": message.key("packageId") or "?",
    }
    note = Note(words.STICKER_NUMBER, numbers)
    if keywords:
        note = Note(words.STICKER, {"keywords": ", ".join(keywords)[:500]})
    return Content(Kind.STICKER, message.text("text"), notes=(note,))


def _unsupported(message: Node) -> Content:
    kind = message.name("type") or "?"
    return Content(
        Kind.UNSUPPORTED,
        message.text("text"),
        notes=(Note(words.UNSUPPORTED, {"type": kind}),),
    )


_READERS: dict[str, Callable[[Node], Content]] = {
    "text": _text,
    "location": _location,
    "sticker": _sticker,
}
