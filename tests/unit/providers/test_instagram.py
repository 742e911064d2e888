"""An Instagram account: who may call, what is sent, and what its errors mean."""

import hashlib
import hmac
from urllib.parse import parse_qsl

import pytest
from providers.errors import Refused, RetryLater, Uncertain, Unverified
from providers.types import Choice, File, Kind, Media, Part, Request, Upload
from providers.words import GONE

from .golden import SETTINGS, provider
from .wire import CUT, Answer, answer

OWN = SETTINGS["instagram"]
IGSID = "1234567890123456"
THREAD = "c:17890010020030040:2002"
IN_COMMENT, IN_CAPTION = "m:17900011:17950099", "m:17900011:"
TAKEN = answer(200, {"recipient_id": IGSID, "message_id": "m_new"})
DONE = answer(200, {"success": True})
PNG = Upload("tela.png", "image/png", b"\x89PNG")
BODY = b'{"object": "instagram"}'


@pytest.fixture
def instagram(wire):
    return provider("instagram", wire.url)


@pytest.fixture
def logged_in(wire):
    return provider("instagram", wire.url, access_token="IGAAtoken123456")


def _graph(code, status=400, **more):
    error = {"message": "What Meta says", "type": "OAuthException", "code": code}
    return answer(status, {"error": {**error, **more}})


def _form(request):
    return dict(parse_qsl(request.body.decode()))


CLOSED = _graph(10, error_subcode=2534022)


# --- the webhook ------------------------------------------------------------------


def _request(signature):
    headers = {"x-hub-signature-256": signature} if signature else {}
    return Request("POST", "https://desk.example/", headers, {}, BODY)


def _signed(secret=OWN["app_secret"]):
    return "sha256=" + hmac.new(secret.encode(), BODY, hashlib.sha256).hexdigest()


def test_signature():
    provider("instagram").verify(_request(_signed()))


@pytest.mark.parametrize("signature", ["", "sha256=", _signed("another"), "sha1=x"])
def test_wrong_signature(signature):
    with pytest.raises(Unverified):
        provider("instagram").verify(_request(signature))


def test_without_a_secret_nobody_comes_in():
    adapter = provider("instagram", app_secret="")
    with pytest.raises(Unverified):
        adapter.verify(_request(_signed("")))


@pytest.mark.parametrize("given", [OWN["verify_token"], "wrong"])
def test_handshake(given):
    query = {
        "hub.mode": "subscribe",
        "hub.verify_token": given,
        "hub.challenge": "1158201444",
    }
    request = Request("GET", "https://desk.example/", {}, query, b"")
    if given == "wrong":
        with pytest.raises(Unverified):
            provider("instagram").handshake(request)
    else:
        assert provider("instagram").handshake(request) == "1158201444"


def test_each_event_names_its_account():
    body = b'{"entry": [{"id": "1", "changes": []}, {"id": 2, "messaging": [{}]}]}'
    assert [raw.address for raw in provider("instagram").split(body)] == ["1", "2"]


# --- direct messages ----------------------------------------------------------------


def test_text(instagram, wire):
    wire.answers = [TAKEN]
    sent = instagram.send(Part("text", "Olá", reply_to="m_1"), IGSID, None, "0a" * 16)
    assert (sent.external_id, sent.recipient_id) == ("m_new", IGSID)
    (request,) = wire.received
    assert request.path == "/v23.0/me/messages"
    assert request.headers["authorization"] == f"Bearer {OWN['access_token']}"
    assert request.json == {
        "recipient": {"id": IGSID},
        "message": {"text": "Olá"},
    }


def test_a_token_of_instagram_login_goes_to_its_own_server():
    assert provider("instagram").api_url == "https://graph.facebook.com"
    adapter = provider("instagram", access_token="IGAAtoken123456")
    assert adapter.api_url == "https://graph.instagram.com"
    adapter = provider("instagram", "https://proxy.example", access_token="IGAAx")
    assert adapter.api_url == "https://proxy.example"


