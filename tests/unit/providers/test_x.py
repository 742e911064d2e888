"""X: who may speak, what is sent, and what its answers mean."""

import base64
import calendar
import hashlib
import hmac
import json
import time
from urllib.parse import parse_qs

import pytest
from providers.errors import Refused, RetryLater, Uncertain, Unverified
from providers.types import File, Kind, Media, Part, Request, Upload
from providers.x import oauth, words
from providers.x.weight import weight

from .golden import SETTINGS, cases, provider
from .wire import CUT, answer

BODY = b'{"for_user_id": "4200"}'
TEXT = Part("text", "Bom dia")
DAY = 24 * 3600


def _digest(data, secret=SETTINGS["x"]["consumer_secret"]):
    digest = hmac.new(secret.encode(), data, hashlib.sha256).digest()
    return "sha256=" + base64.b64encode(digest).decode()


def _request(given=None, query=None):
    headers = {} if given is None else {"x-twitter-webhooks-signature": given}
    return Request("POST", "https://desk.example/", headers, query or {}, BODY)


def test_signature():
    provider("x").verify(_request(_digest(BODY)))


@pytest.mark.parametrize("given", [None, "", "é", _digest(BODY, "other")])
def test_wrong_signature(given):
    with pytest.raises(Unverified):
        provider("x").verify(_request(given))


def test_missing_secret():
    with pytest.raises(Unverified):
        provider("x", consumer_secret="").verify(_request(_digest(BODY, "")))


def test_handshake():
    said = json.loads(provider("x").handshake(_request(query={"crc_token": "abc"})))
    assert said == {"response_token": _digest(b"abc")}
    with pytest.raises(Unverified):
        provider("x").handshake(_request())


def test_oauth_against_oauthlib():
    from oauthlib.oauth1 import Client

    client = Client("k", "s&", "t", "u ", nonce="n", timestamp="1318622958")
    url, params = "https://api.x.com/2/tweets", {"a b": "é+ &", "c": "1"}
    _u, headers, _b = client.sign(f"{url}?{oauth.query(params)}")
    keys = oauth.Keys("k", "s&", "t", "u ")
    ours = oauth.header("GET", url, params, keys, "n", 1318622958)
    theirs = headers["Authorization"]
    assert sorted(ours[6:].split(", ")) == sorted(theirs[6:].split(", "))


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("abc", 3),
        ("日本", 4),
        ("😊", 2),
        ("👨‍👩‍👧", 2),
        ("https://x.example/abcdefghijklmno", 23),
    ],
)
def test_weight(text, size):
    assert weight(text) == size


def test_direct_message(wire):
    wire.answers = [answer(201, {"data": {"dm_event_id": "5"}})]
    assert provider("x", wire.url).send(TEXT, "7001", None, "").external_id == "5"
    (request,) = wire.received
    assert request.path == "/2/dm_conversations/with/7001/messages"
    assert request.json == {"text": "Bom dia"}
    assert request.headers["authorization"].startswith("OAuth oauth_consumer_key=")


def test_public_answer_with_a_picture(wire):
    wire.answers = [
        answer(200, {"data": {"id": "1"}}),
        answer(201, {"data": {"id": "2"}}),
    ]
    part, file = Part("image", "Veja", 0, "8001"), Upload("a.png", "image/png", b"x")
    provider("x", wire.url).send(part, "t:7001", file, "")
    assert wire.received[1].json == {
        "text": "Veja",
        "reply": {"in_reply_to_tweet_id": "8001"},
        "media": {"media_ids": ["1"]},
    }


@pytest.mark.parametrize(
    ("given", "text", "alarm"),
    [
        (answer(401), words.TOKEN, True),
        (answer(403), words.FORBIDDEN, True),
        (answer(403, {"detail": "duplicate content"}), words.DUPLICATE, False),
        (answer(403, {"detail": "You cannot send messages"}), words.NO_DM, False),
        (answer(404), words.GONE, False),
        (answer(400), words.REFUSED, False),
    ],
)
def test_refusals(wire, given, text, alarm):
    wire.answers = [given]
    with pytest.raises(Refused) as caught:
        provider("x", wire.url).send(TEXT, "7001", None, "")
    assert (caught.value.note.text, caught.value.alarm) == (text, alarm)


@pytest.mark.parametrize("lost", [CUT, answer(503), answer(201)])
def test_nobody_knows(wire, lost):
    wire.answers = [lost]
    with pytest.raises(Uncertain):
        provider("x", wire.url).send(TEXT, "7001", None, "")


