import json

import pytest
from providers.errors import Refused, RetryLater, Uncertain
from providers.types import Kind, Media, Part, Upload

from .golden import provider
from .wire import CUT, Answer, answer

NUMBER = "5511987654321"
TAKEN = answer(
    200,
    {
        "messaging_product": "whatsapp",
        "contacts": [{"input": NUMBER, "wa_id": "551187654321"}],
        "messages": [{"id": "wamid.NEW", "message_status": "accepted"}],
    },
)
PDF = Upload("nota fiscal.pdf", "application/pdf", b"%PDF-1.4")


@pytest.fixture
def whatsapp(wire):
    return provider("whatsapp", wire.url)


def _graph(code, status=400, **more):
    error = {"message": "What Meta says", "type": "OAuthException", "code": code}
    return answer(status, {"error": {**error, **more}})


def test_text(whatsapp, wire):
    wire.answers = [TAKEN]
    part = Part("text", "Olá https://x.example", reply_to="wamid.OLD")
    sent = whatsapp.send(part, NUMBER, None, "42-abc")
    assert (sent.external_id, sent.recipient_id) == ("wamid.NEW", "551187654321")
    request = wire.received[0]
    assert request.path == "/v23.0/106540352242922/messages"
    assert request.headers["authorization"] == "Bearer EAAGtoken0123456789"
    assert request.json == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": NUMBER,
        "type": "text",
        "text": {"body": "Olá https://x.example", "preview_url": True},
        "context": {"message_id": "wamid.OLD"},
        "biz_opaque_callback_data": "42-abc",
    }


def test_file_is_uploaded_first(whatsapp, wire):
    wire.answers = [answer(200, {"id": "4490709327384033"}), TAKEN]
    whatsapp.send(Part("document", "Segue", 0), NUMBER, PDF, "")
    upload, message = wire.received
    assert upload.path == "/v23.0/106540352242922/media"
    assert b'name="messaging_product"\r\n\r\nwhatsapp' in upload.body
    assert b"%PDF-1.4" in upload.body and b"application/pdf" in upload.body
    document = {"id": "4490709327384033", "caption": "Segue"}
    assert message.json["document"] == {**document, "filename": "nota fiscal.pdf"}
    assert message.json["type"] == "document"
    assert "biz_opaque_callback_data" not in message.json


@pytest.mark.parametrize(
    ("kind", "mime", "expected"),
    [
        ("image", "image/png", {"image": {"id": "M", "caption": "c"}}),
        ("video", "video/mp4", {"video": {"id": "M", "caption": "c"}}),
        ("audio", "audio/mpeg", {"audio": {"id": "M"}}),
        ("voice", "audio/ogg", {"audio": {"id": "M", "voice": True}}),
        ("sticker", "image/webp", {"sticker": {"id": "M"}}),
    ],
)
def test_kinds_of_files(whatsapp, wire, kind, mime, expected):
    wire.answers = [answer(200, {"id": "M"}), TAKEN]
    whatsapp.send(Part(kind, "c", 0), NUMBER, Upload("f", mime, b"x"), "")
    message = wire.received[1].json
    ((name, value),) = expected.items()
    assert message["type"] == name and message[name] == value


