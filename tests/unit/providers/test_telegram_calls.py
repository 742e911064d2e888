import json
from dataclasses import replace

import pytest
from providers.errors import Refused, RetryLater, Uncertain
from providers.telegram import Telegram
from providers.types import (
    Account,
    Card,
    Choice,
    Kind,
    Location,
    Media,
    Part,
    Upload,
)

from .golden import SETTINGS, provider
from .wire import CUT, Answer, answer

BOT = f"/bot{SETTINGS['telegram']['bot_token']}"
CHAT = "500000001"


@pytest.fixture
def telegram(wire):
    return provider("telegram", wire.url)


def _ok(result):
    return answer(200, {"ok": True, "result": result})


def _error(code, description="Bad Request", status=None, **parameters):
    value = {"ok": False, "error_code": code, "description": description}
    return answer(status or code, {**value, "parameters": parameters})


TAKEN = _ok({"message_id": 91, "chat": {"id": int(CHAT)}})


def test_text(telegram, wire):
    wire.answers = [TAKEN]
    part = Part("text", "<b>Olá</b>", reply_to=f"{CHAT}:70")
    assert telegram.send(part, CHAT, None, "c").external_id == f"{CHAT}:91"
    assert wire.received[0].path == f"{BOT}/sendMessage"
    assert wire.received[0].json == {
        "chat_id": CHAT,
        "text": "<b>Olá</b>",
        "parse_mode": "HTML",
        "reply_parameters": {"message_id": 70, "allow_sending_without_reply": True},
    }


@pytest.mark.parametrize(
    ("thread", "expected"),
    [
        ("-100123:12", {"chat_id": "-100123", "message_thread_id": 12}),
        (f"{CHAT}@Bc1", {"chat_id": CHAT, "business_connection_id": "Bc1"}),
    ],
)
def test_topics_and_business_chats(telegram, wire, thread, expected):
    wire.answers = [TAKEN]
    telegram.send(Part("text", "x"), thread, None, "")
    assert expected.items() <= wire.received[0].json.items()


@pytest.mark.parametrize("recipient", ["", "1:x", ":1", "@"])
def test_no_recipient(telegram, wire, recipient):
    with pytest.raises(Refused, match="no address"):
        telegram.send(Part("text", "x"), recipient, None, "")
    assert not wire.received


@pytest.mark.parametrize(
    ("kind", "method", "name"),
    [
        ("image", "sendPhoto", "photo"),
        ("voice", "sendVoice", "voice"),
        ("audio", "sendAudio", "audio"),
        ("video", "sendVideo", "video"),
        ("document", "sendDocument", "document"),
    ],
)
def test_files(telegram, wire, kind, method, name):
    wire.answers = [TAKEN]
    upload = Upload("a ç.bin", "x/y", b"\0\1")
    telegram.send(Part(kind, "<i>c</i>", 0, f"{CHAT}:70"), CHAT, upload, "")
    request = wire.received[0]
    assert request.path == f"{BOT}/{method}"
    assert f'name="{name}"'.encode() in request.body and b"\0\1" in request.body
    assert b"<i>c</i>" in request.body
    reply = {"message_id": 70, "allow_sending_without_reply": True}
    assert json.dumps(reply).encode() in request.body


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        (_error(403, "Forbidden: bot was blocked by the user"), Refused, "blocked"),
        (_error(400, "Bad Request: chat not found"), Refused, "write first"),
        (_error(400, "Bad Request: can't parse entities: x"), Refused, "formatting"),
        (_error(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"), Refused, "this file"),
        (_error(400, "Bad Request: not enough rights"), Refused, "may not write"),
        (_error(400, "group chat was upgraded to a supergroup chat"), Refused, "new"),
        (_error(413, "Request Entity Too Large"), Refused, "this file"),
        (_error(400, "Bad Request: from the future"), Refused, "refused"),
        (_error(500, "Internal Server Error"), RetryLater, "fault of its own"),
        (Answer(503, b""), RetryLater, "fault of its own"),
        (CUT, Uncertain, "did not confirm"),
        (Answer(502, b"x"), Uncertain, "number"),
        (Answer(504, b"x"), Uncertain, "number"),
        (Answer(200, b"x"), Uncertain, "number"),
        (_ok({}), Uncertain, "number"),
        (_ok(True), Uncertain, "number"),
    ],
)
def test_answers(telegram, wire, given, error, sentence):
    wire.answers = [given]
    with pytest.raises(error, match=sentence) as caught:
        telegram.send(Part("text", "x"), CHAT, None, "")
    assert caught.value.note.text in telegram.notes
    assert not getattr(caught.value, "alarm", False)


@pytest.mark.parametrize("code", [401, 404])
def test_a_wrong_token_raises_the_alarm(telegram, wire, code):
    wire.answers = [_error(code, "Unauthorized")]
    with pytest.raises(Refused, match="token") as caught:
        telegram.check()
    assert caught.value.alarm and caught.value.code == str(code)


