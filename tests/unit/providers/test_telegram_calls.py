import json

import pytest
from providers.errors import Refused, RetryLater, Uncertain
from providers.types import Kind, Media, Part, Upload

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
    wire.answers = [_ok({"id": 1, "first_name": "Suporte", "username": "s_bot"})]
    wire.answers.append(answer(200, {"ok": True, "result": True}))
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
