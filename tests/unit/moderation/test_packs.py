"""The starter packs as data: whole, without twins, ready to be used."""

import re

import pytest
from engine import compile_rules, packs
from engine.packs.braces import expand
from engine.types import Severity

ALL = [packs.load(name) for name in packs.names()]
WORD_PACKS = [pack for pack in ALL if pack.kind == "word"]
each_pack = pytest.mark.parametrize("pack", ALL, ids=lambda pack: pack.name)
each_word_pack = pytest.mark.parametrize("pack", WORD_PACKS, ids=lambda pack: pack.name)

KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def headwords(language: str) -> int:
    return sum(len(pack.words) for pack in ALL if pack.language == language)


def forms(pack: packs.Pack) -> list[tuple[str, str]]:
    """Each form and the key of its entry."""
    words = pack.words.items()
    return [(form, key) for key, word in words for form in (word.text, *word.forms)]


@each_pack
def test_a_pack_says_what_it_is_in_both_languages(pack):
    for texts in (pack.title, pack.description):
        assert set(texts) == {"en", "pt_BR"}
        assert all(text.strip() == text and text for text in texts.values())
        assert texts["en"] != texts["pt_BR"]


@each_pack
def test_a_pack_is_of_known_kind_category_and_action(pack):
    assert pack.kind in packs.KINDS
    assert pack.category in packs.CATEGORIES
    assert pack.action in packs.ACTIONS
    assert isinstance(pack.severity, Severity)
    assert pack.language in {"", "pt", "en", "es"}


@each_pack
def test_keys_are_plain_and_none_stands_for_two_entries(pack):
    keys = pack.keys()
    assert len(set(keys)) == len(keys)
    assert all(KEY.fullmatch(key) for key in keys)


@each_word_pack
def test_no_form_belongs_to_two_entries(pack):
    owner = {}
    for form, key in forms(pack):
        assert owner.setdefault(form.casefold(), key) == key, form


@each_word_pack
def test_texts_are_written_out(pack):
    words = pack.words.values()
    beside = [text for w in words for text in (*w.excuses, *w.allowed, *w.suffixes)]
    for text in [form for form, _key in forms(pack)] + beside + list(pack.allowed):
        assert not set(text) & set("{}|[]\\?*"), text
        assert text == " ".join(text.split())
        assert len(text) > 1


@each_pack
def test_an_entry_fits_on_a_screen_and_into_a_field(pack):
    words = pack.words.values()
    lists = [
        texts for word in words for texts in ((word.text, *word.forms), word.excuses)
    ]
    for texts in (*lists, *pack.phrases.values(), *pack.offers.values()):
        assert len("\n".join(texts)) <= 30_000, texts[0]


@each_pack
def test_the_engine_takes_the_pack_as_a_rule(pack):
    assert compile_rules([pack.rule()])


@each_word_pack
def test_an_entry_is_not_let_pass_by_what_it_allows(pack):
    for key, word in pack.words.items():
        fine = {text.casefold() for text in (*word.allowed, *pack.allowed)}
        assert word.text.casefold() not in fine, key


def test_there_is_enough_to_begin_with():
    assert headwords("pt") >= 250
    assert headwords("en") >= 100
    assert headwords("es") >= 80


def test_a_switched_off_entry_leaves_the_rule():
    pack = packs.load("pt_vulgar")
    rule = pack.rule(without={"merda"})
    assert pack.words["merda"] not in rule.words
    assert len(rule.words) == len(pack.words) - 1


def test_an_unknown_pack_is_named_with_those_that_are_there():
    with pytest.raises(KeyError, match="pt_slurs"):
        packs.load("../types")


def test_braces_are_written_out_in_order_and_once():
    sets = {"m": ["seu", "{você|vc} é {|um }"]}
    assert expand(["merd{a|inha}", "merda"], sets) == ("merda", "merdinha")
    assert expand(["{m} burro"], sets) == (
        "seu burro",
        "você é burro",
        "você é um burro",
        "vc é burro",
        "vc é um burro",
    )


def test_a_set_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        expand(["{nobody} burro"], {})


def test_a_key_written_twice_is_an_error(tmp_path):
    file = tmp_path / "pack.json"
    file.write_text('{"words": {"a": {}, "b": {}, "a": {}}}', encoding="utf-8")
    with pytest.raises(ValueError, match="called a"):
        packs._read(file)
