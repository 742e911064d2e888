"""Telephone numbers, and the many numbers of a help desk that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from . import asking

AREAS = st.sampled_from(["11", "21", "31", "48", "51", "85", "92"])
MOBILES = st.tuples(AREAS, st.integers(6000, 9999), st.integers(1000, 9999)).filter(
    lambda parts: parts[1:] != (9999, 9999)  # a number that nobody has
)


@given(MOBILES, st.sampled_from("( .-"), st.sampled_from(["-", " ", ".", ""]))
def test_a_mobile_number_however_it_is_set(parts, opening, cut):
    area, head, tail = parts
    area = f"({area}) " if opening == "(" else f"{area}{opening}"
    written = f"{area}9{head}{cut}{tail}"
    assert asking.kinds(f"me ligue: {written}", "phone") == ["phone"]


@pytest.mark.parametrize(
    "text",
    [
        *("(11) 98765-4321", "11 98765-4321", "11 9 8765 4321", "11987654321"),
        *(
            "+55 11 98765-4321",
            "+5511987654321",
            "055 11 98765 4321",
            "(011) 98765-4321",
        ),
        *("(11) 3333-4444", "11 3333-4444", "tel 1133334444", "fone: 3333-4444"),
        *("meu zap 98765-4321", "98765-4321", "11.98765.4321", "11-98765-4321"),
        *("+1 415 555 2671", "+351 912 345 678", "+54 9 11 2345-6789"),
        *("1 1 9 8 7 6 5 4 3 2 1", "1.1.9.8.7.6.5.4.3.2.1"),
        *("１１ ９８７６５-４３２１", "me chama 11 98765 4321"),
    ],
)
def test_numbers_that_can_be_dialled(text):
    assert asking.kinds(text, "phone") == ["phone"]


@pytest.mark.parametrize(
    "text",
    [
        *("pedido 11987654321", "nota fiscal 1133334444", "protocolo 1198765432"),
        *("NF 12345678", "chamado #98765432", "código 3333-4444", "CEP 98765-432"),
        *("0800 123 4567", "R$ 11.987.654,32", "23/11/2026 17:02:33"),
        *("2026-11-23 17:02", "versão 19.0.1.0.0", "IP 192.168.100.200"),
        *("(11) 1111-1111", "(00) 98765-4321", "11 98765-43210", "conta 12345-6"),
        *("código de barras 7891234567895", "série 1 lote 20261123", "linha 12345678"),
        *("2025-2026", "09-29 19:47+0000", "1133334444"),
    ],
)
def test_numbers_that_nobody_dials(text):
    assert asking.kinds(text, "phone") == []


def test_a_cpf_is_no_phone_number_though_it_could_be_dialled():
    # 11 9…: area code, mobile prefix, and right check digits.
    cpf = asking.with_cpf_digits("119876543")
    assert asking.kinds(cpf) == ["cpf"]
    assert asking.kinds(cpf, "phone") == []
    assert asking.kinds(f"meu celular {cpf}", "phone") == ["phone"]


def test_markup_between_the_digits():
    html = "ligue <b>(11)</b> 98<i></i>765-43<!-- -->21"
    assert asking.kinds(html, "phone", is_html=True) == ["phone"]


def test_only_the_last_digits_are_shown():
    [finding] = asking.found("ligue (11) 98765-4321")
    assert finding.read_as == "(••) •••••-••21"


@pytest.mark.parametrize("public", ["(11) 98765-4321", "+55 11 98765-4321"])
def test_the_vendors_own_number_may_be_written(public):
    for text in ("(11) 98765-4321", "+55 11 98765-4321", "11987654321"):
        assert asking.kinds(f"ligue {text}", "phone", allowed=[public]) == []
    assert asking.kinds("ligue (11) 98765-4322", "phone", allowed=[public]) == ["phone"]
