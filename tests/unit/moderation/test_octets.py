"""Counting and folding by bytes give what counting and folding by letters give."""

import unicodedata

from engine import octets
from engine.phrases import Folded, Phrases, fold, words
from engine.readings import Readings
from hypothesis import given
from hypothesis import strategies as st

WESTERN = st.text(
    st.characters(codec="cp1252") | st.sampled_from("áÉçñß“”–€"), max_size=60
)


def by_letters(text):
    found = (unicodedata.normalize("NFD", char)[0] for char in text.lower())
    return "".join(char if char.isalnum() else " " for char in found)


@given(st.text(max_size=60))
def test_counts(text):
    assert octets.count(text, octets.DIGITS) == sum(
        char in "0123456789" for char in text
    )
    latin = [char for char in text if char < "\u0100"]
    capitals = sum(char.isupper() for char in latin)
    assert octets.count(text, octets.UPPER) == capitals


@given(st.text(max_size=60))
def test_folding_keeps_the_length(text):
    assert len(fold(text)) == len(text)


@given(st.text("abcÁÉÍçãõÑü ,.-–“”123", max_size=60))
def test_folding_by_bytes_and_by_letters(text):
    assert octets.fold(text, keep_signs=False) == by_letters(text)


@given(WESTERN)
def test_western_texts_fit(text):
    assert octets.fold(text) is not None


def test_others_do_not():
    assert octets.fold("Москва") is None
    assert words("Привет, Ação-Já!") == " привет acao ja "
    assert fold("İstanbul ÁB") == "istanbul ab"


@given(
    st.lists(st.sampled_from(["Ação", "já", "-", ", ", "x", "é", "“", "Я"]), max_size=9)
)
def test_a_word_is_found_where_it_stands(pieces):
    text = " ".join([*pieces, "Zênite", *pieces])
    folded = Folded.of(Readings("body", text))
    places = [text[a:b] for a, b, _, _ in Phrases(["zenite"]).find(folded)]
    assert places == ["Zênite"]
