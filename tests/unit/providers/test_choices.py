"""Answers to choose from, also for people who type instead of tapping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from providers.choices import numbered, offered, recognise
from providers.types import Card, Choice, Limits, Location, Part

CHOICES = (
    Choice("nf", "Nota rejeitada"),
    Choice("print", "Impressora"),
    Choice("site", "Abrir o manual", "https://manual.example.com/?a=1&b=2"),
    Choice("close", "Fechamento do mês"),
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2", "print"),
        ("2)", "print"),
        (" 2. ", "print"),
        ("2ª", "print"),
        ("2️⃣", "print"),
        ("a segunda", "print"),
        ("A SEGUNDA!", "print"),
        ("opção 2", "print"),
        ("quero a primeira, por favor", "nf"),
        ("the second one", "print"),
        ("option three", "close"),
        ("um", "nf"),
        ("the last one", "close"),
        ("a última", "close"),
        ("impressora", "print"),
        ("FECHAMENTO DO MES", "close"),
        ("4", None),
        ("0", None),
        ("", None),
        ("abrir o manual", None),  # a link is no answer
        ("a segunda nota foi rejeitada", None),
        ("1 e 2", None),
        ("não", None),
        ("tenho 2 impressoras com defeito", None),
        ("2" * 5000, None),
    ],
)
def test_recognised(text, wanted):
    found = recognise(text, CHOICES)
    assert (found and found.id) == wanted


def test_two_of_the_same_label_are_not_guessed():
    assert recognise("sim", (Choice("a", "Sim"), Choice("b", "sim"))) is None


@given(st.text())
def test_any_text_is_survived(text):
    found = recognise(text, CHOICES)
    assert found is None or found in CHOICES


def test_written_as_numbers():
    assert numbered(CHOICES) == (
        "<p>1. Nota rejeitada<br/>2. Impressora<br/>3. Fechamento do mês<br/>"
        '<a href="https://manual.example.com/?a=1&amp;b=2">Abrir o manual</a></p>'
    )
    assert numbered([Choice("x", "<b>")]) == "<p>1. &lt;b&gt;</p>"
    assert numbered([]) == ""


def test_offered_within_the_limits():
    limits = Limits(text=100, caption=0, choices=3, choice=10)
    assert offered([Choice("a", "Sim"), Choice("b", "Não")], limits)
    assert not offered([Choice("a", "Sim")] * 4, limits)
    assert not offered([Choice("a", "Sim, com certeza")], limits)
    assert not offered([], limits)
    assert not offered([Choice("a", "Sim")], Limits(text=100, caption=0))


def test_a_part_survives_its_storage():
    part = Part(
        "text",
        "Onde dói?",
        choices=CHOICES[:2],
        location=Location(-23.5, -46.6, "Sede"),
        card=Card("Ana", ("+5511999998888",), ("ana@example.com",)),
    )
    assert Part.from_dict(part.as_dict()) == part
    # as it was stored before there were choices
    old = {"kind": "text", "text": "Oi", "file": None, "reply_to": "", "template": None}
    assert Part.from_dict(old) == Part("text", "Oi")
