"""What goes to LINE, and what its refusals mean."""

import base64
import struct
import uuid

import pytest
from providers.errors import Refused, RetryLater, Uncertain
from providers.http import MB
from providers.line import words
from providers.types import Card, Choice, File, Location, Part, Upload

from .golden import SETTINGS, provider
from .wire import CUT, Answer, answer

USER = "U8a4f1c2d3e5b60718293a4b5c6d7e8f9"
GROUP = "C4e5f60718293a4b5c6d7e8f90a1b2c3d"
TOKEN = SETTINGS["line"]["access_token"]
LINK = "https://desk.example/f/1?token=abc"
TAKEN = answer(200, {"sentMessages": [{"id": "461230966842064897", "quoteToken": "I"}]})
KEY = "x-line-retry-key"
NUMBER = "0f8d1b1c8a4e4f0c9d2b7a6e5c4d3b2a"


@pytest.fixture
def line(wire):
    wire.answers = [TAKEN]
    return provider("line", wire.url)


def _sent(line, wire, part, upload=None, to=USER):
    line.send(part, to, upload, NUMBER)
    return wire.received[-1].json["messages"]


def _error(status, message="The request body has 1 error(s)", **more):
    return answer(status, {"message": message, **more})


# --- text -------------------------------------------------------------------------


def test_text(line, wire):
    sent = line.send(Part("text", "Olá, <b>Maria</b>"), USER, None, NUMBER)
    assert sent.external_id == "461230966842064897"
    (request,) = wire.received
    assert (request.method, request.path) == ("POST", "/v2/bot/message/push")
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.json == {
        "to": USER,
        "messages": [{"type": "text", "text": "Olá, <b>Maria</b>"}],
    }


def test_the_retry_key_is_a_uuid_of_the_number(line, wire):
    for number in (NUMBER, NUMBER, "another"):
        line.send(Part("text", "x"), USER, None, number)
    first, again, other = (request.headers[KEY] for request in wire.received)
    assert first == again != other
    assert str(uuid.UUID(first)) == first


def test_without_a_number_there_is_no_retry_key(line, wire):
    line.send(Part("text", "x"), GROUP, None, "")
    assert KEY not in wire.received[0].headers


@pytest.mark.parametrize("recipient", ["", "Maria", "U123", "../info", f"{USER}\n"])
def test_no_recipient(line, wire, recipient):
    with pytest.raises(Refused, match="no address"):
        line.send(Part("text", "x"), recipient, None, NUMBER)
    assert not wire.received


def test_a_missing_token_raises_the_alarm(wire):
    with pytest.raises(Refused) as caught:
        provider("line", wire.url, access_token="").send(
            Part("text", "x"), USER, None, NUMBER
        )
    assert caught.value.alarm and not wire.received


# --- what the answer means ----------------------------------------------------------


def test_it_was_taken_already(line, wire):
    """The first answer was lost; the second try finds it taken."""
    sent = {"sentMessages": [{"id": "461230966842064897"}]}
    wire.answers = [CUT, _error(409, "The retry key is already accepted", **sent)]
    with pytest.raises(RetryLater):
        line.send(Part("text", "x"), USER, None, NUMBER)
    sent = line.send(Part("text", "x"), USER, None, NUMBER)
    assert sent.external_id == "461230966842064897"
    assert wire.received[0].headers[KEY] == wire.received[1].headers[KEY]


def test_it_was_taken_already_and_only_the_request_is_named(line, wire):
    wire.answers = [answer(409, {}, x_line_accepted_request_id="123e4567")]
    sent = line.send(Part("text", "x"), USER, None, NUMBER)
    assert sent.external_id == "123e4567"


@pytest.mark.parametrize("lost", [CUT, answer(500), answer(502), answer(504)])
def test_a_lost_answer(line, wire, lost):
    """With the retry key it is safe to try again; without it nobody knows."""
    wire.answers = [lost]
    with pytest.raises(RetryLater) as caught:
        line.send(Part("text", "x"), USER, None, NUMBER)
    assert caught.value.note.text == words.UNCONFIRMED
    with pytest.raises(Uncertain):
        line.send(Part("text", "x"), USER, None, "")


@pytest.mark.parametrize("body", [b"", b"{}", b"<html>", b'{"sentMessages": [{}]}'])
def test_taken_without_a_number(line, wire, body):
    wire.answers = [Answer(200, body)]
    with pytest.raises(Uncertain):
        line.send(Part("text", "x"), USER, None, NUMBER)