@pytest.mark.parametrize("token", ["x", "1:a/../b", "1:a b", "1:", "é:x", "1:x?y"])
def test_a_token_is_exactly_a_token(wire, token):
    telegram = provider("telegram", wire.url, bot_token=token)
    with pytest.raises(Refused) as caught:
        telegram.check()
    assert caught.value.alarm and not wire.received


def test_the_pause_that_telegram_asks_for(telegram, wire):
    wire.answers = [_error(429, "Too Many Requests: retry after 14", retry_after=14)]
    with pytest.raises(RetryLater) as caught:
        telegram.send(Part("text", "x"), CHAT, None, "")
    assert caught.value.seconds == 14.0


def test_connect(telegram, wire):
    bot = _ok({"id": 1, "first_name": "Suporte", "username": "s_bot"})
    info = _ok({"url": "https://desk.example/social/webhook/k"})
    wire.answers = [bot, answer(200, {"ok": True, "result": True}), bot, info]
    connection = telegram.connect("https://desk.example/social/webhook/k")
    assert (connection.name, connection.address) == ("Suporte", "@s_bot")
    request = wire.received[1]
    assert request.path == f"{BOT}/setWebhook"
    assert request.json["url"] == "https://desk.example/social/webhook/k"
    assert request.json["secret_token"] == "a_webhook-secret"
    wanted = {"message_reaction", "edited_message", "callback_query"}
    assert wanted | {"business_message"} <= set(request.json["allowed_updates"])


def test_a_refused_webhook_is_explained(telegram, wire):
    bad = "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443"
    wire.answers = [_ok({"first_name": "S"}), _error(400, bad)]
    with pytest.raises(Refused, match="443 or 8443") as caught:
        telegram.connect("http://desk.example:8069/")
    assert caught.value.details == bad


@pytest.mark.parametrize(
    ("info", "said"),
    [
        ({"url": "https://d.example"}, []),
        ({"url": ""}, ["Connect"]),
        ({"url": "u", "last_error_message": "Wrong response: 502"}, ["502"]),
        ({"url": "u", "pending_update_count": 900}, ["900"]),
    ],
)
def test_check(telegram, wire, info, said):
    wire.answers = [_ok({"first_name": "S", "username": "s_bot"}), _ok(info)]
    warnings = telegram.check().warnings
    assert len(warnings) == len(said)
    sentences = [warning.text % warning.values for warning in warnings]
    assert all(word in text for word, text in zip(said, sentences, strict=True))


def test_what_the_test_looks_at(wire):
    settings = provider("telegram").account.settings
    account = Account(settings, wire.url, "https://desk.example/k")
    info = {
        "url": "https://other.example",
        "last_error_message": "Wrong response: 502",
        "allowed_updates": ["message"],
    }
    bot = {"first_name": "S", "username": "s", "can_read_all_group_messages": False}
    wire.answers = [_ok(bot), _ok(info)]
    checks = Telegram(account).check().checks
    todo = [c.todo.text % c.todo.values for c in checks if c.todo]
    assert [c.todo is None for c in checks] == [True, False, False, False, True]
    assert "another address" in todo[0] and "502" in todo[1]
    assert "message_reaction" in todo[2] and "callback_query" in todo[2]
    assert "privacy mode" in checks[-1].what.text


# --- answers to tap, signs, corrections ---------------------------------------------

ANSWERS = (Choice("7:1", "Nota fiscal"), Choice("7:2", "Manual", "https://a.example"))


def test_a_question_has_its_answers_below_it(telegram, wire):
    wire.answers = [TAKEN]
    for part in telegram.ask("<p>Onde dói?</p>", ANSWERS):
        telegram.send(part, CHAT, None, "")
    assert wire.received[0].json["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "Nota fiscal", "callback_data": "choice:7:1"}],
            [{"text": "Manual", "url": "https://a.example"}],
        ]
    }


def test_too_many_are_numbers(telegram):
    many = tuple(Choice(f"7:{n}", f"Opção {n}") for n in range(20))
    [part] = telegram.ask("<p>Onde dói?</p>", many)
    assert "20. Opção 19" in part.text and not part.choices


def test_a_pressed_button_stops_turning(telegram):
    body = b'{"update_id": 1, "callback_query": {"id": "4382"}}'
    text, mime = telegram.receipt_for(body)
    assert mime == "application/json"
    assert json.loads(text) == {
        "method": "answerCallbackQuery",
        "callback_query_id": "4382",
    }


@pytest.mark.parametrize(
    "body", [b"{}", b'{"callback_query"', b'{"callback_query": {}}', b"\xff"]
)
def test_to_everything_else_the_answer_is_short(telegram, body):
    assert telegram.receipt_for(body) == telegram.receipt


