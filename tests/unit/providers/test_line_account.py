"""Connecting and testing an account, its customers' names and files."""

import pytest
from providers.errors import Refused, RetryLater, Uncertain
from providers.line import words
from providers.types import Kind, Media
from providers.words import GONE, PRIVATE_ADDRESS

from .golden import SETTINGS, provider
from .wire import CUT, Answer, answer

TOKEN = f"Bearer {SETTINGS['line']['access_token']}"
USER = "U8a4f1c2d3e5b60718293a4b5c6d7e8f9"
GROUP = "C4e5f60718293a4b5c6d7e8f90a1b2c3d"
HOOK = "https://desk.example/social/line/1"
NUMBER = "468789577898262530"
BOT = answer(200, {"displayName": "Suporte ERP", "basicId": "@216ru", "userId": "U0"})
ENDPOINT = answer(200, {"endpoint": HOOK, "active": True})
OFF = answer(200, {"endpoint": HOOK, "active": False})
NONE = answer(404, {"message": "Not found"})
QUOTA = answer(200, {"type": "limited", "value": 1000})
USED = answer(200, {"totalUsage": 640})
TESTED = answer(200, {"success": True, "statusCode": 200, "reason": "OK", "detail": ""})


@pytest.fixture
def line(wire):
    return provider("line", wire.url)


def _todos(connection):
    return [check.todo.text for check in connection.checks if check.todo]


# --- account --------------------------------------------------------------------


def test_connect(line, wire):
    wire.answers = [answer(), TESTED, BOT, ENDPOINT, QUOTA, USED]
    connection = line.connect(HOOK)
    assert (connection.name, connection.address) == ("Suporte ERP", "@216ru")
    assert [(r.method, r.path) for r in wire.received] == [
        ("PUT", "/v2/bot/channel/webhook/endpoint"),
        ("POST", "/v2/bot/channel/webhook/test"),
        ("GET", "/v2/bot/info"),
        ("GET", "/v2/bot/channel/webhook/endpoint"),
        ("GET", "/v2/bot/message/quota"),
        ("GET", "/v2/bot/message/quota/consumption"),
    ]
    assert all(r.headers["authorization"] == TOKEN for r in wire.received)
    assert wire.received[0].json == wire.received[1].json == {"endpoint": HOOK}
    assert [check.what.text for check in connection.checks] == [
        words.TOKEN_WELL,
        words.WEBHOOK_HERE,
        words.USES_WEBHOOK,
        words.REACHED,
        words.QUOTA,
    ]
    assert all(check.well for check in connection.checks) and not connection.warnings


def test_connect_when_line_cannot_reach_us(line, wire):
    said = {"success": False, "statusCode": 0, "reason": "REQUEST_TIMEOUT"}
    wire.answers = [answer(), answer(200, said), BOT, OFF, QUOTA, USED]
    connection = line.connect(HOOK)
    assert _todos(connection) == [words.TURN_ON, words.NOT_REACHED]
    values = connection.warnings[-1].values
    assert values == {"reason": "REQUEST_TIMEOUT", "details": "0"}


def test_an_address_that_line_does_not_take(line, wire):
    wire.answers = [answer(400, {"message": "Invalid webhook endpoint URL"})]
    with pytest.raises(Refused) as caught:
        line.connect("http://desk.local/x")
    assert caught.value.note.text == words.BAD_WEBHOOK


@pytest.mark.parametrize(
    ("endpoint", "quota", "used", "expected"),
    [
        (ENDPOINT, QUOTA, USED, []),
        (ENDPOINT, answer(200, {"type": "none"}), USED, []),
        (ENDPOINT, QUOTA, answer(200, {"totalUsage": 1000}), [words.QUOTA_USED]),
        (OFF, QUOTA, USED, [words.TURN_ON]),
        (NONE, QUOTA, USED, [words.SET_WEBHOOK, words.TURN_ON]),
        (ENDPOINT, Answer(200, b"[]"), Answer(200, b"x"), []),
    ],
)
def test_check(line, wire, endpoint, quota, used, expected):
    wire.answers = [BOT, endpoint, quota, used]
    connection = line.check()
    assert _todos(connection) == expected
    assert [note.text for note in connection.warnings] == expected
    notes = {c.what.text for c in connection.checks} | set(expected)
    assert notes <= set(line.notes)


def test_a_bad_token(line, wire):
    wire.answers = [answer(401, {"message": "Authentication failed"})]
    with pytest.raises(Refused) as caught:
        line.check()
    assert caught.value.alarm and caught.value.note.text == words.TOKEN


