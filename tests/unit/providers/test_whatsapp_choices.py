"""Answers to tap, on WhatsApp: buttons, a list, a link, or numbers."""

import pytest
from providers.errors import Refused
from providers.types import Card, Choice, Part

from .golden import provider
from .wire import answer

TAKEN = answer(200, {"messages": [{"id": "wamid.NEW"}]})
NUMBER = "5511987654321"


def choices(count, label="Opção {n}"):
    return tuple(Choice(f"7:{n}", label.format(n=n)) for n in range(1, count + 1))


def asked(wire, given, html="<p>Onde dói?</p>"):
    """The last request of a question with ``given`` answers."""
    wire.answers = [TAKEN]
    whatsapp = provider("whatsapp", wire.url)
    for part in whatsapp.ask(html, given):
        whatsapp.send(part, NUMBER, None, "")
    return wire.received[-1].json


def test_three_are_buttons(wire):
    sent = asked(wire, choices(3))["interactive"]
    assert sent["type"] == "button"
    assert sent["body"] == {"text": "Onde dói?"}
    assert sent["action"]["buttons"][1] == {
        "type": "reply",
        "reply": {"id": "choice:7:2", "title": "Opção 2"},
    }


@pytest.mark.parametrize("given", [choices(10), choices(2, "Impressora fiscal nº {n}")])
def test_more_or_longer_ones_are_a_list(wire, given):
    sent = asked(wire, given)["interactive"]
    assert sent["type"] == "list"
    [section] = sent["action"]["sections"]
    assert section["rows"][0] == {"id": "choice:7:1", "title": given[0].label}
    assert len(section["rows"]) == len(given)


def test_one_link_is_a_button_that_opens_it(wire):
    link = (Choice("7:1", "Manual", "https://ajuda.example"),)
    sent = asked(wire, link)["interactive"]
    assert sent["action"] == {
        "name": "cta_url",
        "parameters": {"display_text": "Manual", "url": "https://ajuda.example"},
    }


@pytest.mark.parametrize(
    "given",
    [
        choices(11),
        choices(2, "Uma resposta comprida demais, nº {n}"),
        (*choices(2), Choice("7:3", "Manual", "https://ajuda.example")),
    ],
    ids=["too many", "too long", "answers and a link"],
)
def test_the_rest_is_written_as_numbers(wire, given):
    sent = asked(wire, given)
    assert sent["type"] == "text"
    assert f"1. {given[0].label}" in sent["text"]["body"]


def test_a_long_question_has_no_buttons(wire):
    sent = asked(wire, choices(2), f"<p>{'palavra ' * 200}</p>")
    assert sent["type"] == "text" and "2. Opção 2" in sent["text"]["body"]


def test_a_reaction_is_given_and_taken_back(wire):
    wire.answers = [TAKEN]
    whatsapp = provider("whatsapp", wire.url)
    for emoji in ("👍", ""):
        whatsapp.react("wamid.OLD", NUMBER, emoji)
    first, second = (request.json for request in wire.received)
    assert first["to"] == NUMBER
    assert first["reaction"] == {"message_id": "wamid.OLD", "emoji": "👍"}
    assert second["reaction"]["emoji"] == ""


def test_a_contact_without_an_address_is_not_sent(wire):
    with pytest.raises(Refused, match="no telephone number"):
        provider("whatsapp", wire.url).send(
            Part("contact", card=Card("Ana")), NUMBER, None, ""
        )
    assert not wire.received