@pytest.mark.parametrize(
    ("mime", "expected"),
    [
        ("application/xml", "text/plain"),
        ("text/csv; charset=utf-8", "text/plain"),
        ("application/pdf", "application/pdf"),
        ("x/y\r\nX-Evil: 1", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_type_of_an_upload(whatsapp, wire, mime, expected):
    wire.answers = [answer(200, {"id": "M"}), TAKEN]
    upload = Upload("nfe.xml", mime, b"<nfe/>")
    whatsapp.send(Part("document", "", 0), NUMBER, upload, "")
    body = wire.received[0].body
    assert f"Content-Type: {expected}\r\n".encode() in body
    assert f'name="type"\r\n\r\n{expected}\r\n'.encode() in body
    assert wire.received[1].json["document"]["filename"] == "nfe.xml"


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        ("5511987654321", {"recipient_type": "individual", "to": "5511987654321"}),
        ("+5511987654321", {"recipient_type": "individual", "to": "+5511987654321"}),
        ("BR.1349", {"recipient_type": "individual", "recipient": "BR.1349"}),
        ("BR.ENT.9", {"recipient_type": "individual", "recipient": "BR.ENT.9"}),
        ("Y2FwaV9n", {"recipient_type": "group", "to": "Y2FwaV9n"}),
    ],
)
def test_recipients(whatsapp, wire, recipient, expected):
    wire.answers = [TAKEN]
    whatsapp.send(Part("text", "x"), recipient, None, "")
    sent = wire.received[0].json
    assert {k: sent[k] for k in ("recipient_type", "to", "recipient") if k in sent} == (
        expected
    )


def test_nobody_to_send_to(whatsapp, wire):
    with pytest.raises(Refused, match="no address"):
        whatsapp.send(Part("text", "x"), "", None, "")
    assert not wire.received


@pytest.mark.parametrize(
    ("code", "error", "attributes"),
    [
        (131047, Refused, {"window_closed": True, "alarm": False}),
        (131026, Refused, {"window_closed": False, "alarm": False}),
        (131021, Refused, {"alarm": False}),
        (130472, Refused, {"alarm": False}),
        (131051, Refused, {"alarm": False}),
        (131052, Refused, {"alarm": False}),
        (131053, Refused, {"alarm": False}),
        (131048, Refused, {"alarm": True}),
        (190, Refused, {"alarm": True}),
        (368, Refused, {"alarm": True}),
        (131031, Refused, {"alarm": True}),
        (0, Refused, {"alarm": True}),
        (200, Refused, {"alarm": True}),
        (100, Refused, {"alarm": False}),
        (424242, Refused, {"alarm": False}),
        (131056, RetryLater, {}),
        (130429, RetryLater, {}),
        (80007, RetryLater, {}),
        (4, RetryLater, {}),
        (131000, RetryLater, {}),
        (2, RetryLater, {}),
    ],
)
def test_error_codes(whatsapp, wire, code, error, attributes):
    wire.answers = [_graph(code, error_data={"details": "More of it"})]
    with pytest.raises(error) as caught:
        whatsapp.send(Part("text", "x"), NUMBER, None, "")
    assert caught.value.code == str(code)
    assert caught.value.details == f"What Meta says ({code}) More of it"
    assert caught.value.note.text in whatsapp.notes
    for name, value in attributes.items():
        assert getattr(caught.value, name) is value


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (answer(401, {}), Refused),
        (answer(403, {}), Refused),
        (answer(404, {}), Refused),
        (Answer(500, b"<html>"), RetryLater),
        (Answer(503, b""), RetryLater),
        (_graph(999, 500), RetryLater),
        (_graph(999, 400, is_transient=True), RetryLater),
        (_graph("190", 400), Refused),
        (_graph(None, 400), Refused),
        (answer(400, {"error": "x"}), Refused),
        (answer(200, {"error": {"code": 190}}), Refused),
    ],
)
def test_other_answers(whatsapp, wire, given, error):
    wire.answers = [given]
    with pytest.raises(error):
        whatsapp.send(Part("text", "x"), NUMBER, None, "")


def test_the_pause_that_whatsapp_asks_for(whatsapp, wire):
    wire.answers = [answer(429, {"error": {"code": 130429}}, Retry_After="17")]
    with pytest.raises(RetryLater) as caught:
        whatsapp.send(Part("text", "x"), NUMBER, None, "")
    assert caught.value.seconds == 17.0


