"""Who may speak for LINE, and what of a body becomes an event."""

import base64
import hashlib
import hmac
import json
import time

import pytest
from providers.errors import MalformedBody, Unverified
from providers.types import Choice, Consent, Ignored, Message, Request

from .golden import SETTINGS, provider

SECRET = SETTINGS["line"]["channel_secret"]
USER = "U8a4f1c2d3e5b60718293a4b5c6d7e8f9"
BODY = '{"destination":"U0","events":[],"x":"Olá 😊"}'.encode()


def _signature(body=BODY, secret=SECRET):
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _request(signature=None, body=BODY):
    headers = {} if signature is None else {"x-line-signature": signature}
    return Request("POST", "https://desk.example/", headers, {}, body)


def _event(**more):
    event = {
        "type": "message",
        "webhookEventId": "01JABCDEF",
        "timestamp": 1751371200123,
        "source": {"type": "user", "userId": USER},
        "message": {"type": "text", "id": "468789577898262530", "text": "Oi"},
        "deliveryContext": {"isRedelivery": False},
        "mode": "active",
    }
    return {**event, **more}


def _split(*events):
    return provider("line").split(json.dumps({"events": events}).encode())


# --- signature ------------------------------------------------------------------


def test_the_right_signature():
    provider("line").verify(_request(_signature()))


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "x",
        "é" * 44,
        _signature(secret="another"),
        _signature(BODY + b" "),
        _signature().lower(),
        hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest(),
    ],
)
def test_a_wrong_or_missing_signature(signature):
    with pytest.raises(Unverified):
        provider("line").verify(_request(signature))


@pytest.mark.parametrize("secret", ["", "  "])
def test_without_a_secret_nothing_is_let_through(secret):
    with pytest.raises(Unverified):
        provider("line", channel_secret=secret).verify(_request(_signature(secret="")))


def test_there_is_no_handshake():
    with pytest.raises(Unverified):
        provider("line").handshake(_request(_signature()))


# --- events ---------------------------------------------------------------------


def test_verification_brings_nothing():
    assert _split() == []


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"events": {}}', b"x", b"\xff"])
def test_no_body_of_line(body):
    with pytest.raises(MalformedBody):
        provider("line").split(body)


def test_a_redelivery_has_the_same_ids():
    again = _event(deliveryContext={"isRedelivery": True}, replyToken="other")
    ((first,), (second,)) = _split(_event()), _split(again)
    assert first.external_id == second.external_id == "01JABCDEF"
    both = [provider("line").parse(raw.payload) for raw in (first, second)]
    assert both[0] == both[1]


def test_a_redelivery_without_an_id_has_the_same_digest():
    again = _event(
        deliveryContext={"isRedelivery": True}, replyToken="o", webhookEventId=None
    )
    (first,), (second,) = _split(_event(webhookEventId=None)), _split(again)
    assert first.external_id == second.external_id


def test_messages_of_one_second_keep_their_order():
    late, early = _split(_event(timestamp=1751371200900), _event())
    assert late.occurred_at > early.occurred_at


def test_an_unsent_message_is_found_by_its_id():
    adapter = provider("line")
    message, deletion = [
        adapter.parse(raw.payload)
        for raw in _split(
            _event(),
            _event(
                type="unsend",
                webhookEventId="01JABCDEG",
                unsend={"messageId": "468789577898262530"},
            ),
        )
    ]
    assert deletion.target == message.external_id
    assert deletion.external_id != message.external_id


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ({"type": "unfollow"}, Consent),
        ({"type": "follow", "follow": {"isUnblocked": True}}, Consent),
        ({"type": "follow", "follow": {"isUnblocked": False}}, Ignored),
        ({"type": "follow"}, Ignored),
        ({"type": "message"}, Message),
    ],
)
def test_what_opens_a_ticket_and_what_does_not(event, kind):
    (raw,) = _split(_event(**event))
    assert type(provider("line").parse(raw.payload)) is kind


@pytest.mark.parametrize("label", ["Sim", "Não, obrigado", "100% & mais", "😊" * 20])
def test_a_tapped_choice_comes_back(label):
    from providers.line.outgoing import tap

    action = tap(Choice("survey:12:nota_5-a", label))
    assert len(action["data"]) <= 300
    (raw,) = _split(_event(type="postback", postback={"data": action["data"]}))
    message = provider("line").parse(raw.payload)
    assert (message.choice, message.text) == ("survey:12:nota_5-a", label)


def test_a_thousand_events_are_cut_quickly():
    events = [_event(webhookEventId=f"01J{n}") for n in range(1000)]
    body = json.dumps({"events": events}).encode()
    start = time.monotonic()
    raws = provider("line").split(body)
    assert len({raw.external_id for raw in raws}) == 1000
    assert time.monotonic() - start < 1


# --- tokens -----------------------------------------------------------------------

TOKENS = {"replyToken": "r" * 32}
MESSAGE = {
    "type": "text",
    "id": "468789577898262530",
    "text": "Oi",
    "quoteToken": "q" * 130,
    "markAsReadToken": "m" * 300,
}


def test_tokens_stand_apart_from_what_people_see():
    (raw,) = _split(_event(**TOKENS, message=MESSAGE))
    assert raw.tokens == {"reply": "r" * 32, "quote": "q" * 130, "read": "m" * 300}
    seen = json.dumps(raw.payload) + repr(raw)
    assert not any(token in seen for token in raw.tokens.values())
    assert raw.payload["event"]["message"]["text"] == "Oi"


@pytest.mark.parametrize("odd", [None, 7, "", "x" * 2001, ["x"], {"a": 1}])
def test_what_is_no_token_is_none(odd):
    message = {**MESSAGE, "quoteToken": odd, "markAsReadToken": odd}
    (raw,) = _split(_event(replyToken=odd, message=message))
    assert raw.tokens == {}
    assert "replyToken" not in raw.payload["event"]


def test_a_token_makes_no_other_event():
    events = [_event(replyToken=token) for token in "ab"]
    for event in events:
        del event["webhookEventId"]
    first, second = _split(*events)
    assert first.external_id == second.external_id