@pytest.mark.parametrize(
    ("given", "text", "alarm"),
    [
        (_error(401, "Authentication failed"), words.TOKEN, True),
        (_error(403, "Access to this API is not available"), words.FORBIDDEN, True),
        (_error(429, "You have reached your monthly limit."), words.LIMIT_REACHED, 1),
        (_error(400, "Failed to send messages"), words.UNREACHABLE, False),
        (
            _error(400, "The property, 'to', in the request body is invalid (line: 1)"),
            words.BAD_RECIPIENT,
            False,
        ),
        (_error(400), words.REFUSED, False),
        (_error(409, "No key was given"), words.REFUSED, False),
        (_error(413, "Too large"), words.TOO_BIG, False),
        (Answer(400, b"\xff"), words.REFUSED, False),
    ],
)
def test_refusals(line, wire, given, text, alarm):
    wire.answers = [given]
    with pytest.raises(Refused) as caught:
        line.send(Part("text", "x"), USER, None, "" if given.status == 409 else NUMBER)
    assert (caught.value.note.text, caught.value.alarm) == (text, bool(alarm))
    assert caught.value.code == str(given.status)


def test_the_pace(line, wire):
    limited = "The API rate limit has been exceeded. Try again later."
    wire.answers = [answer(429, {"message": limited}, Retry_After="7")]
    with pytest.raises(RetryLater) as caught:
        line.send(Part("text", "x"), USER, None, NUMBER)
    assert caught.value.seconds == 7


def test_details_say_where(line, wire):
    place = {"property": "messages[0].text", "message": f"May not be {TOKEN}"}
    wire.answers = [_error(400, details=[place, "x"])]
    with pytest.raises(Refused) as caught:
        line.send(Part("text", "x"), USER, None, NUMBER)
    assert "messages[0].text: May not be ***" in caught.value.details
    assert TOKEN not in str(caught.value) + caught.value.details


# --- choices ------------------------------------------------------------------------


def test_choices_are_quick_replies(line, wire):
    choices = tuple(Choice(f"s:{n}", str(n)) for n in range(13))
    (part,) = line.ask("<p>Que nota você dá?</p>", choices)
    (message,) = _sent(line, wire, part)
    assert message["text"] == "Que nota você dá?"
    items = message["quickReply"]["items"]
    assert len(items) == 13
    assert items[2] == {
        "type": "action",
        "action": {
            "type": "postback",
            "label": "2",
            "data": "c=s:2&l=2",
            "displayText": "2",
        },
    }


def test_too_many_or_too_long_ones_are_written(line, wire):
    many = tuple(Choice(f"s:{n}", str(n)) for n in range(14))
    for choices in (many, (Choice("a", "x" * 21),)):
        (part,) = line.ask("<p>Qual?</p>", choices)
        assert not part.choices and "1. " in part.text


def test_links_make_buttons_that_stay(line, wire):
    choices = (Choice("a", "Resolvido"), Choice("b", "Chamado", "https://d.example/1"))
    (part,) = line.ask("<p>E agora?</p>", choices)
    (message,) = _sent(line, wire, part)
    assert (message["type"], message["altText"]) == ("flex", "E agora?")
    bubble = message["contents"]
    assert bubble["body"]["contents"][0]["text"] == "E agora?"
    taps = [button["action"] for button in bubble["footer"]["contents"]]
    assert [tap["type"] for tap in taps] == ["postback", "uri"]
    assert taps[1]["uri"] == "https://d.example/1"


def test_a_long_text_stands_before_its_buttons(line, wire):
    part = Part(
        "text", "x" * 5000, choices=(Choice("b", "Abrir", "https://d.example"),)
    )
    text, message = _sent(line, wire, part)
    assert text["text"] == "x" * 5000
    assert "body" not in message["contents"] and message["altText"] == "Abrir"


# --- files, places, cards -------------------------------------------------------------


def _upload(mime="image/png", content=b"x", url=LINK, name="nota.png"):
    return Upload(name, mime, content, url)


def _sound(version=0):
    form = ">IIII" if version == 0 else ">QQIQ"
    header = b"mvhd" + bytes([version, 0, 0, 0]) + struct.pack(form, 1, 2, 1000, 8400)
    return b"\0\0\0\x1cftypM4A " + b"\0\0\0\x6cmoov" + header


def test_a_picture(line, wire):
    (message,) = _sent(line, wire, Part("image", "", 0), _upload())
    assert message == {
        "type": "image",
        "originalContentUrl": LINK,
        "previewImageUrl": LINK,
    }


@pytest.mark.parametrize("version", [0, 1])
def test_a_sound_with_its_length(line, wire, version):
    sound = _upload("audio/mp4", _sound(version), name="aviso.m4a")
    (message,) = _sent(line, wire, Part("audio", "", 0), sound)
    assert message == {"type": "audio", "originalContentUrl": LINK, "duration": 8400}


