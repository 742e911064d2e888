"""LINE's own library checks, reads and accepts what we do."""

import base64
import hashlib
import hmac
import json

import pytest
from linebot.v3 import WebhookParser, messaging, webhooks
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.webhooks.models.event import Event
from providers.errors import Unverified
from providers.types import (
    Card,
    Choice,
    Consent,
    Deletion,
    Edit,
    Ignored,
    Kind,
    Location,
    Message,
    Part,
    Request,
    Upload,
)

from tests.unit.providers.golden import SETTINGS, cases, provider
from tests.unit.providers.wire import answer

from .cases import body, names

SECRET = SETTINGS["line"]["channel_secret"]
PARSER = WebhookParser(SECRET)
# what the library does not take for an event of LINE, and why
UNREADABLE = {
    "malformed_items": "items that are no events",
    "event_unknown": "a kind of event that does not exist",
    "message_unknown": "a kind of message that does not exist",
}
NO_EVENTS = {"malformed_body"}
KINDS = {
    webhooks.AudioMessageContent: Kind.AUDIO,
    webhooks.FileMessageContent: Kind.DOCUMENT,
    webhooks.ImageMessageContent: Kind.IMAGE,
    webhooks.LocationMessageContent: Kind.LOCATION,
    webhooks.StickerMessageContent: Kind.STICKER,
    webhooks.TextMessageContent: Kind.TEXT,
    webhooks.VideoMessageContent: Kind.VIDEO,
}


def signed(name):
    """A body as LINE sends it, and its signature."""
    text = json.dumps(body("line", name), ensure_ascii=False)
    digest = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).digest()
    return text, base64.b64encode(digest).decode()


@pytest.mark.parametrize("name", [path.stem for path in cases("line")])
def test_signature(name):
    text, signature = signed(name)
    for change in ("", " "):
        request = Request(
            "POST", "", {"x-line-signature": signature}, {}, (text + change).encode()
        )
        if PARSER.signature_validator.validate(text + change, signature):
            provider("line").verify(request)
        else:
            with pytest.raises(Unverified):
                provider("line").verify(request)
    with pytest.raises(InvalidSignatureError):
        PARSER.parse(text, signature.swapcase())


@pytest.mark.parametrize("name", names("line"))
def test_webhook(name):
    text, signature = signed(name)
    if name in NO_EVENTS | set(UNREADABLE):
        with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
            for event in body("line", name)["events"]:
                Event.from_dict(event)
        return
    events = PARSER.parse(text, signature)
    raws = provider("line").split(text.encode())
    assert [e.webhook_event_id for e in events] == [r.external_id for r in raws]
    for event, raw in zip(events, raws, strict=True):
        if name == "location_wrong" and raw is raws[0]:
            continue  # the library takes a latitude of 91 degrees
        _compare(event, raw, provider("line").parse(raw.payload))


def test_every_exception_is_a_golden_file():
    assert NO_EVENTS | set(UNREADABLE) <= set(names("line"))


def test_every_event_of_the_library_is_read():
    found = [e for name in names("line") for e in body("line", name).get("events", ())]
    ours = {e["type"] for e in found if isinstance(e, dict) and "type" in e}
    assert set(Event._Event__discriminator_value_class_map) <= ours


def _compare(event, raw, ours):
    source = event.source
    chat = getattr(source, "group_id", None) or getattr(source, "room_id", None)
    assert raw.thread == (chat or getattr(source, "user_id", None) or "")
    assert round(raw.occurred_at.timestamp() * 1000) == event.timestamp
    if hasattr(ours, "sender"):
        assert ours.sender.id == (source.user_id or chat)
    if type(event) in SPECIAL:
        assert SPECIAL[type(event)](event, ours)
    else:
        assert not isinstance(ours, Message)


def _message(event, ours):
    content = event.message
    assert type(ours) is Message and ours.kind is KINDS[type(content)]
    assert ours.external_id == content.id
    assert ours.text == (getattr(content, "text", None) or "")
    assert ours.reply_to == (getattr(content, "quoted_message_id", None) or "")
    if isinstance(content, webhooks.LocationMessageContent):
        place = (content.latitude, content.longitude, content.title or "")
        assert (ours.location.latitude, ours.location.longitude) == place[:2]
        assert (ours.location.name, ours.location.address or None) == (
            place[2],
            content.address,
        )
    return _file(content, ours) if ours.media else True


def _file(content, ours):
    (media,) = ours.media
    origin = getattr(content, "content_provider", None)
    if not origin or origin.type == "line":
        assert media.ref == content.id
    elif not media.error:
        assert media.ref == origin.original_content_url
    size = getattr(content, "file_size", None) or 0
    return (media.size or 0) == max(size, 0) and not media.name.startswith(".")


def _edited(event, ours):
    assert type(ours) is Edit and ours.target == event.message.id
    return ours.text == event.message.text


def _unsent(event, ours):
    return type(ours) is Deletion and ours.target == event.unsend.message_id


def _postback(event, ours):
    params = event.postback.params or {}
    if "newRichMenuAliasId" in params:
        return type(ours) is Ignored
    assert ours.kind is Kind.CHOICE
    if ours.choice:
        return ours.choice in event.postback.data
    return ours.text in (event.postback.data, *params.values())


def _follow(event, ours):
    back = event.follow.is_unblocked if event.follow else False
    return type(ours) is (Consent if back else Ignored)


def _unfollow(event, ours):
    return type(ours) is Consent and not ours.allowed


SPECIAL = {
    webhooks.MessageEvent: _message,
    webhooks.MessageEditedEvent: _edited,
    webhooks.UnsendEvent: _unsent,
    webhooks.PostbackEvent: _postback,
    webhooks.FollowEvent: _follow,
    webhooks.UnfollowEvent: _unfollow,
}

# --- what we send -----------------------------------------------------------------

LINK = "https://desk.example/f/1"
PICTURE = Upload("a.png", "image/png", b"x", LINK)
ANSWERS = (Choice("s:1", "Sim"), Choice("s:2", "Não"))
PARTS = {
    "text": (Part("text", "Olá"), None),
    "choices": (Part("text", "Resolveu?", choices=ANSWERS), None),
    "link": (Part("text", "?", choices=(*ANSWERS, Choice("l", "Abrir", LINK))), None),
    "image": (Part("image", "Veja", 0), PICTURE),
    "document": (
        Part("document", "", 0),
        Upload("a.pdf", "application/pdf", b"x", LINK),
    ),
    "location": (Part("location", location=Location(-23.5, -46.6, "Matriz")), None),
    "contact": (Part("contact", card=Card("Ana", ("+551140028922",))), None),
}


@pytest.mark.parametrize("name", PARTS)
def test_message_that_we_send(wire, name):
    part, upload = PARTS[name]
    wire.answers = [answer(200, {"sentMessages": [{"id": "1", "quoteToken": "q"}]})]
    provider("line", wire.url).send(
        part, "U8a4f1c2d3e5b60718293a4b5c6d7e8f9", upload, ""
    )
    (request,) = wire.received
    read = messaging.PushMessageRequest.from_dict(request.json).to_dict()
    assert {name: read.get(name) for name in request.json} == request.json
