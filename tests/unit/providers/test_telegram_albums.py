"""Several files of one answer leave as one message of Telegram."""

import json

import pytest
from providers.errors import Refused, RetryLater, Uncertain
from providers.types import File, Part, Upload

from .golden import provider
from .wire import CUT, Wire, answer

CHAT = "5"
MB = 1024 * 1024


@pytest.fixture
def wire():
    server = Wire()
    yield server
    server.close()


def _files(*mimes, size=1000):
    return [File(i, f"f{i}", mime, size) for i, mime in enumerate(mimes)]


def _plan(*mimes, html="", size=1000):
    """Of each part: the kind and place of its files."""
    parts = provider("telegram").plan(html, _files(*mimes, size=size), "5:70")
    return [[(p.kind, p.file) for p in (part, *part.album)] for part in parts]


def _sent(*numbers):
    return answer(
        200,
        {
            "ok": True,
            "result": [{"message_id": n, "chat": {"id": int(CHAT)}} for n in numbers],
        },
    )


def _album(*kinds):
    first, *others = (Part(kind, file=i) for i, kind in enumerate(kinds))
    return Part(first.kind, "<i>c</i>", 0, "5:70", album=tuple(others))


def _uploads(*names):
    first, *others = (Upload(name, "x/y", name.encode()) for name in names)
    return Upload(first.name, first.mime, first.content, album=tuple(others))


# --- what belongs together --------------------------------------------------------


def test_photos_and_videos_are_one_album():
    mimes = ("image/jpeg", "video/mp4", "image/png")
    assert _plan(*mimes) == [[("image", 0), ("video", 1), ("image", 2)]]


def test_documents_and_audio_stay_among_themselves():
    assert _plan(
        *("application/pdf", "image/png", "audio/mpeg", "text/csv"),
        *("image/jpeg", "audio/mpeg"),
    ) == [
        [("document", 0), ("document", 3)],
        [("image", 1), ("image", 4)],
        [("audio", 2), ("audio", 5)],
    ]


def test_a_voice_note_goes_alone():
    assert _plan("audio/ogg", "audio/ogg", "image/png") == [
        [("voice", 0)],
        [("voice", 1)],
        [("image", 2)],
    ]


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(1, [1]), (10, [10]), (11, [10, 1]), (23, [10, 10, 3])],
)
def test_more_than_ten_are_several_albums(count, sizes):
    assert [len(album) for album in _plan(*["image/png"] * count)] == sizes


def test_one_request_stays_within_what_telegram_takes():
    assert [len(a) for a in _plan(*["video/mp4"] * 4, size=20 * MB)] == [2, 2]
    assert [len(a) for a in _plan(*["video/mp4"] * 2, size=25 * MB)] == [2]
    assert [len(a) for a in _plan(*["video/mp4"] * 2, size=25 * MB + 1)] == [1, 1]


def test_the_first_file_has_the_caption_and_the_quote():
    files = _files("image/png", "application/pdf", "image/png")
    album, pdf = provider("telegram").plan("<b>Olá</b>", files, "5:70")
    assert (album.text, album.reply_to) == ("<b>Olá</b>", "5:70")
    assert [(p.text, p.reply_to) for p in (*album.album, pdf)] == [("", "")] * 2


def test_a_text_too_long_for_a_caption_goes_first():
    files = _files("image/png", "image/png")
    text, album = provider("telegram").plan("palavra " * 200, files, "5:70")
    assert (text.kind, text.album, text.reply_to) == ("text", (), "5:70")
    assert (album.text, len(album.album)) == ("", 1)


def test_an_album_survives_the_database():
    album = _album("image", "video")
    assert Part.from_dict(json.loads(json.dumps(album.as_dict()))) == album


# --- what is sent -------------------------------------------------------------------


def test_one_request_with_all_files(wire):
    wire.answers = [_sent(91, 92, 93)]
    sent = provider("telegram", wire.url).send(
        _album("image", "video", "image"), CHAT, _uploads("a.png", "b ç", "c"), ""
    )
    assert (sent.external_id, sent.album) == ("5:91", ("5:92", "5:93"))
    (request,) = wire.received
    assert request.path.endswith("/sendMediaGroup")
    media = [
        {
            "type": "photo",
            "media": "attach://file0",
            "caption": "<i>c</i>",
            "parse_mode": "HTML",
        },
        {"type": "video", "media": "attach://file1"},
        {"type": "photo", "media": "attach://file2"},
    ]
    assert json.dumps(media).encode() in request.body
    for number, content in enumerate(("a.png", "b ç", "c")):
        assert f'name="file{number}"'.encode() in request.body
        assert b"\r\n\r\n" + content.encode() + b"\r\n" in request.body
    reply = {"message_id": 70, "allow_sending_without_reply": True}
    assert json.dumps(reply).encode() in request.body


@pytest.mark.parametrize(
    ("thread", "field"),
    [("-1:12", b'name="message_thread_id"'), ("5@B", b'name="business_connection_id"')],
)
def test_into_a_topic_or_a_business_chat(wire, thread, field):
    wire.answers = [_sent(1, 2)]
    telegram = provider("telegram", wire.url)
    telegram.send(_album("image", "image"), thread, _uploads("a", "b"), "")
    assert field in wire.received[0].body


def _refused(said, status=400):
    return answer(status, {"ok": False, "error_code": status, "description": said})


ITEM = 'Bad Request: failed to send message #2 with the error message "%s"'


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        (
            _refused(ITEM % "PHOTO_INVALID_DIMENSIONS"),
            Refused,
            r"“b.png” \(number 2 of",
        ),
        (_refused(ITEM.replace("#2", "#9") % "X"), Refused, "refused the message"),
        (_refused(ITEM.replace("#2", "#0") % "X"), Refused, "refused the message"),
        (_refused("Forbidden: bot was blocked", 403), Refused, "blocked"),
        (_refused("Request Entity Too Large", 413), Refused, "this file"),
        (_refused("Too Many Requests", 429), RetryLater, "pace"),
        (_refused("Internal", 500), RetryLater, "fault of its own"),
        (CUT, Uncertain, "did not confirm"),
        (answer(502), Uncertain, "number"),
        (answer(200, {"ok": True, "result": []}), Uncertain, "number"),
        (answer(200, {"ok": True, "result": {"message_id": 1}}), Uncertain, "number"),
        (answer(200, {"ok": True, "result": [{}, 7, None]}), Uncertain, "number"),
    ],
)
def test_what_telegram_may_say(wire, given, error, sentence):
    wire.answers = [given]
    telegram = provider("telegram", wire.url)
    with pytest.raises(error, match=sentence):
        telegram.send(_album("image", "image"), CHAT, _uploads("a.png", "b.png"), "")
    assert len(wire.received) == 1


def test_a_refusal_keeps_telegrams_own_words(wire):
    wire.answers = [_refused(ITEM % "IMAGE_PROCESS_FAILED")]
    with pytest.raises(Refused) as caught:
        provider("telegram", wire.url).send(
            _album("image", "image"), CHAT, _uploads("a", "b"), ""
        )
    assert "IMAGE_PROCESS_FAILED" in caught.value.details
    assert caught.value.code == "400"