def test_the_pace(wire):
    wire.answers = [answer(429, x_rate_limit_reset=str(int(time.time()) + 60))]
    with pytest.raises(RetryLater) as caught:
        provider("x", wire.url).send(TEXT, "7001", None, "")
    assert 50 < caught.value.seconds <= 60


def test_plan():
    x = provider("x")
    assert len(x.plan(f"<p>{'nota ' * 80}</p>", [], "1", "t:7001")) == 2
    assert len(x.plan(f"<p>{'nota ' * 80}</p>", [], "", "7001")) == 1
    with pytest.raises(Refused):
        x.plan("", [File(0, "a.pdf", "application/pdf", 9)], "", "7001")


def test_poll_is_the_same_event(wire):
    page = {
        "data": [{"id": "8001", "text": "oi", "author_id": "7001"}],
        "includes": {"users": [{"id": "7001", "name": "Ana", "username": "ana"}]},
    }
    wire.answers = [answer(200, page), answer(200, {})]
    x = provider("x", wire.url, poll="yes")
    found = x.poll({})
    (event,) = found.events
    assert (event.external_id, event.thread) == ("8001", "t:7001")
    assert x.parse(event.payload).sender.name == "Ana"
    assert found.cursor == {"post": "8001", "dm": ""}


NOW = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(time.time() - 60))


def _directs(*numbers, **meta):
    data = [
        {
            "id": str(number),
            "event_type": "MessageCreate",
            "text": f"n{number}",
            "sender_id": "7001",
            "dm_conversation_id": "4000-7001",
            "created_at": NOW,
        }
        for number in numbers
    ]
    return answer(200, {"data": data, "meta": meta})


def test_poll_of_more_than_its_pages_goes_on_next_time(wire, monkeypatch):
    """The newest come first; what lies below is asked for before anything newer."""
    monkeypatch.setattr("providers.x.PAGES", 1)
    x = provider("x", wire.url, poll="yes")
    more = {"data": [{"id": "90", "text": "oi", "author_id": "7001"}]}
    wire.answers = [answer(200, {**more, "meta": {"next_token": "t"}}), answer(200, {})]
    first = x.poll({"post": "10", "dm": "5"})
    assert first.cursor == {"post": "10", "dm": "5", "below": "90", "top": "90"}
    rest = {"data": [{"id": "11", "text": "oi", "author_id": "7001"}]}
    wire.answers = [answer(200, rest), answer(200, {})]
    second = x.poll(first.cursor)
    asked = parse_qs(wire.received[-2].path.partition("?")[2])
    assert (asked["since_id"], asked["until_id"]) == (["10"], ["90"])
    assert second.cursor == {"post": "90", "dm": "5"}
    assert [e.external_id for e in second.events] == ["11"]


def test_poll_of_direct_messages_stops_at_what_is_known(wire):
    x = provider("x", wire.url, poll="yes")
    wire.answers = [answer(200, {}), _directs(9, 8, 7, next_token="t")]
    found = x.poll({"post": "10", "dm": "7"})
    assert [e.external_id for e in found.events] == ["9", "8"]
    assert found.cursor == {"post": "10", "dm": "9"}
    event = x.parse(found.events[0].payload)
    assert (event.text, event.thread, event.public) == ("n9", "7001", False)


def test_poll_leaves_what_is_older_than_fifteen_days(wire):
    """Posts are asked for from then on; of messages X gives what it has."""
    x = provider("x", wire.url, poll="yes")
    old = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(time.time() - 16 * DAY))
    page = json.loads(_directs(9, 8).body)
    page["data"][1]["created_at"] = old
    wire.answers = [answer(200, {}), answer(200, page)]
    found = x.poll({})
    assert [e.external_id for e in found.events] == ["9"]
    asked = parse_qs(wire.received[0].path.partition("?")[2])
    (start,) = asked["start_time"]
    back = time.time() - calendar.timegm(time.strptime(start, "%Y-%m-%dT%H:%M:%SZ"))
    assert back == pytest.approx(15 * DAY, abs=60)


def test_who_does_not_poll_asks_nothing(wire):
    found = provider("x", wire.url).poll({"post": "1"})
    assert (found.events, found.cursor, wire.received) == ((), {"post": "1"}, [])


# --- account and small signs ----------------------------------------------------------

HOOK = "https://odoo.example.com/social/webhook/k"
BEARER = answer(200, {"access_token": "b"})
ME = {"id": SETTINGS["x"]["user_id"], "name": "ERP Horizonte", "username": "horizonte"}