def test_a_file_is_uploaded_first(instagram, wire):
    wire.answers = [answer(200, {"attachment_id": "77"}), TAKEN]
    instagram.send(Part("image", "", 0), IGSID, PNG, "")
    upload, message = wire.received
    assert upload.path == "/v23.0/me/message_attachments"
    assert b'name="platform"\r\n\r\ninstagram' in upload.body
    assert b'name="filedata"; filename="tela.png"' in upload.body
    payload = {"attachment_id": "77"}
    assert message.json["message"] == {
        "attachment": {"type": "image", "payload": payload}
    }


def test_a_lost_upload_has_sent_nothing(instagram, wire):
    wire.answers = [CUT]
    with pytest.raises(RetryLater):
        instagram.send(Part("image", "", 0), IGSID, PNG, "")


def test_quick_replies(instagram, wire):
    wire.answers = [TAKEN]
    choices = (Choice("area-1", "Fiscal"), Choice("area-2", "Compras"))
    instagram.send(Part("text", "Qual área?", choices=choices), IGSID, None, "")
    assert wire.received[0].json["message"]["quick_replies"] == [
        {"content_type": "text", "title": "Fiscal", "payload": "choice:area-1"},
        {"content_type": "text", "title": "Compras", "payload": "choice:area-2"},
    ]


def test_private_reply(instagram, wire):
    wire.answers = [TAKEN]
    sent = instagram.reply_privately("17950001", Part("text", "Oi"), "0b" * 16)
    assert sent.recipient_id == IGSID
    assert wire.received[0].json["recipient"] == {"comment_id": "17950001"}


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (_graph(190), Refused, "access token"),
        (CLOSED, Refused, "Too much time"),
        (_graph(10), Refused, "may not do this"),
        (_graph(200, error_subcode=1545041), Refused, "cannot be reached"),
        (_graph(9010), Refused, "knows nobody"),
        (_graph(2018047), Refused, "another format"),
        (_graph(368), Refused, "blocked"),
        (_graph(100), Refused, "a value"),
        (_graph(777777), Refused, "refused the message"),
        (_graph(777777, 500), RetryLater, "fault of its own"),
        (_graph(613), RetryLater, "pace"),
        (answer(429, {}), RetryLater, "pace"),
        (Answer(502, b"<html>"), Uncertain, "without giving it a number"),
        (answer(200, {}), Uncertain, "without giving it a number"),
        (CUT, Uncertain, "did not confirm"),
    ],
)
def test_what_can_go_wrong(instagram, wire, reply, error, words):
    wire.answers = [reply]
    with pytest.raises(error, match=words) as caught:
        instagram.send(Part("text", "Olá"), IGSID, None, "")
    assert OWN["access_token"] not in str(caught.value) + caught.value.details


def test_wait_as_long_as_it_says(instagram, wire):
    wire.answers = [Answer(429, b"{}", {"Retry-After": "17"})]
    with pytest.raises(RetryLater) as caught:
        instagram.send(Part("text", "Olá"), IGSID, None, "")
    assert caught.value.seconds == 17


def test_after_a_day_an_answer_carries_the_tag(instagram, wire):
    wire.answers = [CLOSED, TAKEN]
    assert instagram.send(Part("text", "Olá"), IGSID, None, "").external_id == "m_new"
    first, second = (request.json for request in wire.received)
    assert "tag" not in first
    assert (second["messaging_type"], second["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")


def test_a_file_is_not_uploaded_again_for_the_tag(instagram, wire):
    wire.answers = [answer(200, {"attachment_id": "77"}), CLOSED, TAKEN]
    instagram.send(Part("image", "", 0), IGSID, PNG, "")
    assert len(wire.received) == 3


def test_without_the_tag_the_window_is_closed(instagram, wire):
    wire.answers = [CLOSED, _graph(10)]
    with pytest.raises(Refused, match="Too much time") as caught:
        instagram.send(Part("text", "Olá"), IGSID, None, "")
    assert caught.value.window_closed and not caught.value.alarm


# --- small signs ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("sign", "action"), [("mark_read", "mark_seen"), ("typing", "typing_on")]
)
def test_signs(instagram, wire, sign, action):
    getattr(instagram, sign)("m_1", IGSID)
    assert wire.received[0].path == "/v23.0/me/messages"
    request = {"recipient": {"id": IGSID}, "sender_action": action}
    assert wire.received[0].json == request
    with pytest.raises(Refused):
        getattr(instagram, sign)("1", THREAD)


