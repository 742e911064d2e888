"""Questions with answers to tap, on WhatsApp through Twilio."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from providers import whatsapp_twilio
from providers.errors import Refused, RetryLater, Uncertain
from providers.tame import Node
from providers.types import Account, Choice, Part
from providers.whatsapp_twilio import contents

from .golden import SETTINGS, provider
from .test_twilio import form_of
from .wire import CUT, Answer, answer

TO = "+5511999998888"
SID = "HX" + "1" * 32
MADE = answer(201, {"sid": SID})
TAKEN = answer(201, {"sid": "SM1"})


def _refused(code, status=400):
    return answer(status, {"code": code, "message": "No"})


def _choices(*labels, url=""):
    found = tuple(Choice(f"81:{n}", label) for n, label in enumerate(labels, start=1))
    return (*found, Choice("81:9", "Abrir", url)) if url else found


QUESTION = Part("text", "Resolveu?", choices=_choices("Sim", "Não"))


@pytest.fixture
def whatsapp(wire):
    wire.answers = [MADE, TAKEN]
    return provider("whatsapp_twilio", wire.url)


def _ask(whatsapp, text="Resolveu?", choices=QUESTION.choices):
    return whatsapp.ask(f"<p>{text}</p>", choices)[-1]


def _types(wire):
    """The content that was made."""
    request = wire.received[0].json
    (kind,) = request["types"]
    return kind, request["types"][kind]


# --- as what they are shown -----------------------------------------------------------


def test_three_short_answers_are_buttons(wire, whatsapp):
    part = _ask(whatsapp, "<b>Resolveu?</b>")
    sent = whatsapp.send(part, TO, None, "c")
    assert sent.external_id == "SM1"
    made, said = wire.received
    assert (made.method, made.path) == ("POST", "/v1/Content")
    assert made.headers["authorization"] == said.headers["authorization"]
    assert _types(wire) == (
        "twilio/quick-reply",
        {
            "body": "*Resolveu?*",
            "actions": [
                {"type": "QUICK_REPLY", "title": "Sim", "id": "choice:1"},
                {"type": "QUICK_REPLY", "title": "Não", "id": "choice:2"},
            ],
        },
    )
    assert form_of(said) == {
        "To": f"whatsapp:{TO}",
        "From": "whatsapp:+551140028922",
        "ContentSid": SID,
    }


@pytest.mark.parametrize(
    "labels", [("a", "b", "c", "d"), ("x" * 24, "y"), "0123456789"]
)
def test_more_or_longer_ones_are_a_list(wire, whatsapp, labels):
    whatsapp.send(_ask(whatsapp, choices=_choices(*labels)), TO, None, "c")
    kind, content = _types(wire)
    assert kind == "twilio/list-picker"
    assert [item["item"] for item in content["items"]] == list(labels)
    assert content["items"][1]["id"] == "choice:2"
    assert 0 < len(content["button"]) <= 20


def test_one_link_is_a_button(wire, whatsapp):
    choices = (Choice("81:1", "Abrir", "https://d.example/1"),)
    whatsapp.send(_ask(whatsapp, choices=choices), TO, None, "c")
    kind, content = _types(wire)
    assert kind == "twilio/call-to-action"
    assert content["actions"] == [
        {"type": "URL", "title": "Abrir", "url": "https://d.example/1"}
    ]


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("?", _choices(*"01234567890")),
        ("?", _choices("x" * 25)),
        ("?", _choices("Sim", url="https://d.example")),
        ("?", (Choice("81:1", "x" * 21, "https://d.example"),)),
        ("?", (Choice("81:1", "Abrir", "https://d.example/" + "x" * 300),)),
        ("x" * 1025, _choices("Sim")),
        ("{{1}}", _choices("Sim")),
        ("?", _choices("{{1}}")),
    ],
    ids=range(8),
)
def test_what_does_not_fit_is_numbered_text(wire, whatsapp, text, choices):
    part = _ask(whatsapp, text, choices)
    assert not part.choices
    assert choices[0].label in part.text


# --- made once ------------------------------------------------------------------------


def test_the_same_question_is_one_content(wire, whatsapp):
    wire.answers = [MADE, TAKEN]
    for post in ("81", "82"):
        asked = tuple(replace(c, id=f"{post}:1") for c in QUESTION.choices)
        whatsapp.send(replace(QUESTION, choices=asked), TO, None, "c")
    paths = [request.path.rpartition("/")[2] for request in wire.received]
    assert paths == ["Content", "Messages.json", "Messages.json"]
    assert whatsapp.account.memory == {contents.key(QUESTION): SID}


def test_another_question_is_another(wire, whatsapp):
    other = replace(QUESTION, text="E agora?")
    assert len({contents.key(QUESTION), contents.key(other)}) == 2
    assert contents.request(QUESTION)["friendly_name"].startswith(contents.NAME)


def test_what_was_deleted_at_twilio_is_written_and_then_made_again(wire, whatsapp):
    whatsapp.account.memory[contents.key(QUESTION)] = "HX_old"
    wire.answers = [_refused(21655), TAKEN]
    sent = whatsapp.send(QUESTION, TO, None, "c")
    assert sent.external_id == "SM1"
    assert form_of(wire.received[1])["Body"] == "Resolveu?\n\n1. Sim\n2. Não"
    wire.answers = [MADE, TAKEN]
    whatsapp.send(QUESTION, TO, None, "c")
    assert form_of(wire.received[-1])["ContentSid"] == SID


@pytest.mark.parametrize(
    "given", [_refused(20422), answer(201, {}), _refused(None, 404)]
)
def test_where_none_can_be_made_it_is_written(wire, whatsapp, given):
    wire.answers = [given, TAKEN]
    whatsapp.send(QUESTION, TO, None, "c")
    assert form_of(wire.received[-1])["Body"] == "Resolveu?\n\n1. Sim\n2. Não"
    assert not whatsapp.account.memory


def test_a_link_is_written_out():
    part = replace(QUESTION, choices=(Choice("81:1", "Abrir", "https://d.example"),))
    assert contents.as_text(part).text == "Resolveu?\n\nAbrir: https://d.example"


# --- at most once ---------------------------------------------------------------------


@pytest.mark.parametrize("lost", [CUT, answer(503), answer(429, Retry_After="3")])
def test_nothing_was_sent_while_it_was_made(wire, whatsapp, lost):
    wire.answers = [lost, TAKEN]
    with pytest.raises(RetryLater):
        whatsapp.send(QUESTION, TO, None, "c")
    assert len(wire.received) == 1


@pytest.mark.parametrize("lost", [CUT, answer(500), answer(201, {})])
def test_after_a_lost_answer_no_text_follows(wire, whatsapp, lost):
    wire.answers = [MADE, lost, TAKEN]
    with pytest.raises(Uncertain):
        whatsapp.send(QUESTION, TO, None, "c")
    assert len(wire.received) == 2


@pytest.mark.parametrize(("code", "status"), [(63016, 400), (21610, 400), (20003, 401)])
def test_a_refusal_of_another_kind_stays_one(wire, whatsapp, code, status):
    wire.answers = [MADE, _refused(code, status), TAKEN]
    with pytest.raises(Refused):
        whatsapp.send(QUESTION, TO, None, "c")
    assert len(wire.received) == 2


def test_a_dead_token_raises_the_alarm(wire, whatsapp):
    wire.answers = [_refused(20003, 401), TAKEN]
    with pytest.raises(Refused) as caught:
        whatsapp.send(QUESTION, TO, None, "c")
    assert caught.value.alarm and len(wire.received) == 1


# --- the rest -------------------------------------------------------------------------


def test_questions_are_no_templates(wire, whatsapp):
    ours = {**contents.request(QUESTION), "sid": SID}
    theirs = {**ours, "friendly_name": "nota"}
    wire.answers = [answer(200, {"contents": [ours, theirs]})]
    assert [template.name for template in whatsapp.templates()] == ["nota"]


def _listed(days, name=None, **more):
    """Our question in Twilio's list, made so many days ago."""
    made = datetime.now(timezone.utc) - timedelta(days=days)
    ours = {**contents.request(QUESTION), "sid": SID, **more}
    ours["date_created"] = made.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {**ours, "friendly_name": name or ours["friendly_name"]}


