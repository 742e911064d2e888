"""A contact card, on every channel."""

import pytest
from providers.cards import as_html, vcard
from providers.types import Card, Part

from .golden import CODES, provider
from .wire import Wire, answer

CARD = Card(
    "Ana & Filhos", ("+5541999990000", "+554130000000"), ("a@b.example",), "ACME"
)
THREADS = {"x": "dm:1-2"}


def test_as_text():
    assert as_html(CARD) == (
        "<p>Ana &amp; Filhos<br/>ACME<br/>+5541999990000<br/>+554130000000<br/>"
        "a@b.example</p>"
    )


def test_as_a_file():
    assert vcard(Card("A;B,\\C\nEND:VCARD", ("+55",), ("x@y.example",), "Z")) == (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;A\\;B\\,\\\\C END:VCARD;;;\r\n"
        "FN:A\\;B\\,\\\\C END:VCARD\r\nORG:Z\r\nTEL:+55\r\nEMAIL:x@y.example\r\n"
        "END:VCARD\r\n"
    )


@pytest.mark.parametrize("code", [c for c in CODES if c != "feed"])
def test_every_channel_sends_a_card(code):
    (part,) = provider(code).contact(CARD, "m1", THREADS.get(code, ""))
    if "contact" in provider(code).shows:
        assert part == Part("contact", reply_to="m1", card=CARD)
    else:
        assert part.kind == "text"
        assert "+5541999990000" in part.text and "a@b.example" in part.text


def test_which_channels_show_it_as_one():
    shown = {code for code in CODES if "contact" in provider(code).shows}
    assert shown == {"whatsapp", "telegram", "program"}


@pytest.mark.parametrize("code", ["whatsapp", "telegram", "program"])
def test_without_a_number_nobody_can_call_it_is_a_text(code):
    (part,) = provider(code).contact(Card("Ana", (), ("a@b.example",)))
    assert (part.kind, part.card) == ("text", None)


@pytest.mark.parametrize(
    ("card", "more"), [(CARD, True), (Card("Ana", ("+55",)), False)]
)
def test_telegram_takes_the_rest_as_a_file(card, more):
    wire = Wire()
    sent = {"message_id": 1, "chat": {"id": 5}}
    wire.answers = [answer(200, {"ok": True, "result": sent})]
    provider("telegram", wire.url).send(Part("contact", card=card), "5", None, "")
    wire.close()
    request = wire.received[0].json
    assert request["phone_number"] == card.phones[0]
    assert request.get("vcard") == (vcard(card) if more else None)
