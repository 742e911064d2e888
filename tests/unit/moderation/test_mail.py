"""E-mail addresses, plain and spelled out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from . import asking

NAMES = st.from_regex(r"[a-z][a-z0-9_.+-]{0,20}[a-z0-9]", fullmatch=True)
DOMAINS = st.from_regex(
    r"[a-z][a-z0-9-]{0,15}[a-z0-9]\.(com|com\.br|org)", fullmatch=True
)


@given(NAMES, DOMAINS)
def test_an_address(name, domain):
    text = f"escreva para {name}@{domain}, por favor"
    [finding] = asking.found(text, "email")
    assert asking.written(text, finding) == f"{name}@{domain}"
    assert finding.read_as == f"{name[0]}•••@•••"


@pytest.mark.parametrize(
    "text",
    [
        *("joao (arroba) gmail (ponto) com", "joao arroba gmail ponto com"),
        *("joao [at] gmail [dot] com", "joao(at)gmail.com", "joao arroba gmail.com"),
        *("joao @ gmail . com", "joao@ gmail.com", "john at gmail dot com"),
        *("joao {at} empresa {dot} com {dot} br", "JOAO@GMAIL.COM", "joao＠gmail．com"),
        *("joao_arroba_gmail_ponto_com", "joao<at>gmail.com"),
        *("j o a o @ g m a i l . c o m", "é: j o a o @ x y z . c o m . b r"),
    ],
)
def test_an_address_that_hides_from_programs(text):
    assert asking.kinds(text, "email") == ["email"]


def test_letters_of_every_alphabet_are_part_of_a_name():
    text = "de joão.çelik@example.com hoje"
    [finding] = asking.found(text, "email")
    assert asking.written(text, finding) == "joão.çelik@example.com"


@pytest.mark.parametrize(
    "html",
    ["jo<b>ao</b>@gmail.com", "joao&#64;gmail&#46;com", "joao@<!-- -->gmail.com"],
)
def test_an_address_cut_by_markup(html):
    assert asking.kinds(html, "email", is_html=True) == ["email"]


@pytest.mark.parametrize(
    "text",
    [
        *("a arroba do boi está a R$ 300", "10 @ 5 reais", "@joao veja isso"),
        *("para @empresa.com", "encontro at casa", "meet me at home dot", "a@b"),
        *("em @exemplo.com", "vendemos 20 arrobas. com nota", "x@", "@@@@", "a@.com"),
    ],
)
def test_what_is_no_address(text):
    assert asking.kinds(text, "email") == []


@pytest.mark.parametrize("public", ["acme.com", "@acme.com", "suporte@acme.com"])
def test_public_addresses(public):
    assert asking.kinds("suporte@acme.com", "email", allowed=[public]) == []


def test_a_public_domain_and_those_below_it():
    allowed = ["acme.com"]
    assert asking.kinds("a@mail.acme.com", "email", allowed=allowed) == []
    assert asking.kinds("a@notacme.com", "email", allowed=allowed) == ["email"]
    assert asking.kinds("a@acme.com.evil.org", "email", allowed=allowed) == ["email"]


def test_one_public_mailbox_is_not_its_domain():
    assert asking.kinds("outro@acme.com", "email", allowed=["suporte@acme.com"]) == [
        "email"
    ]