def test_line_is_away(line, wire):
    wire.answers = [CUT]
    for call in (line.check, lambda: line.connect(HOOK)):
        with pytest.raises(RetryLater):
            call()


# --- names ----------------------------------------------------------------------


def test_a_friend(line, wire):
    wire.answers = [answer(200, {"displayName": "Maria\nSilva", "language": "pt-BR"})]
    person = line.profile(USER)
    assert (person.id, person.name, person.language) == (USER, "Maria Silva", "pt-BR")
    assert wire.received[0].path == f"/v2/bot/profile/{USER}"


def test_a_group(line, wire):
    wire.answers = [answer(200, {"groupId": GROUP, "groupName": "Loja Centro"})]
    assert line.profile(GROUP).name == "Loja Centro"
    assert wire.received[0].path == f"/v2/bot/group/{GROUP}/summary"


@pytest.mark.parametrize("identity", ["", "x", "../info", "R" + "0" * 32, f"{USER}/x"])
def test_nobody_to_ask_for(line, wire, identity):
    with pytest.raises(Refused):
        line.profile(identity)
    assert not wire.received


def test_no_friend(line, wire):
    wire.answers = [NONE]
    with pytest.raises(Refused) as caught:
        line.profile(USER)
    assert caught.value.note.text == words.NOBODY and not caught.value.alarm


# --- files ----------------------------------------------------------------------


def _media(ref=NUMBER, **more):
    return Media(Kind.DOCUMENT, ref, **more)


def test_a_file(line, wire):
    wire.answers = [Answer(200, b"%PDF", {"Content-Type": "application/pdf"})]
    found = line.fetch(_media(name="nota.pdf"))
    assert (found.name, found.mime, found.content) == (
        "nota.pdf",
        "application/pdf",
        b"%PDF",
    )
    (request,) = wire.received
    assert request.path == f"/v2/bot/message/{NUMBER}/content"
    assert request.headers["authorization"] == TOKEN


def test_files_lie_at_another_host(monkeypatch):
    asked = []
    adapter = provider("line")

    def download(url, headers=None, limit=0, hosts=()):
        asked.append((url, hosts))
        raise RetryLater("x")

    monkeypatch.setattr(adapter.http, "download", download)
    with pytest.raises(RetryLater):
        adapter.fetch(_media())
    address = f"https://api-data.line.me/v2/bot/message/{NUMBER}/content"
    assert asked == [(address, ("api-data.line.me",))]


def test_a_files_id_is_one_segment_of_the_path(line, wire):
    wire.answers = [NONE]
    with pytest.raises(Refused):
        line.fetch(_media("../../info?x=1#"))
    assert wire.received[0].path.endswith("/..%2F..%2Finfo%3Fx%3D1%23/content")


@pytest.mark.parametrize(
    ("state", "error"),
    [
        ("processing", RetryLater),
        ("succeeded", RetryLater),
        ("failed", Refused),
        (None, RetryLater),
    ],
)
def test_a_video_that_is_being_prepared(line, wire, state, error):
    wire.answers = [answer(202), answer(200, {"status": state})]
    with pytest.raises(error):
        line.fetch(_media())
    assert wire.received[1].path == f"/v2/bot/message/{NUMBER}/content/transcoding"


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_a_file_that_is_gone(line, wire, status):
    wire.answers = [answer(status)]
    with pytest.raises(Refused) as caught:
        line.fetch(_media())
    assert caught.value.note.text == GONE


@pytest.mark.parametrize(
    ("given", "error"),
    [(answer(401), Refused), (answer(429), RetryLater), (answer(500), RetryLater)],
)
def test_a_file_that_cannot_be_had_now(line, wire, given, error):
    wire.answers = [given]
    with pytest.raises(error):
        line.fetch(_media())


def test_a_link_of_another_bot_into_a_private_network(wire):
    with pytest.raises(Refused) as caught:
        provider("line").fetch(_media(f"{wire.url}/x.jpg"))
    assert caught.value.note.text == PRIVATE_ADDRESS and not wire.received


def test_a_link_of_another_bot_gets_no_token(line, wire):
    wire.answers = [Answer(200, b"jpg", {"Content-Type": "image/jpeg"})]
    found = line.fetch(_media(f"{wire.url}/nota.jpg"))
    assert (found.mime, found.content) == ("image/jpeg", b"jpg")
    assert "authorization" not in wire.received[0].headers


def test_a_cut_line_while_typing_is_no_message(line, wire):
    wire.answers = [CUT]
    with pytest.raises(RetryLater):
        line.typing(NUMBER, USER)
    with pytest.raises(Uncertain):
        provider("line", wire.url)._push({}, "")
