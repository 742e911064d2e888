"""What a customer says of himself."""

import time

import pytest
from providers.said import key_of_name, said_of_himself, said_on_card, union
from providers.types import EMAIL, PHONE, Card

ANA = "ana.souza@example.com"
NUMBER = "+5511999998888"


@pytest.mark.parametrize(
    "text",
    [
        f"Meu e-mail é {ANA}",
        f"meu email: {ANA}, pode mandar",
        f"Oi!\nO meu novo e-mail é o {ANA}.",
        f"my email is {ANA}",
        f"Mi correo: {ANA}",
        ANA.upper(),
        f"e-mail: {ANA}.",
    ],
)
def test_his_address(text):
    assert [(s.kind, s.value) for s in said_of_himself(text)] == [(EMAIL, ANA)]


@pytest.mark.parametrize(
    "text",
    [
        "Meu número é (11) 99999-8888",
        "meu zap é 11 99999 8888, me chama",
        "My phone number is +55 11 99999-8888",
        "+55 (11) 99999-8888",
        "Tel. 11999998888",
    ],
)
def test_his_number(text):
    assert [(s.kind, s.value) for s in said_of_himself(text, "BR")] == [(PHONE, NUMBER)]


@pytest.mark.parametrize(
    "text",
    [
        f"O e-mail do meu chefe é {ANA}",
        f"Escrevi para {ANA} e ninguém respondeu",
        "A nota 4581 de 21/09 deu o erro 53911122",
        "Chave 35260912345678000190550010000045811000045817",
        "Meu e-mail não funciona desde que troquei de operadora no mês passado, o "
        f"suporte disse {ANA}",
        "Meu CPF é 123.456.789-09",
        "Meu e-mail é ana@",
        "",
    ],
)
def test_somebody_else_s_or_none(text):
    assert said_of_himself(text, "BR") == ()


def test_several_and_not_too_many():
    both = said_of_himself(f"Meu e-mail é {ANA} e meu celular é 11 99999-8888", "BR")
    assert [s.kind for s in both] == [EMAIL, PHONE]
    many = "\n".join(f"meu email: a{n}@example.com" for n in range(20))
    assert len(said_of_himself(many)) == 5


def test_his_own_card():
    card = Card("ANA  Souza", ("(11) 99999-8888", "?"), (ANA, "x"), "Padaria")
    found = said_on_card(card, "Ana Souza", "BR")
    assert [s.value for s in found] == [NUMBER, ANA]


@pytest.mark.parametrize("name", ["Ana", "Bruno Lima", ""])
def test_somebody_else_s_card(name):
    assert said_on_card(Card("Ana Souza", (NUMBER,)), name) == ()


def test_names_are_compared_without_accents_and_case():
    assert key_of_name(" ANTÔNIO  Luís\td'Ávila ") == "antonio luis d'avila"
    assert key_of_name("Antônio") == ""


def test_each_once():
    said = said_of_himself(ANA)
    assert union([said, said, ()]) == said


@pytest.mark.parametrize(
    "text",
    ["a" * 60_000, "1 " * 30_000, "meu " * 15_000, "a@a." * 15_000, "(" * 60_000],
)
def test_hostile_texts_take_no_time(text):
    start = time.perf_counter()
    said_of_himself(text, "BR")
    assert time.perf_counter() - start < 0.2
