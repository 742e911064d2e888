"""Each kind of finding has something to say in each language."""

import string

import pytest
from engine import Finding, Severity, advise, explain
from engine.confidential import DETECTORS
from engine.sentences import LANGUAGES, LONGEST
from engine.tricks import TRICKS

OTHERS = {
    *("word", "word_disguised", "everything", "pattern", "term", "term_of_others"),
    *("solicitation", "offer", "links", "domain", "duplicate", "pace", "mentions"),
    *("shouting", "other"),
}
KINDS = sorted({*DETECTORS, *TRICKS, *OTHERS})
FACTS = {"count": "7", "most": "3", "seconds": "60"}


def finding(kind, read_as="xyz", **more):
    facts = more.pop("facts", FACTS)
    spans = ((0, 3),)
    return Finding(
        *("r", "c", Severity.LOW, "body", spans, read_as, kind), facts=facts, **more
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_and_nothing_too_much(language):
    assert sorted(LANGUAGES[language]) == KINDS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["pt_BR", "pt", "pt_PT", "en_US", "es_419"])
def test_each_kind_is_said_in_each_language(kind, language):
    for say in (explain, advise):
        text = say(finding(kind), language)
        assert text[0].isupper() or text[0] == "“"
        assert text.endswith(".")
        assert "{" not in text
        assert "…" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_languages_agree_on_what_is_filled_in(kind):
    places = {
        tuple(
            frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)
            for text in sentences[kind]
        )
        for sentences in LANGUAGES.values()
    }
    assert len(places) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_languages_differ(kind):
    said = {explain(finding(kind), language) for language in ("pt", "en", "es")}
    assert len(said) == 3


def test_in_brazilian_portuguese():
    one = finding("cpf", "•••.•••.247-••", secret=True)
    assert "um CPF (•••.•••.247-••)" in explain(one, "pt_BR")
    assert advise(one, "pt_BR").startswith("Remova o CPF e envie de novo.")


def test_other_languages_get_english():
    assert explain(finding("cpf"), "de_DE") == explain(finding("cpf"), "en_US")
    assert explain(finding("cpf"), "") == explain(finding("cpf"), "en_US")


def test_an_unknown_kind_still_says_something():
    assert "rules of this space" in explain(finding("brand-new"), "en")


def test_a_disguised_word_is_said_otherwise():
    disguised = finding("word", "pau", disguised=True)
    assert "pode ser lido como “pau”" in explain(disguised, "pt_BR")
    assert "sigla" in advise(disguised, "pt_BR")


def test_a_competitor_learns_nothing_of_a_term():
    hidden = finding("term", "Z•••", secret=True, facts={"tell_author": "no"})
    for language in LANGUAGES:
        said = explain(hidden, language) + advise(hidden, language)
        assert "•" not in said
        assert "moderador" in said or "moderator" in said


def test_signs_in_a_text_are_no_places_to_fill():
    assert "{0.__class__} %s" in explain(finding("pattern", "{0.__class__} %s"), "en")


def test_a_long_place_is_cut():
    said = explain(finding("pattern", "x" * 500), "en")
    assert "x" * (LONGEST - 1) + "…" in said
    assert "x" * LONGEST not in said


def test_a_fact_that_is_missing_raises_nothing():
    assert "…" in explain(finding("links", facts={}), "en")
