"""A page: who may call, what is sent, and what its errors mean."""

import hashlib
import hmac

import pytest
from providers.errors import Refused, RetryLater, Uncertain, Unverified
from providers.types import File, Kind, Media, Part, Request, Upload
from providers.words import GONE

from .golden import SETTINGS, provider
from .wire import CUT, Answer, answer

OWN = SETTINGS["facebook"]
PAGE, PSID = OWN["page_id"], "7654321098765432"
THREAD = f"c:{PAGE}_5550001:24681357"
TAKEN = answer(200, {"recipient_id": PSID, "message_id": "m_new"})
PDF = Upload("nota.pdf", "application/pdf", b"%PDF-1.4")
PNG = Upload("tela.png", "image/png", b"\x89PNG")
BODY = b'{"object": "page"}'


@pytest.fixture
def facebook(wire):
    return provider("facebook", wire.url)


def _graph(code, status=400, **more):
    error = {"message": "What Meta says", "type": "OAuthException", "code": code}
    return answer(status, {"error": {**error, **more}})


# --- the webhook ------------------------------------------------------------------


def _request(signature, body=BODY):
    headers = {"x-hub-signature-256": signature} if signature else {}
    return Request("POST", "https://desk.example/", headers, {}, body)


def _signed(secret=OWN["app_secret"]):
    return "sha256=" + hmac.new(secret.encode(), BODY, hashlib.sha256).hexdigest()


def test_signature():
    provider("facebook").verify(_request(_signed()))


@pytest.mark.parametrize("signature", ["", "sha256=", _signed("another"), "sha1=x"])
def test_wrong_signature(signature):
    with pytest.raises(Unverified):
        provider("facebook").verify(_request(signature))


def test_handshake():
    query = {
        "hub.mode": "subscribe",
        "hub.verify_token": OWN["verify_token"],
        "hub.challenge": "1158201444",
    }
    request = Request("GET", "https://desk.example/", {}, query, b"")
    assert provider("facebook").handshake(request) == "1158201444"


def test_each_event_names_its_page():
    body = b'{"entry": [{"id": "1", "changes": []}, {"id": 2, "messaging": [{}]}]}'
    assert [raw.address for raw in provider("facebook").split(body)] == ["1", "2"]


# --- Messenger ----------------------------------------------------------------------


def test_text(facebook, wire):
    wire.answers = [TAKEN]
    sent = facebook.send(Part("text", "Olá", reply_to="m_1"), PSID, None, "0a" * 16)
    assert (sent.external_id, sent.recipient_id) == ("m_new", PSID)
    (request,) = wire.received
    assert request.path == f"/v23.0/{PAGE}/messages"
    assert request.headers["authorization"] == f"Bearer {OWN['access_token']}"
    assert request.json == {
        "recipient": {"id": PSID},
        "messaging_type": "RESPONSE",
        "message": {"text": "Olá", "metadata": "0a" * 16},
        "reply_to": {"mid": "m_1"},
    }


def test_file(facebook, wire):
    wire.answers = [TAKEN]
    facebook.send(Part("document", "", 0), PSID, PDF, "0a" * 16)
    (request,) = wire.received
    assert b'name="filedata"; filename="nota.pdf"' in request.body
    assert b'"attachment": {"type": "file"' in request.body
    assert b'name="recipient"\r\n\r\n{"id": "7654321098765432"}' in request.body
    assert b'name="messaging_type"\r\n\r\nRESPONSE' in request.body


def test_private_reply(facebook, wire):
    wire.answers = [TAKEN]
    sent = facebook.reply_privately("5550001_777", Part("text", "Oi"), "0b" * 16)
    assert sent.recipient_id == PSID
    assert wire.received[0].json["recipient"] == {"comment_id": "5550001_777"}


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (_graph(190), Refused, "access token"),
        (_graph(10, error_subcode=2018278), Refused, "Too much time"),
        (_graph(10), Refused, "may not do this"),
        (_graph(200, error_subcode=1545041), Refused, "cannot be reached"),
        (_graph(551), Refused, "cannot be reached"),
        (_graph(100, error_subcode=2018001), Refused, "knows nobody"),
        (_graph(613), RetryLater, "pace"),
        (_graph(2, 500), RetryLater, "fault of its own"),
        (_graph(99999, 500), RetryLater, "fault of its own"),
        (_graph(99999), Refused, "refused the message"),
        (answer(429, {}), RetryLater, "pace"),
        (Answer(502, b"<html>"), Uncertain, "without giving it a number"),
        (answer(200, {}), Uncertain, "without giving it a number"),
        (CUT, Uncertain, "did not confirm"),
    ],
)
def test_what_can_go_wrong(facebook, wire, reply, error, words):
    wire.answers = [reply]
    with pytest.raises(error, match=words) as caught:
        facebook.send(Part("text", "Olá"), PSID, None, "")
    assert OWN["access_token"] not in str(caught.value) + caught.value.details


