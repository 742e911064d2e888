"""PIX keys."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from . import asking

KEY = "123e4567-e89b-42d3-a456-426614174000"
COPY = (
    "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000"
    "5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D"
)


@given(st.uuids(version=4))
def test_a_random_key(key: uuid.UUID):
    for text in (f"minha chave pix: {key}", f"{str(key).upper()} é o pix", str(key)):
        assert asking.kinds(text, "pix") == ["pix"]


@pytest.mark.parametrize(
    "text",
    [
        *("chave pix 529.982.247-25", "meu Pix é (11) 98765-4321"),
        *("pix: joao@gmail.com", "o PIX da loja é 11.222.333/0001-81"),
        *("529.982.247-25 (pix)", "joao@gmail.com é meu pix"),
    ],
)
def test_what_stands_beside_the_word(text):
    assert asking.kinds(text) == ["pix"]


def test_the_text_of_a_qr_code():
    text = f"pague aqui {COPY} hoje"
    [finding] = asking.found(text, "pix")
    assert asking.written(text, finding) == COPY


@pytest.mark.parametrize(
    "text",
    [
        f"request id {KEY}",
        f"https://empresa.example/api/{KEY}",
        f"trace={KEY}",
        "o pix não caiu",
        "pago por pix ou boleto",
        "123e4567-e89b-12d3-a456-426614174000",  # version 1: no key
        "123e4567-e89b-42d3-c456-426614174000",
    ],
)
def test_what_is_no_key(text):
    assert asking.kinds(text, "pix") == []


def test_without_the_word_it_is_what_it_is():
    assert asking.kinds("529.982.247-25") == ["cpf"]