def subscribed(value):
    return answer(200, {"data": {"subscribed": value}})


def test_connecting_registers_the_address_and_subscribes(wire):
    wire.answers = [
        BEARER,
        answer(200, {"data": []}),
        answer(201, {"data": {"id": "77"}}),
        subscribed(False),
        answer(201),
        subscribed(True),
        answer(200, {"data": ME}),
    ]
    connection = provider("x", wire.url).connect(HOOK)
    assert (connection.name, connection.address) == ("ERP Horizonte", "@horizonte")
    assert [check.well for check in connection.checks] == [True] * 3
    said = [(request.method, request.path) for request in wire.received]
    path = "/2/account_activity/webhooks/77/subscriptions/all"
    assert said == [
        ("POST", "/oauth2/token"),
        ("GET", "/2/webhooks"),
        ("POST", "/2/webhooks"),
        ("GET", path),
        ("POST", path),
        ("GET", path),
        ("GET", "/2/users/me"),
    ]
    assert wire.received[2].json == {"url": HOOK}


def test_a_registered_address_is_left_alone(wire):
    hooks = answer(200, {"data": [{"id": "77", "url": HOOK}]})
    wire.answers = [BEARER, hooks, subscribed(True), subscribed(True)]
    wire.answers.append(answer(200, {"data": ME}))
    provider("x", wire.url).connect(HOOK)
    assert "POST" not in [request.method for request in wire.received[1:]]


def test_a_check_says_what_is_not_well(wire):
    hooks = answer(200, {"data": [{"id": "77", "url": HOOK}]})
    other = answer(200, {"data": {**ME, "id": "1"}})
    wire.answers = [BEARER, hooks, subscribed(False), other]
    checks = provider("x", wire.url).check().checks
    assert [check.well for check in checks] == [True, False, False]


def test_a_check_of_who_asks_by_himself(wire):
    wire.answers = [answer(200, {"data": ME})]
    assert len(provider("x", wire.url, poll="yes").check().checks) == 2


def test_hiding_an_answer(wire):
    provider("x", wire.url).hide("8001", True)
    (request,) = wire.received
    assert (request.method, request.path) == ("PUT", "/2/tweets/8001/hidden")
    assert request.json == {"hidden": True}


def test_a_like_is_offered_in_public_only():
    x = provider("x")
    assert x.reactions_of("t:7001") == ("❤",)
    assert x.reactions_of("7001") is None


def test_a_like_and_nothing_else(wire):
    x = provider("x", wire.url)
    x.react("8001", "t:7001", "❤️")
    assert wire.received[0].json == {"tweet_id": "8001"}
    for emoji, thread in (("👍", "t:7001"), ("❤", "7001"), ("", "t:7001")):
        with pytest.raises(Refused):
            x.react("8001", thread, emoji)


def test_files(wire):
    x = provider("x", wire.url)
    wire.answers = [answer(200, {"a": 1}), answer(404), answer(429)]
    assert x.fetch(Media(Kind.IMAGE, f"{wire.url}/1.jpg")).content == b'{"a": 1}'
    with pytest.raises(Refused, match="404"):
        x.fetch(Media(Kind.IMAGE, f"{wire.url}/1.jpg"))
    with pytest.raises(RetryLater):
        x.fetch(Media(Kind.IMAGE, f"{wire.url}/1.jpg"))
    assert "authorization" not in wire.received[0].headers


def test_the_way_to_a_direct_message():
    own = SETTINGS["x"]["user_id"]
    link = provider("x").invitation()
    assert link == f"https://twitter.com/messages/compose?recipient_id={own}"
    assert provider("x", user_id=" ").invitation() == ""


def test_who_writes_then_is_the_same_person():
    """A mention and a direct message name their author alike."""
    senders = set()
    for case in ("mention", "dm_text"):
        (path,) = (p for p in cases("x") if p.stem == case)
        body = json.loads(path.read_text())["body"]
        (raw,) = provider("x").split(json.dumps(body).encode())
        senders.add(provider("x").parse(raw.payload).sender.id)
    assert len(senders) == 1


def test_oauth_as_x_documents_it():
    """https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature"""
    keys = oauth.Keys(
        "xvz1evFS4wEEPTGEFPHBog",
        "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    )
    params = {
        "include_entities": "true",
        "status": "Hello Ladies + Gentlemen, a signed OAuth request!",
    }
    url = "https://api.twitter.com/1.1/statuses/update.json"
    nonce = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"
    said = oauth.header("POST", url, params, keys, nonce, 1318622958)
    assert 'oauth_signature="hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D"' in said