@pytest.mark.parametrize(
    "upload",
    [
        _upload("application/pdf", name="boleto.pdf"),
        _upload("video/mp4", name="aula.mp4"),
        _upload("audio/mp4", b"no length", name="aviso.m4a"),
        _upload("audio/mp4", _sound()[:-6], name="aviso.m4a"),
        _upload("audio/mp4", _sound()[:-8] + b"\0" * 8, name="aviso.m4a"),
        _upload("image/png", b"x" * (MB + 1), name="grande.png"),
        _upload("image/png", url=LINK + "x" * 2000),
    ],
    ids=lambda upload: upload.name,
)
def test_everything_else_is_a_link(line, wire, upload):
    (message,) = _sent(line, wire, Part("document", "", 0), upload)
    assert message == {"type": "text", "text": f"{upload.name}\n{upload.url}"}


def test_a_text_of_a_file_stands_before_it(line, wire):
    text, image = _sent(line, wire, Part("image", "Veja", 0), _upload())
    assert (text["text"], image["type"]) == ("Veja", "image")


@pytest.mark.parametrize("url", ["", "http://desk.local/f/1", "ftp://x"])
def test_a_file_without_a_public_address(line, wire, url):
    with pytest.raises(Refused, match=r"nota\.png"):
        line.send(Part("image", "", 0), USER, _upload(url=url), NUMBER)
    assert not wire.received


@pytest.mark.parametrize(
    ("place", "title", "address"),
    [
        (Location(-23.5, -46.6, "Matriz", "Av. Paulista"), "Matriz", "Av. Paulista"),
        (Location(-23.5, -46.6), "-23.500000, -46.600000", "-23.500000, -46.600000"),
        (Location(-23.5, -46.6, "x" * 300, "y" * 300), "x" * 100, "y" * 100),
    ],
)
def test_a_place(line, wire, place, title, address):
    (message,) = _sent(line, wire, Part("location", location=place))
    assert (message["title"], message["address"]) == (title, address)
    assert (message["latitude"], message["longitude"]) == (-23.5, -46.6)


def test_a_card_is_written(line, wire):
    card = Card("Ana Souza", ("+55 11 4002-8922",), ("ana@erp.example",), "ERP Ltda")
    (message,) = _sent(line, wire, Part("contact", card=card))
    assert message["text"] == "Ana Souza\nERP Ltda\n+55 11 4002-8922\nana@erp.example"


# --- plan -----------------------------------------------------------------------------


def _file(mime, size=10, name="f"):
    return File(0, name, mime, size)


def test_a_long_text_is_split_between_words(line):
    parts = line.plan(f"<p>{'palavra ' * 1500}</p>", [])
    assert len(parts) == 3
    assert all(len(part.text) <= 5000 for part in parts)
    assert all(part.text.endswith("palavra") for part in parts)


def test_the_limit_counts_utf16(line):
    parts = line.plan(f"<p>{'😊' * 2501}</p>", [])
    assert [len(part.text.encode("utf-16-le")) // 2 for part in parts] == [5000, 2]


def test_links_are_written_out(line):
    (part,) = line.plan('<p><b>Veja</b> <a href="https://x.example">aqui</a></p>', [])
    assert part.text == "Veja aqui (https://x.example)"


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (_file("image/jpeg"), "image"),
        (_file("image/png", MB), "image"),
        (_file("image/png", MB + 1), "document"),
        (_file("image/webp"), "document"),
        (_file("audio/mp4; codecs=x"), "audio"),
        (_file("audio/ogg"), "document"),
        (_file("video/mp4"), "document"),
        (_file("application/pdf", 100 * MB), "document"),
    ],
)
def test_kinds(line, file, kind):
    text, part = line.plan("<p>Segue</p>", [file])
    assert (text.kind, text.text) == ("text", "Segue")
    assert (part.kind, part.file) == (kind, 0)


@pytest.mark.parametrize("file", [_file("image/png", 0), _file("x/y", 100 * MB + 1)])
def test_files_that_cannot_go(line, file):
    with pytest.raises(Refused):
        line.plan("", [file])


def test_nothing_to_send(line):
    with pytest.raises(Refused):
        line.plan("<p> </p>", [])


# --- small signs ----------------------------------------------------------------------


def test_typing(line, wire):
    wire.answers = [answer(202)]
    line.typing("468789577898262530", USER)
    (request,) = wire.received
    assert request.path == "/v2/bot/chat/loading/start"
    assert request.json == {"chatId": USER, "loadingSeconds": 20}


@pytest.mark.parametrize("thread", [GROUP, "", "x"])
def test_no_typing_in_a_group(line, wire, thread):
    with pytest.raises(Refused):
        line.typing("468789577898262530", thread)
    assert not wire.received