def test_the_token_raises_the_alarm_and_the_window_does_not(facebook, wire):
    wire.answers = [_graph(190), _graph(10, error_subcode=2018278)]
    for alarm in (True, False):
        with pytest.raises(Refused) as caught:
            facebook.send(Part("text", "Olá"), PSID, None, "")
        assert (caught.value.alarm, caught.value.window_closed) == (alarm, not alarm)


def test_wait_as_long_as_it_says(facebook, wire):
    wire.answers = [Answer(429, b"{}", {"Retry-After": "17"})]
    with pytest.raises(RetryLater) as caught:
        facebook.send(Part("text", "Olá"), PSID, None, "")
    assert caught.value.seconds == 17


# --- in public ------------------------------------------------------------------------


def test_a_public_answer_stands_under_the_comment(facebook, wire):
    wire.answers = [answer(200, {"id": "5550001_778"})]
    part = Part("text", "Já vimos!", reply_to="5550001_777")
    assert facebook.send(part, THREAD, None, "x").external_id == "5550001_778"
    (request,) = wire.received
    assert request.path == "/v23.0/5550001_777/comments"
    assert request.json == {"message": "Já vimos!"}


def test_without_a_comment_it_stands_under_the_post(facebook, wire):
    wire.answers = [answer(200, {"id": "1"})]
    facebook.send(Part("text", "Oi"), THREAD, None, "")
    assert wire.received[0].path == f"/v23.0/{PAGE}_5550001/comments"


def test_a_picture_under_a_comment(facebook, wire):
    wire.answers = [answer(200, {"id": "1"})]
    facebook.send(Part("image", "Assim", 0, "5550001_777"), THREAD, PNG, "")
    body = wire.received[0].body
    assert b'name="source"; filename="tela.png"' in body
    assert b'name="message"\r\n\r\nAssim' in body


@pytest.mark.parametrize("hidden", [True, False])
def test_hide(facebook, wire, hidden):
    wire.answers = [answer(200, {"success": True})]
    facebook.hide("5550001_777", hidden)
    assert wire.received[0].path == "/v23.0/5550001_777"
    assert wire.received[0].json == {"is_hidden": hidden}


@pytest.mark.parametrize("identity", ["../me", "a/b", "", ".", "x y"])
def test_an_id_is_one_segment_of_a_path(facebook, wire, identity):
    with pytest.raises(Refused):
        facebook.hide(identity, True)
    assert not wire.received


# --- planning -------------------------------------------------------------------------


def _file(mime, size=1000, name="f"):
    return File(0, name, mime, size)


def test_public_and_private_have_limits_of_their_own():
    adapter = provider("facebook")
    long = f"<p>{'palavra ' * 500}</p>"
    assert len(adapter.plan(long, [])) == 2
    assert len(adapter.plan(long, [], "c", THREAD)) == 1
    assert adapter.is_public(THREAD) and not adapter.is_public(PSID)
    assert adapter.reply_window(PSID) and not adapter.reply_window(THREAD)


def test_formatting_becomes_plain_and_links_are_written_out():
    html = '<p><b>Veja</b> <a href="https://x.example/a">o manual</a></p>'
    (part,) = provider("facebook").plan(html, [])
    assert part.text == "Veja o manual (https://x.example/a)"


def test_a_text_and_files_are_parts_of_their_own():
    files = [File(0, "a.png", "image/png", 9), File(1, "b.pdf", "application/pdf", 9)]
    parts = provider("facebook").plan("<p>Segue</p>", files)
    assert [(p.kind, p.text, p.file) for p in parts] == [
        ("text", "Segue", None),
        ("image", "", 0),
        ("document", "", 1),
    ]


