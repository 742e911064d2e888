"""A page: choices, small signs, the human agent's tag, and what its token may do."""

import pytest
from providers.errors import Refused
from providers.types import Choice, Part, Upload

from .golden import SETTINGS, provider
from .wire import answer

OWN = SETTINGS["facebook"]
PAGE, PSID = OWN["page_id"], "7654321098765432"
THREAD = f"c:{PAGE}_5550001:24681357"
TAKEN = answer(200, {"recipient_id": PSID, "message_id": "m_new"})
ANSWERS = (Choice("area-1", "Fiscal"), Choice("area-2", "Compras"))
LINK = Choice("manual", "Manual", "https://erp.example/m")


@pytest.fixture
def facebook(wire):
    return provider("facebook", wire.url)


def _graph(code, **more):
    error = {"message": "What Meta says", "type": "OAuthException", "code": code}
    return answer(400, {"error": {**error, **more}})


CLOSED = _graph(10, error_subcode=2018278)


# --- choices --------------------------------------------------------------------------


def test_answers_are_quick_replies(facebook, wire):
    wire.answers = [TAKEN]
    (part,) = facebook.ask("<p>Qual área?</p>", ANSWERS)
    facebook.send(part, PSID, None, "0a" * 16)
    assert wire.received[0].json["message"] == {
        "text": "Qual área?",
        "metadata": "0a" * 16,
        "quick_replies": [
            {"content_type": "text", "title": "Fiscal", "payload": "choice:area-1"},
            {"content_type": "text", "title": "Compras", "payload": "choice:area-2"},
        ],
    }


def test_a_link_is_a_button(facebook, wire):
    wire.answers = [TAKEN]
    (part,) = facebook.ask("<p>Ajudou?</p>", (LINK, ANSWERS[0]))
    facebook.send(part, PSID, None, "")
    payload = wire.received[0].json["message"]["attachment"]["payload"]
    assert (payload["template_type"], payload["text"]) == ("button", "Ajudou?")
    assert payload["buttons"] == [
        {"type": "web_url", "title": "Manual", "url": "https://erp.example/m"},
        {"type": "postback", "title": "Fiscal", "payload": "choice:area-1"},
    ]


def test_what_does_not_fit_is_written(facebook):
    label = Choice("long", "Uma resposta longa demais")
    for choices in ((label,), (LINK, *ANSWERS, Choice("c", "Outra"))):
        (part,) = facebook.ask("<p>?</p>", choices)
        assert not part.choices and "1. " in part.text
    (part,) = facebook.ask("<p>?</p>", ANSWERS, "c1", THREAD)
    assert not part.choices


# --- the human agent's tag -------------------------------------------


def test_after_a_day_an_answer_carries_the_tag(facebook, wire):
    wire.answers = [CLOSED, TAKEN]
    assert facebook.send(Part("text", "Olá"), PSID, None, "").external_id == "m_new"
    first, second = (request.json for request in wire.received)
    assert first["messaging_type"] == "RESPONSE" and "tag" not in first
    assert (second["messaging_type"], second["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")
    assert facebook.reply_window(PSID).days == 7


def test_a_file_carries_it_too(facebook, wire):
    wire.answers = [CLOSED, TAKEN]
    upload = Upload("a.png", "image/png", b"\x89PNG")
    facebook.send(Part("image", "", 0), PSID, upload, "")
    assert b'name="tag"\r\n\r\nHUMAN_AGENT' in wire.received[1].body


@pytest.mark.parametrize("second", [CLOSED, _graph(10), _graph(100)])
def test_an_app_without_the_tag_is_not_broken(facebook, wire, second):
    wire.answers = [CLOSED, second]
    with pytest.raises(Refused, match="Too much time") as caught:
        facebook.send(Part("text", "Olá"), PSID, None, "")
    assert caught.value.window_closed and not caught.value.alarm


def test_a_question_of_a_program_never_carries_it(facebook, wire):
    wire.answers = [CLOSED]
    with pytest.raises(Refused):
        facebook.send(Part("text", "Ajudou?", choices=ANSWERS), PSID, None, "")
    with pytest.raises(Refused):
        facebook.reply_privately("5550001_777", Part("text", "Oi"), "")
    assert len(wire.received) == 2


# --- small signs -------------------------------------------


@pytest.mark.parametrize(
    ("sign", "action"), [("mark_read", "mark_seen"), ("typing", "typing_on")]
)
def test_signs(facebook, wire, sign, action):
    getattr(facebook, sign)("m_1", PSID)
    assert wire.received[0].path == f"/v23.0/{PAGE}/messages"
    request = {"recipient": {"id": PSID}, "sender_action": action}
    assert wire.received[0].json == request
    for thread in (THREAD, ""):
        with pytest.raises(Refused):
            getattr(facebook, sign)("m_1", thread)


def test_react_to_a_message(facebook, wire):
    facebook.react("m_1", PSID, "🎉")
    facebook.react("m_1", PSID, "")
    put, taken = (request.json for request in wire.received)
    assert (put["sender_action"], put["payload"]["reaction"]) == ("react", "🎉")
    assert taken["sender_action"] == "unreact"


def test_like_a_comment(facebook, wire):
    facebook.react("5550001_777", THREAD, "👍")
    facebook.react("5550001_777", THREAD, "")
    assert {request.path for request in wire.received} == {"/v23.0/5550001_777/likes"}
    assert [request.json for request in wire.received] == [{}, {"method": "delete"}]
    with pytest.raises(Refused, match="only like"):
        facebook.react("5550001_777", THREAD, "❤️")


# --- the token -------------------------------------------

ABOUT = answer(200, {"name": "ERP Horizonte", "username": "horizonte", "id": PAGE})
HERE = answer(200, {"data": [{"id": OWN["app_id"], "name": "Desk"}]})


def test_what_the_token_may_do(facebook, wire):
    token = {"is_valid": True, "expires_at": 1800000000, "scopes": ["pages_messaging"]}
    wire.answers = [ABOUT, HERE, answer(200, {"data": token})]
    connection = facebook.check()
    assert connection.expires_at.year == 2027
    works, permissions, subscribed = connection.checks
    assert works.well and subscribed.well
    assert "pages_manage_engagement" in permissions.todo.values["names"]
    assert "pages_messaging" not in permissions.todo.values["names"].split(", ")
    request = wire.received[-1]
    assert request.path == f"/v23.0/debug_token?input_token={OWN['access_token']}"
    app = f"Bearer {OWN['app_id']}|{OWN['app_secret']}"
    assert request.headers["authorization"] == app


@pytest.mark.parametrize(
    "token", [{"is_valid": False}, {"is_valid": True, "scopes": 7, "expires_at": "x"}]
)
def test_odd_answers_about_the_token(facebook, wire, token):
    wire.answers = [ABOUT, HERE, answer(200, {"data": token})]
    connection = facebook.check()
    assert connection.expires_at is None
    assert not all(check.well for check in connection.checks)
