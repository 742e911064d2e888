"""Payment cards: issuer, length and Luhn."""

import pytest
from engine.confidential.card import is_card
from hypothesis import given
from hypothesis import strategies as st

from . import asking

TEST_NUMBERS = {  # the networks' own numbers for tests
    "Visa": "4111111111111111",
    "Mastercard": "5555555555554444",
    "Mastercard, new": "2223003122003222",
    "American Express": "378282246310005",
    "Diners": "30569309025904",
    "Discover": "6011111111111117",
    "JCB": "3530111333300000",
    "Elo": "6362970000457013",
    "Hipercard": "6062825624254001",
}


@pytest.mark.parametrize("network", TEST_NUMBERS)
def test_each_network(network):
    number = TEST_NUMBERS[network]
    assert asking.kinds(f"paguei com {number}", "card") == ["card"]


@given(asking.CARDS, st.sampled_from(["", " ", ".", "-", "/", " - ", "\u00a0"]))
def test_a_card_in_fours(number, sign):
    written = sign.join(asking.groups(number, 4, 8, 12))
    text = f"cartão {written} venceu"
    [finding] = asking.found(text, "card")
    assert asking.written(text, finding) == written
    assert finding.read_as == f"•••• •••• •••• {number[-4:]}"


def test_a_card_in_fives():
    assert asking.kinds("é 41111 11111 11111 1 ok", "card") == ["card"]


@pytest.mark.parametrize("way", asking.DISGUISES)
@given(number=asking.CARDS)
def test_a_disguised_card(way, number):
    assert asking.kinds(f"é {asking.DISGUISES[way](number)} ok", "card") == ["card"]


@pytest.mark.parametrize("way", asking.HTML_SPLITS)
def test_markup_between_the_digits(way):
    html = f"<p>é {asking.HTML_SPLITS[way]('4111111111111111')} ok</p>"
    assert asking.kinds(html, "card", is_html=True) == ["card"]


@given(asking.CARDS, st.integers(0, 15), st.integers(1, 9))
def test_luhn_notices_every_changed_digit(number, place, step):
    changed = (
        number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    )
    assert not is_card(changed)
    assert asking.kinds(f"cartão {changed}", "card") == []


@pytest.mark.parametrize(
    "text",
    [
        "pedido 9111111111111115",  # right by Luhn, of no network
        "EAN 4006381333931",  # thirteen digits, as goods have
        "0000 0000 0000 0000",
        "id a4111111111111111b",
        "4111 1111 1111",
        "2026-11-23 17:02:33.123456",
    ],
)
def test_what_is_no_card(text):
    assert asking.kinds(text, "card") == []
