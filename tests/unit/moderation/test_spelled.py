"""Numbers in words: who dictates them wants to get them past a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from . import asking

WORDS = {
    "pt": "zero um dois três quatro cinco seis sete oito nove",
    "en": "zero one two three four five six seven eight nine",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
}
NAMES = {language: words.split() for language, words in WORDS.items()}
# What makes a number cheap to look for.
USUAL = asking.CPFS.filter(lambda number: {"9", "8"} & {*number})


@given(USUAL, st.sampled_from(sorted(NAMES)), st.sampled_from([" ", ", ", "-", "\n"]))
def test_a_cpf_in_words(number, language, sign):
    written = sign.join(NAMES[language][int(digit)] for digit in number)
    text = f"anote: {written}."
    [finding] = asking.found(text, "cpf")
    assert asking.written(text, finding) == written
    assert finding.disguised


@pytest.mark.parametrize(
    "text",
    [
        "me liga: onze nove oito sete seis cinco quatro três dois um",
        "ONZE, NOVE, OITO, SETE, MEIA, CINCO, QUATRO, TRÊS, DOIS, UM",
        "11 nove oito sete meia cinco quatro 3 2 um",
        "vinte e um nove oito sete seis cinco quatro três dois um",
        "nove oito sete seis cinco quatro três dois um",
    ],
)
def test_a_phone_number_in_words(text):
    [finding] = asking.found(text, "phone")
    assert finding.read_as == "(••) •••••-••21"


@pytest.mark.parametrize(
    ("number", "kinds"),
    [("4111111111111129", ["card"]), ("4111111111111128", [])],
)
def test_a_card_in_words(number, kinds):
    written = " ".join(NAMES["pt"][int(digit)] for digit in number)
    assert asking.kinds(f"é {written} ok", "card") == kinds


@pytest.mark.parametrize(
    "text",
    [
        "um dois três testando",
        "tenho nove caixas, oito pallets e sete notas em cinco dias",
        "das oito às nove, de cinco a sete, um ou dois",
        "cinco um oito dois nove três sete quatro seis zero um",  # no right number
        "1 2 3 4 5 6 7 8 9 10 11 12 nove",
    ],
)
def test_counting_is_no_number(text):
    assert asking.kinds(text, "cpf", "card", "phone") == []