def test_react(instagram, wire):
    instagram.react("m_1", IGSID, "❤️")
    instagram.react("m_1", IGSID, "")
    put, taken = (request.json for request in wire.received)
    assert put["sender_action"] == "react"
    assert put["payload"] == {"message_id": "m_1", "reaction": "love"}
    assert taken["sender_action"] == "unreact"
    assert taken["payload"] == {"message_id": "m_1"}


@pytest.mark.parametrize(("thread", "emoji"), [(IGSID, "👍"), (THREAD, "❤️")])
def test_what_cannot_be_reacted(instagram, wire, thread, emoji):
    with pytest.raises(Refused):
        instagram.react("m_1", thread, emoji)
    assert not wire.received


# --- in public ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("thread", "reply_to", "path", "more"),
    [
        (THREAD, "17950001", "17950001/replies", {}),
        (THREAD, "", "17890010020030040/comments", {}),
        (
            IN_COMMENT,
            IN_COMMENT,
            f"{OWN['instagram_id']}/mentions",
            {"media_id": "17900011", "comment_id": "17950099"},
        ),
        (
            IN_CAPTION,
            IN_CAPTION,
            f"{OWN['instagram_id']}/mentions",
            {"media_id": "17900011"},
        ),
    ],
)
def test_a_public_answer(instagram, wire, thread, reply_to, path, more):
    wire.answers = [answer(200, {"id": "17950002"})]
    part = Part("text", "Já vimos!", reply_to=reply_to)
    assert instagram.send(part, thread, None, "x").external_id == "17950002"
    assert wire.received[0].path == f"/v23.0/{path}"
    assert _form(wire.received[0]) == {"message": "Já vimos!", **more}


def test_a_public_answer_without_a_number(instagram, wire):
    with pytest.raises(Uncertain):
        instagram.send(Part("text", "Oi", reply_to="1"), THREAD, None, "")


@pytest.mark.parametrize("hidden", [True, False])
def test_hide(instagram, wire, hidden):
    wire.answers = [DONE]
    instagram.hide("17950001", hidden)
    assert wire.received[0].path == "/v23.0/17950001"
    assert _form(wire.received[0]) == {"hide": str(hidden).lower()}


@pytest.mark.parametrize("identity", ["../me", "a/b", "", ".", "x y", IN_COMMENT])
def test_what_cannot_be_hidden(instagram, wire, identity):
    with pytest.raises(Refused):
        instagram.hide(identity, True)
    assert not wire.received


def test_a_mention_has_no_private_answer(instagram, wire):
    with pytest.raises(Refused, match="only mentioned"):
        instagram.reply_privately(IN_COMMENT, Part("text", "Oi"), "")
    assert not wire.received


# --- planning -------------------------------------------------------------------------


def _file(mime, size=1000, name="f"):
    return File(0, name, mime, size)


def test_a_text_is_counted_in_bytes():
    parts = provider("instagram").plan(f"<p>{'ação ' * 150}</p>", [])
    assert len(parts) == 2
    assert all(len(part.text.encode()) <= 1000 for part in parts)


def test_a_comment_is_shorter():
    adapter = provider("instagram")
    parts = adapter.plan(f"<p>{'palavra ' * 50}</p>", [], "1", THREAD)
    assert len(parts) == 2 and all(len(part.text) <= 300 for part in parts)
    assert adapter.is_public(THREAD) and adapter.is_public(IN_CAPTION)
    assert not adapter.is_public(IGSID)
    assert adapter.reply_window(IGSID).days == 7 and not adapter.reply_window(THREAD)


@pytest.mark.parametrize(
    "html", ["https://a.example https://b.example", "#a #b #c #d #e", "VEJA O MANUAL"]
)
def test_what_a_comment_cannot_say(html):
    adapter = provider("instagram")
    assert adapter.plan(f"<p>{html}</p>", [])
    with pytest.raises(Refused):
        adapter.plan(f"<p>{html}</p>", [], "1", THREAD)