def test_a_comment_takes_one_picture_with_its_text():
    (part,) = provider("facebook").plan(
        "<p>Assim</p>", [_file("image/png")], "c1", THREAD
    )
    assert (part.kind, part.text, part.reply_to) == ("image", "Assim", "c1")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([_file("application/pdf", name="nota.pdf")], "nota.pdf"),
        ([_file("image/png"), _file("image/png")], "one picture"),
        ([_file("image/png", 9 * 1024 * 1024)], "at most 8 MB"),
    ],
)
def test_what_a_comment_cannot_hold(files, words):
    with pytest.raises(Refused, match=words):
        provider("facebook").plan("<p>x</p>", files, "c1", THREAD)


# --- asking ---------------------------------------------------------------------------


def test_profile(facebook, wire):
    wire.answers = [answer(200, {"first_name": "Ana", "last_name": "Lima", "id": "1"})]
    assert facebook.profile(PSID).name == "Ana Lima"
    assert wire.received[0].path.startswith(f"/v23.0/{PSID}?fields=")


def test_a_profile_that_is_not_shown(facebook, wire):
    wire.answers = [_graph(100, error_subcode=2018218)]
    with pytest.raises(Refused, match="not allowed"):
        facebook.profile(PSID)


def test_what_a_comment_is_about(facebook, wire):
    post = {
        "message": "Versão 12 no ar",
        "permalink_url": "https://www.facebook.com/p",
        "from": {"id": PAGE, "name": "ERP Horizonte"},
    }
    wire.answers = [answer(200, post)]
    about = facebook.post(THREAD)
    assert (about.text, about.url) == ("Versão 12 no ar", "https://www.facebook.com/p")
    assert about.author == ""
    assert wire.received[0].path.startswith(f"/v23.0/{PAGE}_5550001?")


def test_fetch(facebook, wire):
    wire.answers = [Answer(200, b"bytes", {"Content-Type": "image/jpeg"})]
    file = facebook.fetch(Media(Kind.IMAGE, f"{wire.url}/tela.jpg"))
    assert (file.content, file.mime) == (b"bytes", "image/jpeg")
    assert "authorization" not in wire.received[0].headers


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_file_that_is_gone(facebook, wire, status):
    wire.answers = [Answer(status, b"")]
    with pytest.raises(Refused) as caught:
        facebook.fetch(Media(Kind.IMAGE, f"{wire.url}/tela.jpg"))
    assert caught.value.note.text == GONE


# --- the account ----------------------------------------------------------------------

ABOUT = answer(200, {"name": "ERP Horizonte", "username": "horizonte", "id": PAGE})
HERE = answer(200, {"data": [{"id": OWN["app_id"], "name": "Desk"}]})


def test_connect(facebook, wire):
    done = answer(200, {"success": True})
    wire.answers = [done, done, ABOUT, HERE]
    connection = facebook.connect("https://desk.example/social/webhook/k")
    assert (connection.name, connection.address) == ("ERP Horizonte", "@horizonte")
    assert not connection.warnings
    app, page, *_rest = wire.received
    assert app.path == f"/v23.0/{OWN['app_id']}/subscriptions"
    assert app.json["callback_url"] == "https://desk.example/social/webhook/k"
    assert app.json["object"] == "page"
    token = f"Bearer {OWN['app_id']}|{OWN['app_secret']}"
    assert app.headers["authorization"] == token
    assert page.path == f"/v23.0/{PAGE}/subscribed_apps"
    assert {"messages", "feed", "ratings", "mention"} <= set(
        page.json["subscribed_fields"].split(",")
    )


def test_another_app_has_the_page(facebook, wire):
    wire.answers = [ABOUT, answer(200, {"data": [{"id": "1"}]})]
    (warning,) = facebook.check().warnings
    assert "does not deliver" in warning.text


def test_check_with_a_dead_token(facebook, wire):
    wire.answers = [_graph(190, 401)]
    with pytest.raises(Refused) as caught:
        facebook.check()
    assert caught.value.alarm