@pytest.mark.parametrize(
    "given",
    [
        CUT,
        Answer(502, b"Bad Gateway"),
        Answer(504, b""),
        Answer(200, b"not JSON"),
        answer(200, {}),
        answer(200, {"messages": [{}]}),
        answer(200, {"messages": "x"}),
    ],
)
def test_nobody_knows_whether_it_was_sent(whatsapp, wire, given):
    wire.answers = [given]
    with pytest.raises(Uncertain):
        whatsapp.send(Part("text", "x"), NUMBER, None, "")


@pytest.mark.parametrize("given", [CUT, Answer(502), answer(200, {}), Answer(500)])
def test_an_upload_that_fails_sent_nothing(whatsapp, wire, given):
    wire.answers = [given]
    with pytest.raises(RetryLater):
        whatsapp.send(Part("document", "", 0), NUMBER, PDF, "")
    assert all(r.path.endswith("/media") for r in wire.received)


def test_an_echo_of_the_token_is_masked(whatsapp, wire):
    wire.answers = [_graph(190, message="Malformed access token EAAGtoken0123456789")]
    with pytest.raises(Refused) as caught:
        whatsapp.send(Part("text", "x"), NUMBER, None, "")
    assert "EAAGtoken" not in json.dumps(vars(caught.value), default=str)
    assert "***" in caught.value.details


@pytest.mark.parametrize(
    "identity", ["../me", "..", "a/b", "a b", "1?x=", "é", "x" * 300]
)
def test_a_number_id_stays_one_segment_of_the_path(wire, identity):
    whatsapp = provider("whatsapp", wire.url, phone_number_id=identity)
    with pytest.raises(Refused):
        whatsapp.send(Part("text", "x"), NUMBER, None, "")
    with pytest.raises(Refused):
        provider("whatsapp", wire.url).fetch(Media(Kind.IMAGE, ref=identity))
    assert not wire.received


# --- fetching ---------------------------------------------------------------------

IMAGE = Media(Kind.IMAGE, ref="1003383421387256", mime="image/jpeg")


def _found(wire, path="/f"):
    return answer(200, {"url": f"{wire.url}{path}", "mime_type": "image/jpeg"})


def test_fetch(whatsapp, wire):
    wire.answers = [_found(wire), Answer(body=b"\xff\xd8", headers={})]
    file = whatsapp.fetch(IMAGE)
    assert (file.content, file.mime) == (b"\xff\xd8", "image/jpeg")
    assert wire.received[0].path == "/v23.0/1003383421387256"
    assert all("authorization" in r.headers for r in wire.received)


def test_a_media_link_into_the_private_network_is_refused(whatsapp, wire):
    for url in ("http://169.254.169.254/latest/", "http://127.0.0.1:1/", "file:///x"):
        wire.answers = [answer(200, {"url": url})]
        with pytest.raises((Refused, RetryLater)):
            whatsapp.fetch(IMAGE)
    assert all(r.path.startswith("/v23.0/") for r in wire.received)


@pytest.mark.parametrize("status", [400, 404])
def test_media_that_is_gone(whatsapp, wire, status):
    wire.answers = [_graph(100, status)]
    with pytest.raises(Refused, match="no longer has"):
        whatsapp.fetch(IMAGE)


@pytest.mark.parametrize("status", [404, 410])
def test_media_whose_link_is_dead(whatsapp, wire, status):
    wire.answers = [_found(wire), Answer(status)]
    with pytest.raises(Refused, match="no longer has"):
        whatsapp.fetch(IMAGE)


def test_media_with_a_bad_token_raises_the_alarm(whatsapp, wire):
    for answers in ([_graph(190, 401)], [_found(wire), Answer(401)]):
        wire.answers = answers
        with pytest.raises(Refused) as caught:
            whatsapp.fetch(IMAGE)
        assert caught.value.alarm


@pytest.mark.parametrize("given", [answer(200, {}), Answer(500), CUT])
def test_media_later(whatsapp, wire, given):
    wire.answers = [given]
    with pytest.raises(RetryLater):
        whatsapp.fetch(IMAGE)