def test_a_comment_with_one_link():
    html = "<p>Veja https://www.erp.example/nfe #erp</p>"
    assert provider("instagram").plan(html, [], "1", THREAD)


@pytest.mark.parametrize(
    ("mime", "kind"),
    [
        ("image/png", "image"),
        ("audio/mp4", "audio"),
        ("video/mp4", "video"),
        ("application/pdf", "document"),
    ],
)
def test_kinds(mime, kind):
    (part,) = provider("instagram").plan("", [_file(mime)])
    assert part.kind == kind


@pytest.mark.parametrize(
    ("file", "thread"),
    [
        (_file("application/zip"), ""),
        (_file("image/png", 9 * 1024 * 1024), ""),
        (_file("video/mp4", 26 * 1024 * 1024), ""),
        (_file("image/png", 0), ""),
        (_file("image/png"), THREAD),
    ],
)
def test_files_that_it_does_not_take(file, thread):
    with pytest.raises(Refused):
        provider("instagram").plan("<p>x</p>", [file], "", thread)


LINKS = (Choice("a", "Manual", "https://erp.example/m"), Choice("b", "Falar"))


def test_a_question_has_buttons_where_they_fit():
    adapter = provider("instagram")
    (part,) = adapter.ask("<p>Ajudou?</p>", LINKS)
    assert part.choices == LINKS
    (written,) = adapter.ask("<p>Ajudou?</p>", LINKS, "1", THREAD)
    assert not written.choices and "1. Falar" in written.text
    long = f"<p>{'x ' * 330}</p>"
    assert not any(part.choices for part in adapter.ask(long, LINKS))
    many = (*LINKS, Choice("c", "Sim"), Choice("d", "Não"))
    assert not any(part.choices for part in adapter.ask("<p>?</p>", many))


# --- asking ---------------------------------------------------------------------------


def test_profile(instagram, wire):
    wire.answers = [answer(200, {"name": "Ana Lima", "username": "ana.lima"})]
    person = instagram.profile(IGSID)
    assert (person.name, person.username) == ("Ana Lima", "ana.lima")
    assert wire.received[0].path == f"/v23.0/{IGSID}?fields=name%2Cusername"


def test_a_profile_that_is_not_shown(instagram, wire):
    wire.answers = [_graph(230)]
    with pytest.raises(Refused, match="not allowed"):
        instagram.profile(IGSID)


def test_what_a_comment_is_about(instagram, wire):
    url = "https://www.instagram.com/p/x/"
    wire.answers = [answer(200, {"caption": "Versão 12 no ar", "permalink": url})]
    about = instagram.post(THREAD)
    assert (about.id, about.text, about.url, about.author) == (
        "17890010020030040",
        "Versão 12 no ar",
        url,
        "",
    )


def test_who_mentioned_the_account_in_a_comment(instagram, wire):
    url = "https://www.instagram.com/p/y/"
    found = {"text": "@erp não abre", "username": "rui", "media": {"permalink": url}}
    wire.answers = [answer(200, {"mentioned_comment": found})]
    about = instagram.post(IN_COMMENT)
    assert (about.id, about.text, about.author) == ("17950099", "@erp não abre", "rui")
    assert about.url == url
    assert instagram.profile(IN_COMMENT).username == "rui"
    assert "mentioned_comment.comment_id%2817950099%29" in wire.received[0].path


def test_who_mentioned_the_account_in_a_caption(instagram, wire):
    found = {"caption": "Com o @erp", "username": "bia", "permalink": "javascript:x"}
    wire.answers = [answer(200, {"mentioned_media": found})]
    about = instagram.post(IN_CAPTION)
    assert (about.id, about.text, about.url) == ("17900011", "Com o @erp", "")


@pytest.mark.parametrize("thread", ["m:1){x}:2", "m:1:2){id}", "m::"])
def test_a_mention_cannot_ask_for_more(instagram, wire, thread):
    with pytest.raises(Refused):
        instagram.post(thread)
    assert not wire.received