def test_an_old_question_is_deleted_and_forgotten(wire, whatsapp):
    whatsapp.send(QUESTION, TO, None, "c")
    listed = [_listed(15), _listed(13, sid="HX2"), _listed(99, "nota", sid="HX3")]
    wire.answers = [answer(200, {"contents": listed}), Answer(204, b"")]
    assert [template.name for template in whatsapp.templates()] == ["nota"]
    deleted = [r.path for r in wire.received if r.method == "DELETE"]
    assert deleted == [f"/v1/Content/{SID}"]
    assert not whatsapp.account.memory
    wire.answers = [MADE, TAKEN]
    whatsapp.send(QUESTION, TO, None, "c")
    assert whatsapp.account.memory == {contents.key(QUESTION): SID}


@pytest.mark.parametrize("refused", [_refused(20003, 403), answer(503), CUT])
def test_what_cannot_be_deleted_is_known_further_on(wire, whatsapp, refused):
    whatsapp.send(QUESTION, TO, None, "c")
    wire.answers = [answer(200, {"contents": [_listed(15), _listed(16)]}), refused]
    assert whatsapp.templates() == []
    assert [request.method for request in wire.received].count("DELETE") == 1
    assert whatsapp.account.memory == {contents.key(QUESTION): SID}


@pytest.mark.parametrize("at", ["", "yesterday", 5, "9999-99-99"])
def test_a_date_that_is_none_deletes_nothing(wire, whatsapp, at):
    listed = {**_listed(0), "date_created": at}
    assert contents.is_old(Node(listed)) is False


def test_a_list_that_is_cut_is_no_list(wire, whatsapp, monkeypatch):
    """Or the templates that it lacks would be taken for deleted."""
    monkeypatch.setattr(whatsapp_twilio, "PAGE_LIMIT", 1)
    more = {"next_page_url": "https://content.twilio.com/v1/ContentAndApprovals?Page=1"}
    page = {"contents": [_listed(0, "nota"), _listed(15)], "meta": more}
    wire.answers = [answer(200, page), Answer(204, b"")]
    with pytest.raises(Refused, match="more than 100 templates"):
        whatsapp.templates()
    assert wire.received[-1].method == "DELETE"


def test_sms_has_no_buttons():
    (part,) = provider("sms").ask("<p>Resolveu?</p>", QUESTION.choices)
    assert not part.choices and "2. Não" in part.text


def test_an_account_remembers_nothing_of_another():
    first, second = (Account(SETTINGS["whatsapp_twilio"]) for _n in range(2))
    first.memory["a"] = "b"
    assert not second.memory
    assert json.dumps(contents.request(QUESTION))
