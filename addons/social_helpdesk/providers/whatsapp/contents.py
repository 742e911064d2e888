"""What a WhatsApp message holds, by its type.

https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/messages
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from ..choices import choice_of
from ..errors import MalformedBody
from ..tame import Node, load
from ..types import Card, Kind, Location, Media, Note
from . import faults, words

LINK = ' target="_blank" rel="noopener noreferrer"'
FILES = {
    "image": Kind.IMAGE,
    "audio": Kind.AUDIO,
    "video": Kind.VIDEO,
    "document": Kind.DOCUMENT,
    "sticker": Kind.STICKER,
}
TITLE_LENGTH = 255


@dataclass(frozen=True, slots=True)
class Content:
    kind: Kind
    text: str = ""
    media: tuple[Media, ...] = ()
    location: Location | None = None
    cards: tuple[Card, ...] = ()
    notes: tuple[Note, ...] = ()
    choice: str = ""  # the id of ours that was tapped


def read_content(item: Node) -> Content:
    """
    :param item: a message; an edit's new content has the same shape
    :raises MalformedEvent: the part that its type promises is missing
    """
    kind = item.text("type")
    if kind in FILES:
        return _file(item, kind)
    return _READERS.get(kind, _unsupported)(item)


def circumstances(item: Node) -> tuple[Note, ...]:
    """What is to be said about a message beside its content."""
    context, referral = item.node("context"), item.node("referral")
    product = context.node("referred_product")
    notes = []
    if context.flag("frequently_forwarded"):
        notes.append(Note(words.FORWARDED_OFTEN))
    elif context.flag("forwarded"):
        notes.append(Note(words.FORWARDED))
    if product:
        values = {
            "product": product.name("product_retailer_id"),
            "catalog": product.name("catalog_id"),
        }
        notes.append(Note(words.PRODUCT, values))
    if referral:
        title = referral.name("headline") or referral.name("body")
        url = referral.text("source_url")[:500]
        notes.append(Note(words.ADVERTISEMENT, {"title": title, "url": url}))
    return tuple(notes)


# --- one function per type ------------------------------------------------------


def _text(item: Node) -> Content:
    body = item.need_node("text").raw("body")
    if not isinstance(body, str):
        raise item.node("text").malformed("body")
    return Content(Kind.TEXT, body)


def _file(item: Node, name: str) -> Content:
    file = item.node(name)
    kind = Kind.VOICE if name == "audio" and file.flag("voice") else FILES[name]
    error = next(iter(item.nodes("errors")), None)
    if not file and not error:
        raise item.malformed(name)
    media = Media(
        kind=kind,
        # an edited caption comes without the file, which has not changed
        ref=file.key("id"),
        mime=file.name("mime_type"),
        name=file.file_name("filename"),
        size=file.size("file_size"),
        error=faults.details(error) or words.MEDIA_FAILED if error else "",
    )
    notes = [Note(words.MEDIA_FAILED)] if error else []
    if file.flag("animated"):
        notes.append(Note(words.ANIMATED))
    found = (media,) if media.ref or error else ()
    return Content(kind, file.text("caption"), found, notes=tuple(notes))


def _location(item: Node) -> Content:
    place = item.need_node("location")
    found = Location(
        latitude=place.within("latitude", 90),
        longitude=place.within("longitude", 180),
        name=place.text("name")[:TITLE_LENGTH],
        address=place.text("address")[:TITLE_LENGTH],
        url=place.text("url")[:2000],
    )
    return Content(Kind.LOCATION, location=found)


def _contacts(item: Node) -> Content:
    cards = tuple(_card(contact) for contact in item.nodes("contacts"))
    if not cards:
        raise item.malformed("contacts")
    return Content(Kind.CONTACT, cards=cards)


def _card(contact: Node) -> Card:
    name, phones = contact.node("name"), contact.nodes("phones")
    shown = name.name("formatted_name") or " ".join(
        filter(None, [name.name("first_name"), name.name("last_name")])
    )
    numbers = tuple(filter(None, (p.name("phone") or p.key("wa_id") for p in phones)))
    emails = tuple(filter(None, (e.name("email") for e in contact.nodes("emails"))))
    organisation = contact.node("org").name("company")
    return Card(shown or next(iter(numbers), "?"), numbers, emails, organisation)


def _button(item: Node) -> Content:
    """A quick reply of a template."""
    button = item.need_node("button")
    text, payload = button.text("text"), button.text("payload")
    if not (text or payload):
        raise button.malformed("text")
    return Content(Kind.CHOICE, text or payload, notes=_value(payload, text))


def _value(payload: str, text: str) -> tuple[Note, ...]:
    if not payload or payload == text:
        return ()
    return (Note(words.BUTTON_VALUE, {"value": payload[:200]}),)


def _interactive(item: Node) -> Content:
    interactive = item.need_node("interactive")
    kind = interactive.text("type")
    if kind == "nfm_reply":
        return _form(interactive.node("nfm_reply"))
    reply = interactive.node(kind)
    if kind not in ("button_reply", "list_reply") or not reply:
        return _unsupported(Node({"type": f"interactive {kind}"[:100]}))
    lines = [reply.text("title"), reply.text("description")]
    text = "\n".join(filter(None, lines)) or reply.key("id")
    tapped = choice_of(reply.text("id"))
    notes = () if tapped else _value(reply.key("id"), text)
    return Content(Kind.CHOICE, text, notes=notes, choice=tapped)


def _form(reply: Node) -> Content:
    """The answers of a flow: JSON inside of a text."""
    try:
        answers = load(reply.text("response_json").encode())
    except MalformedBody:
        answers = {}
    answers.pop("flow_token", None)
    lines = [f"{name}: {_answer(value)}" for name, value in answers.items()]
    text = "\n".join(lines) or reply.text("body")
    return Content(Kind.CHOICE, text, notes=(Note(words.FORM),))


def _answer(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _order(item: Node) -> Content:
    order = item.need_node("order")
    lines = [order.text("text")]
    for product in order.nodes("product_items"):
        amount, price = (_amount(product.raw(n)) for n in ("quantity", "item_price"))
        name = product.key("product_retailer_id")
        lines.append(f"{amount} × {name} ({price} {product.name('currency')})")
    text = "\n".join(filter(None, lines))
    return Content(Kind.TEXT, text, notes=(Note(words.ORDER),))


def _amount(value: object) -> str:
    return str(value)[:20] if type(value) in (int, float, str) else "?"


def _system(item: Node) -> Content:
    return Content(Kind.SYSTEM, item.node("system").text("body"))


def _ephemeral(item: Node) -> Content:
    return Content(Kind.UNSUPPORTED, notes=(Note(words.DISAPPEARING),))


def _unsupported(item: Node) -> Content:
    """All that WhatsApp does not hand out, and all that it will invent."""
    error = next(iter(item.nodes("errors")), Node({}))
    if error.whole("code") == 131060:
        return Content(Kind.UNSUPPORTED, notes=(Note(words.UNAVAILABLE),))
    kind = item.node("unsupported").name("type") or item.name("type") or "?"
    note = Note(words.UNSUPPORTED, {"type": kind})
    return Content(Kind.UNSUPPORTED, notes=(note,))


_READERS: dict[str, Callable[[Node], Content]] = {
    "text": _text,
    "location": _location,
    "contacts": _contacts,
    "button": _button,
    "interactive": _interactive,
    "order": _order,
    "system": _system,
    "ephemeral": _ephemeral,
}
