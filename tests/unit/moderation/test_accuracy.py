"""The engine against the evasion table, a dictionary and 43,000 sentences."""

import pytest

from tests.unit.moderation import accuracy, samples
from tests.unit.moderation.evasions import WAYS, disguised

SETS = {
    "tuned": (samples.WORDS, samples.CARRIERS),
    "unseen": (samples.OTHER_WORDS, samples.OTHER_CARRIERS),
}


@pytest.fixture(scope="module")
def measured():
    return accuracy.measure()


def test_the_table_is_wide_enough():
    assert len(WAYS) >= 50
    for words, carriers in SETS.values():
        assert len(words) >= 40
        assert len(carriers) >= 10
        assert len(set(words)) == len(words)


@pytest.mark.parametrize("name", SETS)
def test_the_sentences_themselves_are_clean(name):
    words, carriers = SETS[name]
    found = accuracy.finder(words)
    assert not [text for text in carriers if found(text.format("sistema"))]


@pytest.mark.parametrize("way", WAYS)
def test_a_way_disguises_what_it_says(way):
    """A way that leaves a word alone would prove nothing."""
    written = list(disguised(samples.WORDS, way))
    assert len(written) >= 5
    assert way == "as it is" or all(text != word for word, text in written)


def test_every_row_is_found(measured):
    low = [
        f"{row.way}: {row.recall:.1%}"
        for row in measured.rows + measured.other_rows
        if row.recall < 0.95
    ]
    assert not low


def test_no_word_of_the_brazilian_list_is_taken_for_a_reserved_one(measured):
    assert measured.words > 250_000
    assert measured.word_hits == []


def test_sentences_of_this_field_are_left_alone(measured):
    """What is found is what is reserved: Odoo's own examples insult somebody."""
    assert measured.sentences > 40_000
    assert measured.per_10k_sentences <= 1, measured.sentence_hits


def test_the_readme_shows_what_is_measured(measured):
    text = accuracy.README.read_text("utf-8")
    assert accuracy.BLOCK.search(text)
    assert accuracy.in_readme(accuracy.table(measured)) == text, (
        "run: python -m tests.unit.moderation.accuracy --write"
    )


def test_what_is_missed_can_be_looked_at():
    nothing = accuracy.missed(lambda text: [], ("pau",), ("deu {}",))
    assert next(nothing) == ("as it is", "pau", "deu pau")


def test_the_table_shows_what_cannot_be_seen():
    rows = [accuracy.Row("override", "\u202eu|p", 1, 2)]
    table = accuracy.table(accuracy.Accuracy(rows, rows, 10, [], 1000, ["x"]))
    assert r"| override | `\u202eu\|p` | 50.0% of 2 | 50.0% of 2 |" in table
    assert "10.0 in 10,000" in table