@pytest.mark.parametrize(
    ("act", "method", "said"),
    [
        (lambda t: t.typing("5:70", "5"), "sendChatAction", {"action": "typing"}),
        (
            lambda t: t.react("5:70", "5", "👍"),
            "setMessageReaction",
            {"message_id": 70, "reaction": [{"type": "emoji", "emoji": "👍"}]},
        ),
        (lambda t: t.react("5:70", "5", ""), "setMessageReaction", {"reaction": []}),
        (
            lambda t: t.edit("5:70", "5", Part("text", "<b>x</b>")),
            "editMessageText",
            {"message_id": 70, "text": "<b>x</b>", "parse_mode": "HTML"},
        ),
        (
            lambda t: t.edit("5:70", "5", Part("video", "<b>x</b>", 0)),
            "editMessageCaption",
            {"message_id": 70, "caption": "<b>x</b>", "parse_mode": "HTML"},
        ),
        (lambda t: t.unsend("5:70", "5"), "deleteMessage", {"message_id": 70}),
        (
            lambda t: t.unsend("5:70", "5@Bc1"),
            "deleteBusinessMessages",
            {"business_connection_id": "Bc1", "message_ids": [70]},
        ),
        (
            lambda t: t.mark_read("5:70", "5@Bc1"),
            "readBusinessMessage",
            {"business_connection_id": "Bc1", "message_id": 70},
        ),
    ],
)
def test_signs_and_corrections(telegram, wire, act, method, said):
    wire.answers = [answer(200, {"ok": True, "result": True})]
    act(telegram)
    [request] = wire.received
    assert request.path == f"{BOT}/{method}"
    assert said.items() <= request.json.items()


def test_a_bot_has_no_read_marks(telegram, wire):
    telegram.mark_read("5:70", "5")
    assert not wire.received


@pytest.mark.parametrize("external_id", ["cb:4382", "5:x", ""])
def test_what_is_no_message_is_not_marked(telegram, wire, external_id):
    with pytest.raises(Refused, match="no message"):
        telegram.react(external_id, "5", "👍")
    assert not wire.received


def test_a_place_and_a_contact(telegram, wire):
    wire.answers = [TAKEN]
    place = Location(-25.43, -49.27, "Loja", "Rua XV, 1")
    for part in (
        Part("location", location=place),
        Part("location", location=replace(place, name="")),
        Part("contact", card=Card("Ana", ("+5541999990000",))),
    ):
        telegram.send(part, CHAT, None, "")
    methods = [request.path.rpartition("/")[2] for request in wire.received]
    assert methods == ["sendVenue", "sendLocation", "sendContact"]
    assert wire.received[0].json["address"] == "Rua XV, 1"


# --- fetching ---------------------------------------------------------------------

PDF = Media(Kind.DOCUMENT, ref="BQAC", mime="application/pdf", name="n.pdf", size=9)


def test_fetch(telegram, wire):
    wire.answers = [_ok({"file_path": "documents/file 1.pdf"}), Answer(body=b"%PDF")]
    file = telegram.fetch(PDF)
    assert (file.name, file.mime, file.content) == ("n.pdf", "application/pdf", b"%PDF")
    assert wire.received[0].json == {"file_id": "BQAC"}
    assert wire.received[1].path == f"/file{BOT}/documents/file%201.pdf"


def test_a_file_without_a_name_takes_that_of_its_path(telegram, wire):
    wire.answers = [_ok({"file_path": "voice/file_7.oga"}), Answer(body=b"OggS")]
    assert telegram.fetch(Media(Kind.VOICE, ref="A")).name == "file_7.oga"


def test_a_large_file_is_not_even_asked_for(telegram, wire):
    with pytest.raises(Refused, match="20 MB.*larger"):
        telegram.fetch(Media(Kind.VIDEO, ref="A", size=21 * 1024 * 1024))
    assert not wire.received


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        (_error(400, "Bad Request: file is too big"), Refused, "20 MB"),
        (_error(400, "Bad Request: invalid file_id"), Refused, "no longer has"),
        (_ok({}), RetryLater, "fault of its own"),
        (_error(500), RetryLater, "fault of its own"),
        (_error(401, "Unauthorized"), Refused, "token"),
        (CUT, RetryLater, "in time"),
    ],
)
def test_get_file_errors(telegram, wire, given, error, said):
    wire.answers = [given]
    with pytest.raises(error, match=said):
        telegram.fetch(PDF)


@pytest.mark.parametrize(("status", "error"), [(404, Refused), (500, RetryLater)])
def test_download_errors(telegram, wire, status, error):
    wire.answers = [_ok({"file_path": "f"}), Answer(status)]
    with pytest.raises(error):
        telegram.fetch(PDF)
