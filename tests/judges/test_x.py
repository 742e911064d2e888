"""oauthlib signs each of our requests to X as we do."""

import re
from contextlib import suppress
from datetime import datetime, timezone
from urllib.parse import unquote

import pytest
from oauthlib.oauth1 import Client
from providers.errors import ProviderError
from providers.types import Kind, Media, Part, Upload

from tests.unit.providers.golden import SETTINGS, provider
from tests.unit.providers.wire import answer

PICTURE = Upload("ação.png", "image/png", b"x")
SENT = answer(201, {"data": {"id": "1", "dm_event_id": "2"}})
OURS = re.compile(r'(\w+)="([^"]*)"')
ACTS = {
    "message": lambda x: x.send(Part("text", "Olá & até já"), "7001", None, ""),
    "picture": lambda x: x.send(Part("image", "", 0), "7001", PICTURE, ""),
    "group": lambda x: x.send(Part("text", "Olá"), "g:7001", None, ""),
    "answer": lambda x: x.send(Part("text", "a", reply_to="8"), "t:7", None, ""),
    "like": lambda x: x.react("8001", "t:7001", "❤"),
    "hide": lambda x: x.hide("8001", True),
    "news": lambda x: x.poll({}),
    "older news": lambda x: x.poll({"post": "10", "below": "20", "dm": "5"}),
    "check": lambda x: x.check(),
    "connect": lambda x: x.connect("https://desk.example/social/webhook/k"),
}


@pytest.mark.parametrize("name", ACTS)
def test_signature(wire, name):
    wire.answers = [SENT]
    with suppress(ProviderError):  # what the answer means is not asked here
        ACTS[name](provider("x", wire.url, poll="yes"))
    signed = [r for r in wire.received if not _of_the_app(r)]
    assert signed
    for request in signed:
        _judge(request, wire.url)


def test_a_private_file(monkeypatch):
    """Its address has a query, which is signed with it."""
    url = "https://ton.twitter.com/i/x.png?a=b c&d=é%20"
    asked = {}
    adapter = provider("x")

    def download(_url, headers, *_bounds):
        asked.update(headers)
        raise ProviderError("stop")

    monkeypatch.setattr(adapter.http, "download", download)
    with suppress(ProviderError):
        adapter.fetch(Media(Kind.IMAGE, url))
    assert _theirs("GET", url.replace(" ", "%20").replace("é", "%C3%A9"), asked)


def _of_the_app(request):
    """Its own token is asked for, and used, without a signature."""
    given = request.headers.get("authorization", "")
    return given.startswith(("Basic ", "Bearer "))


def _judge(request, root):
    assert _theirs(request.method, root + request.path, request.headers)


def _theirs(method, url, headers):
    """Signed with the moment and the random number of ours, and compared."""
    header = headers.get("authorization") or headers["Authorization"]
    ours = {name: unquote(value) for name, value in OURS.findall(header)}
    made = datetime.fromtimestamp(int(ours["oauth_timestamp"]), timezone.utc)
    assert abs((datetime.now(timezone.utc) - made).total_seconds()) < 60
    keys = SETTINGS["x"]
    judge = Client(
        keys["consumer_key"],
        keys["consumer_secret"],
        keys["access_token"],
        keys["access_token_secret"],
        nonce=ours["oauth_nonce"],
        timestamp=ours["oauth_timestamp"],
    )
    _url, signed, _body = judge.sign(url, method)
    theirs = dict(OURS.findall(signed["Authorization"]))
    return {name: unquote(value) for name, value in theirs.items()} == ours
