"""What we ask of X is what X describes."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from providers.types import Part, Upload

from tests.sandbox.contract.openapi import Judge
from tests.unit.providers.golden import SETTINGS, provider
from tests.unit.providers.wire import Wire, answer

from .conftest import specs

HOOK = "https://desk.example/social/webhook/k"
ME = {"id": SETTINGS["x"]["user_id"], "name": "ERP Horizonte", "username": "horizonte"}
PICTURE = Upload("a.png", "image/png", b"x")
SENT = answer(201, {"data": {"id": "1", "dm_event_id": "2"}})
# where the application itself signs in: it is not part of the description
OUTSIDE = {"/oauth2/token"}
# goes as a form with a file, whose description is of the JSON kind only
FORMS = {"/2/media/upload"}


@pytest.fixture(scope="module")
def described():
    return Judge(json.loads(specs("x-api-v2.json").read_text()))


@pytest.fixture
def wire():
    server = Wire()
    yield server
    server.close()


def problems(described, wire):
    """Of everything that was asked."""
    found = []
    for request in wire.received:
        address = urlsplit(request.path)
        if address.path in OUTSIDE:
            continue
        given = dict(parse_qsl(address.query))
        if request.method != "GET" and address.path not in FORMS:
            given = request.json
        if address.path in FORMS:
            assert described._operation("post", address.path)
            continue
        said = described.request(request.method, address.path, given)
        found += [f"{request.method} {address.path}: {one}" for one in said]
    return found


@pytest.mark.parametrize(
    "act",
    [
        lambda x: x.send(Part("text", "Bom dia"), "7001", None, ""),
        lambda x: x.send(Part("image", "Veja", 0), "7001", PICTURE, ""),
        lambda x: x.send(Part("text", "Olá", reply_to="8001"), "t:7001", None, ""),
        lambda x: x.send(Part("image", "a", 0, "8001"), "t:7001", PICTURE, ""),
        lambda x: x.react("8001", "t:7001", "❤"),
        lambda x: x.hide("8001", True),
    ],
    ids=["message", "picture", "answer", "answer with a picture", "like", "hide"],
)
def test_what_goes_out(described, wire, act):
    wire.answers = [SENT]
    act(provider("x", wire.url))
    assert wire.received and problems(described, wire) == []


def test_asking_for_news(described, wire):
    more = {"data": [], "meta": {"next_token": "t"}}
    wire.answers = [answer(200, more), answer(200, {}), answer(200, {})]
    provider("x", wire.url, poll="yes").poll({"post": "10", "below": "20", "dm": "5"})
    assert len(wire.received) > 2 and problems(described, wire) == []


def test_connecting(described, wire):
    wire.answers = [
        answer(200, {"access_token": "b"}),
        answer(200, {"data": []}),
        answer(201, {"data": {"id": "77"}}),
        answer(200, {"data": {"subscribed": False}}),
        answer(201),
        answer(200, {"data": {"subscribed": True}}),
        answer(200, {"data": ME}),
    ]
    provider("x", wire.url).connect(HOOK)
    assert len(wire.received) == 7 and problems(described, wire) == []


def test_the_judge_refuses(described):
    path = "/2/dm_conversations/with/7001/messages"
    assert described.request("POST", path, {"text": "x"}) == []
    assert described.request("POST", path, {"txt": "x"})
    assert described.request("POST", path, {"text": 7})
    assert described.request("POST", "/2/nowhere", {})
    assert described.request("GET", "/2/dm_events", {"no_such_field": "1"})
