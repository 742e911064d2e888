"""Understands one event of Twilio.

https://www.twilio.com/docs/messaging/guides/webhook-request
https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
"""

from datetime import datetime, timezone
from html import escape
from typing import Any

from ..choices import choice_of
from ..phone import e164
from ..tame import Node
from ..types import (
    Consent,
    Event,
    Ignored,
    Kind,
    Location,
    Media,
    Message,
    Note,
    Person,
    Status,
    StatusUpdate,
)
from . import consent, faults, words
from .envelope import number, status_of

MOST_FILES = 10
STATES = {
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "failed": Status.FAILED,
    "undelivered": Status.FAILED,
    "canceled": Status.FAILED,
}
FAMILIES = {"image": Kind.IMAGE, "audio": Kind.AUDIO, "video": Kind.VIDEO}
EXACT = {"audio/ogg": Kind.VOICE, "image/webp": Kind.STICKER}


def parse(payload: dict[str, Any], rich: bool = False) -> Event:
    """
    :param rich: WhatsApp, where files have finer kinds
    :raises MalformedEvent: no sender, no id
    """
    wrapper = Node(payload)
    values = wrapper.node("form").value
    form = Node({k: v for k, v in values.items() if isinstance(v, str)}, "form")
    what = wrapper.key("what")
    if what == "status":
        return _status(form, wrapper.need("id"))
    if what == "consent":
        return _consent(form, wrapper.need("id"))
    return _message(form, rich)


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _person(form: Node) -> Person:
    form.need("From")
    address = number(form.text("From"))
    return Person(id=address, name=form.name("ProfileName"), phone=e164(address))


def _message(form: Node, rich: bool) -> Message:
    sender = _person(form)
    files = _files(form, rich)
    location = _location(form)
    text = form.text("ButtonText") or form.text("ListTitle") or form.text("Body")
    tapped = form.key("ButtonPayload") or form.key("ListId")
    sid = form.key("MessageSid") or form.key("SmsMessageSid") or form.need("SmsSid")
    kind = _kind(form, files, location, text, tapped)
    return Message(
        external_id=sid,
        thread=sender.id,
        sender=sender,
        occurred_at=_now(),
        kind=kind,
        text=text,
        html=escape(text).replace("\n", "<br>"),
        media=files,
        location=location,
        reply_to=form.key("OriginalRepliedMessageSid"),
        notes=tuple(_notes(form, kind)),
        choice=choice_of(tapped),
    )


def _kind(form, files, location, text, tapped) -> Kind:
    if tapped or form.text("ButtonText"):
        return Kind.CHOICE
    if files:
        return files[0].kind
    if location:
        return Kind.LOCATION
    return Kind.TEXT if text or not _named(form) else Kind.UNSUPPORTED


def _named(form: Node) -> str:
    """What Twilio calls a message that has nothing we know."""
    named = form.key("MessageType").lower()
    return "" if named in ("text", "") else named


def _notes(form: Node, kind: Kind):
    if kind is Kind.UNSUPPORTED:
        yield Note(words.UNSUPPORTED, {"type": _named(form)})
    if form.text("FrequentlyForwarded").lower() == "true":
        yield Note(words.OFTEN_FORWARDED)
    elif form.text("Forwarded").lower() == "true":
        yield Note(words.FORWARDED)
    title = form.name("ReferralHeadline") or form.name("ReferralSourceUrl")
    if title:
        yield Note(words.FROM_AD, {"title": title})
    if consent.asks_help(form.value):
        yield Note(words.ASKS_HELP)


def _files(form: Node, rich: bool) -> tuple[Media, ...]:
    count = form.text("NumMedia").strip()
    count = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0
    return tuple(_file(form, index, rich) for index in range(min(count, MOST_FILES)))


def _file(form: Node, index: int, rich: bool) -> Media:
    url = form.text(f"MediaUrl{index}").strip()
    mime = form.name(f"MediaContentType{index}").partition(";")[0].lower()
    kind = FAMILIES.get(mime.partition("/")[0], Kind.DOCUMENT)
    kind = EXACT.get(mime, kind) if rich else kind
    known = url.startswith(("https://", "http://"))
    return Media(kind, url if known else "", mime, error="" if known else words.NO_FILE)


def _location(form: Node) -> Location | None:
    try:
        latitude = float(form.text("Latitude")[:30])
        longitude = float(form.text("Longitude")[:30])
    except ValueError:
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return Location(latitude, longitude, form.name("Label"), form.name("Address"))


def _status(form: Node, identity: str) -> Event:
    state = status_of(form.value)
    status = STATES.get(state)
    if status is None:  # queued, sending: we know as much
        return Ignored(identity, f"State: {state}")
    sid = form.key("MessageSid") or form.need("SmsSid")
    code = form.key("ErrorCode")
    failure = faults.of_code(code) if status is Status.FAILED else None
    return StatusUpdate(
        external_id=sid,
        status=status,
        occurred_at=_now(),
        code=code,
        text=failure.text if failure else "",
        window_closed=bool(failure and failure.window_closed),
        details=form.name("ErrorMessage") if failure else "",
        alarm=bool(failure and failure.alarm),
    )


def _consent(form: Node, identity: str) -> Event:
    allowed = consent.allowed(form.value)
    if allowed is None:
        return Ignored(identity, "No wish")
    sender = _person(form)
    word = form.name("Body") or form.name("OptOutType")
    reason = Note(words.STARTED if allowed else words.STOPPED, {"word": word})
    return Consent(identity, sender.id, sender, _now(), allowed, reason)