def test_a_secret_is_never_said(line, wire):
    wire.answers = [_error(500, TOKEN)]
    with pytest.raises(RetryLater) as caught:
        line.send(Part("text", "x"), USER, None, NUMBER)
    assert TOKEN not in repr(caught.value) + caught.value.details
    assert base64.b64encode(TOKEN.encode()).decode() not in repr(caught.value)


# --- replies, quotes, reading -----------------------------------------------------

GIVEN = {"reply": "a reply token", "quote": "a quote token"}
ANSWER = Part("text", "Olá", reply_to="1", tokens=GIVEN)
SPENT = _error(400, "Invalid reply token")


def _paths(wire):
    return [request.path.removeprefix("/v2/bot/") for request in wire.received]


def test_a_reply_is_free(line, wire):
    sent = line.send(ANSWER, USER, None, NUMBER)
    assert sent.external_id == "461230966842064897"
    (request,) = wire.received
    assert request.path == "/v2/bot/message/reply"
    assert request.json == {
        "replyToken": "a reply token",
        "messages": [{"type": "text", "text": "Olá", "quoteToken": "a quote token"}],
    }
    assert KEY not in request.headers  # LINE refuses one here


def test_a_token_that_is_over_means_a_push(line, wire):
    wire.answers = [SPENT, TAKEN]
    line.send(ANSWER, USER, None, NUMBER)
    assert _paths(wire) == ["message/reply", "message/push"]
    assert wire.received[1].json["to"] == USER
    assert KEY in wire.received[1].headers


@pytest.mark.parametrize("lost", [CUT, answer(500), answer(503), Answer(200, b"")])
def test_after_a_reply_whose_answer_was_lost_nobody_knows(line, wire, lost):
    """No retry key protects it, so not even a push may follow."""
    wire.answers = [lost, TAKEN]
    with pytest.raises(Uncertain):
        line.send(ANSWER, USER, None, NUMBER)
    assert _paths(wire) == ["message/reply"]


def test_a_push_after_a_spent_token_is_safe_to_repeat(line, wire):
    wire.answers = [SPENT, CUT]
    with pytest.raises(RetryLater):
        line.send(ANSWER, USER, None, NUMBER)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (_error(400), Refused),
        (_error(401, "Authentication failed"), Refused),
        (answer(429, {"message": "The API rate limit has been exceeded."}), RetryLater),
    ],
)
def test_a_reply_refused_for_another_reason_is_not_pushed(line, wire, given, error):
    wire.answers = [given]
    with pytest.raises(error):
        line.send(ANSWER, USER, None, NUMBER)
    assert _paths(wire) == ["message/reply"]


def test_what_is_quoted_may_be_gone(line, wire):
    place = {"property": "messages[0].quoteToken", "message": "Invalid"}
    wire.answers = [_error(400, details=[place]), SPENT, TAKEN]
    line.send(ANSWER, USER, None, NUMBER)
    assert _paths(wire) == ["message/reply", "message/reply", "message/push"]
    quotes = ["quoteToken" in r.json["messages"][0] for r in wire.received]
    assert quotes == [True, False, False]


def test_that_is_tried_once(line, wire):
    place = {"property": "messages[0].quoteToken", "message": "Invalid"}
    wire.answers = [_error(400, details=[place])]
    with pytest.raises(Refused):
        line.send(ANSWER, USER, None, NUMBER)
    assert len(wire.received) == 2


def test_a_picture_quotes_nothing(line, wire):
    part = Part("image", "", 0, "1", tokens={"quote": "a quote token"})
    (message,) = _sent(line, wire, part, _upload())
    assert "quoteToken" not in message


def test_a_question_quotes(line, wire):
    choices = (Choice("a", "Sim"),)
    (message,) = _sent(line, wire, Part("text", "?", tokens=GIVEN, choices=choices))
    assert message["quoteToken"] == "a quote token" and message["quickReply"]


def test_tokens_are_masked_like_credentials(line, wire):
    wire.answers = [_error(400, "a reply token and a quote token are wrong")]
    with pytest.raises(Refused) as caught:
        line.send(ANSWER, USER, None, NUMBER)
    assert "*** and *** are wrong" in caught.value.details
    assert "token" not in repr(ANSWER).replace("reply_to", "")


def test_mark_read(line, wire):
    line.mark_read("1", USER, "a read token")
    (request,) = wire.received
    assert request.path == "/v2/bot/chat/markAsRead"
    assert request.json == {"markAsReadToken": "a read token"}


def test_mark_read_without_a_token(line, wire):
    with pytest.raises(Refused):
        line.mark_read("1", USER)
    assert not wire.received