def test_fetch(instagram, wire):
    wire.answers = [Answer(200, b"bytes", {"Content-Type": "image/jpeg"})]
    file = instagram.fetch(Media(Kind.IMAGE, f"{wire.url}/tela.jpg"))
    assert (file.content, file.mime) == (b"bytes", "image/jpeg")
    assert "authorization" not in wire.received[0].headers


def test_a_file_that_is_gone(instagram, wire):
    wire.answers = [Answer(404, b"")]
    with pytest.raises(Refused) as caught:
        instagram.fetch(Media(Kind.IMAGE, f"{wire.url}/tela.jpg"))
    assert caught.value.note.text == GONE


# --- the account ----------------------------------------------------------------------

ABOUT = answer(200, {"name": "ERP Horizonte", "username": "erp.horizonte"})
HERE = answer(200, {"data": [{"id": OWN["app_id"]}]})
ELSEWHERE = answer(200, {"data": []})
SCOPES = (
    *("instagram_basic", "instagram_manage_messages", "instagram_manage_comments"),
    *("pages_manage_metadata", "pages_read_engagement", "pages_messaging"),
)


def _token(**more):
    data = {"is_valid": True, "expires_at": 0, "scopes": list(SCOPES)}
    return answer(200, {"data": {**data, **more}})


def test_connect(instagram, wire):
    wire.answers = [DONE, ELSEWHERE, DONE, ABOUT, HERE, _token()]
    connection = instagram.connect("https://desk.example/social/webhook/k")
    assert (connection.name, connection.address) == ("ERP Horizonte", "@erp.horizonte")
    assert not connection.warnings and connection.expires_at is None
    assert connection.checks and all(check.well for check in connection.checks)
    app, _asked, page, *_rest = wire.received
    assert app.path == f"/v23.0/{OWN['app_id']}/subscriptions"
    assert app.json["object"] == "instagram"
    assert app.json["callback_url"] == "https://desk.example/social/webhook/k"
    fields = set(app.json["fields"].split(","))
    assert {"messages", "messaging_seen", "comments", "mentions"} <= fields
    assert page.path == "/v23.0/me/subscribed_apps"
    assert _form(page) == {"subscribed_fields": "feed"}


def test_what_the_page_has_subscribed_to_stays(instagram, wire):
    wire.answers = [DONE, HERE, ABOUT, HERE, _token()]
    instagram.connect("https://desk.example/social/webhook/k")
    assert [r.method for r in wire.received] == ["POST", "GET", "GET", "GET", "GET"]


def test_connect_with_instagram_login(logged_in, wire):
    me = {"user_id": OWN["instagram_id"], "username": "erp.horizonte"}
    wire.answers = [DONE, answer(200, me), HERE]
    connection = logged_in.connect("https://desk.example/social/webhook/k")
    assert "messages" in _form(wire.received[0])["subscribed_fields"].split(",")
    assert all(check.well for check in connection.checks)
    assert connection.name == "erp.horizonte"


def test_a_token_of_another_account(logged_in, wire):
    wire.answers = [answer(200, {"user_id": "555", "username": "x"}), HERE]
    wrong, _subscribed = logged_in.check().checks
    assert wrong.todo.values == {"id": "555"}


def test_a_token_that_ends_and_lacks_a_permission(instagram, wire):
    ends = _token(expires_at=1800000000, scopes=list(SCOPES[1:]))
    wire.answers = [ABOUT, HERE, ends]
    connection = instagram.check()
    assert connection.expires_at.year == 2027
    assert [check.well for check in connection.checks] == [True, False, True]
    assert connection.checks[1].todo.values == {"names": "instagram_basic"}


def test_a_wrong_app_secret_is_one_line_of_the_test(instagram, wire):
    wire.answers = [ABOUT, ELSEWHERE, _graph(101)]
    connection = instagram.check()
    assert [check.well for check in connection.checks] == [False, False]
    assert "does not deliver" in connection.warnings[0].text


def test_check_with_a_dead_token(instagram, wire):
    wire.answers = [_graph(190, 401)]
    with pytest.raises(Refused) as caught:
        instagram.check()
    assert caught.value.alarm
