"""The packs judged by sentences as people write them: see corpora/.

``harmless_*.txt`` holds a sentence a line (``#`` begins a heading), the others a
category, or several with commas ("-": none), a tab and a sentence.
"""

from bisect import bisect_right
from pathlib import Path

import pytest
from engine import compile_rules, packs, scan
from engine.types import Content

from tests.unit.moderation import accuracy

CORPORA = Path(__file__).parent / "corpora"
LANGUAGES = ("pt", "en", "es")
# Where a pack that is off by default has its own business: farms, laboratories, …
AT_HOME = ("# Help desk", "# Towns", "# Hardware", "# Bakery", "# Finance", "# Comm")


@pytest.fixture(scope="module")
def rules():
    on = [packs.load(name) for name in packs.names()]
    return compile_rules(pack.rule() for pack in on if pack.on_by_default)


def lines(name: str) -> list[str]:
    text = (CORPORA / f"{name}.txt").read_text(encoding="utf-8")
    return text.splitlines()


def harmless(language: str) -> list[str]:
    return [one for one in lines(f"harmless_{language}") if not one.startswith("#")]


def judged(name: str) -> list[tuple[set[str], str]]:
    """Sentences with the categories in which they are to be found."""
    pairs = [line.split("\t") for line in lines(name)]
    return [(set(wanted.split(",")) - {"-"}, text) for wanted, text in pairs]


def found(text: str, rules) -> list[str]:
    """What is found, for a person who reads the failure."""
    findings = scan(Content(body=text, is_html=False), rules)
    return [f"{one.category} {one.rule} {one.read_as}: {text}" for one in findings]


def categories(text: str, rules) -> set[str]:
    findings = scan(Content(body=text, is_html=False), rules)
    return {one.category for one in findings}


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("harmless_pt", 400),
        ("harmless_en", 100),
        ("harmless_es", 100),
        ("harmful_pt", 150),
        ("harmful_en", 60),
        ("harmful_es", 60),
        ("criticism_pt", 80),
        ("criticism_en", 20),
        ("criticism_es", 20),
    ],
)
def test_a_corpus_is_large_and_says_nothing_twice(name, least):
    texts = [line for line in lines(name) if not line.startswith("#")]
    assert len(texts) >= least
    assert len(set(texts)) == len(texts)
    assert all(line == line.strip() and line for line in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_in_harmless_sentences(rules, language):
    assert [hit for text in harmless(language) for hit in found(text, rules)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_harm_is_found_in_its_category(rules, language):
    missed = [
        text
        for wanted, text in judged(f"harmful_{language}")
        if not wanted <= categories(text, rules)
    ]
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_criticism_is_never_more_than_that(rules, language):
    wrong = [
        found(text, rules) or f"nothing: {text}"
        for wanted, text in judged(f"criticism_{language}")
        if categories(text, rules) != wanted
    ]
    assert wrong == []


def test_reserved_words_leave_fault_reports_and_shops_alone():
    """Also when the vendor switches the pack of ambiguous words on."""
    reserved = compile_rules([packs.load("pt_reserved_it").rule()])
    hits, at_home = [], False
    for line in lines("harmless_pt"):
        if line.startswith("#"):
            at_home = line.startswith(AT_HOME)
        elif at_home:
            hits += found(line, reserved)
    assert hits == []


def test_reserved_words_are_found_where_nothing_excuses_them():
    reserved = compile_rules([packs.load("pt_reserved_it").rule()])
    for text in (
        "Olha o tamanho desse pau.",
        "Escreveu p.a.u. no mural.",
        "Olha a pica.",
    ):
        assert categories(text, reserved) == {"reserved"}, text


@pytest.mark.parametrize(
    "name", [name for name in packs.names() if packs.load(name).kind == "word"]
)
def test_forms_are_found(name):
    """None is lost to an entry's own excuses or to what its pack allows: the first
    of each entry, and every tenth after it."""
    pack = packs.load(name)
    rules = compile_rules([pack.rule()])
    forms = [form for w in pack.words.values() for form in (w.text, *w.forms)[::10]]
    text = ".\n\n".join(forms)
    starts = [0, *(at + 3 for at in range(len(text)) if text.startswith(".\n\n", at))]
    hits = scan(Content(body=text, is_html=False), rules)
    reached = {bisect_right(starts, hit.start) - 1 for hit in hits}
    assert [form for at, form in enumerate(forms) if at not in reached] == []


def test_of_the_brazilian_word_list_only_listed_words_are_found(rules):
    on = [pack for pack in map(packs.load, packs.names()) if pack.on_by_default]
    words = [word for pack in on for word in pack.words.values()]
    listed = {form.casefold() for word in words for form in (word.text, *word.forms)}
    text = ".\n\n".join(accuracy.brazilian_words())
    hits = scan(Content(body=text, is_html=False), rules)
    read = {text[one.start : one.end] for one in hits if one.kind == "word"}
    assert len(read) > 100
    assert {word for word in read if word.casefold() not in listed} == set()


def test_of_odoos_sentences_hardly_any_is_found(rules):
    """Three hold "porra", "merda" and "idiotas" indeed."""
    sentences = accuracy.odoo_sentences()
    hits = [hit for text in sentences for hit in found(text, rules)]
    assert len(hits) <= len(sentences) / 10_000, hits
