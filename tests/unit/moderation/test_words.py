"""What a word rule says of a place, and rules that cannot be used."""

import engine
import pytest
from engine import Content, RuleError, Severity, Word, WordRule


def rules(*words, **fields):
    return engine.compile_rules([WordRule("w", "insult", words=words, **fields)])


def scan(text, *words, **fields):
    return engine.scan(Content(body=text), rules(*words, **fields))


def test_a_finding_says_where_and_what():
    text = "<p>seu b<b>.</b>o.b.o</p>"
    (finding,) = scan(text, Word("bobo"))
    assert "".join(text[a:b] for a, b in finding.spans) == "b.o.b.o"
    assert (finding.rule, finding.category, finding.part) == ("w", "insult", "body")
    assert (finding.kind, finding.read_as) == ("word", "bobo")
    assert finding.severity == Severity.MEDIUM


def test_all_parts_are_read_in_order():
    content = Content("bobo", "um bobo", file_names=("nota.pdf", "bobo.pdf"))
    found = engine.scan(content, rules(Word("bobo")))
    assert [one.part for one in found] == ["title", "body", "file:1"]


def test_a_title_is_never_html():
    content = Content(title="b<i>o</i>bo")
    assert not engine.scan(content, rules(Word("bobo")))


def test_the_form_is_named_as_listed():
    word = Word("bobo", forms=("bobona",), suffixes=("s",))
    read = [one.read_as for one in scan("BOBO b0b0s bobonas BobonA", word)]
    assert read == ["bobo", "bobos", "bobonas", "bobona"]


def test_a_word_may_be_worse_than_its_rule():
    word = Word("bobo", severity=Severity.SEVERE)
    assert scan("bobo", word)[0].severity == Severity.SEVERE


def test_of_a_phrase_and_its_words_the_phrase_is_told():
    words = Word("bobo"), Word("seu bobo da corte")
    assert [one.read_as for one in scan("seu  bobo\nda corte", *words)] == [
        "seu bobo da corte"
    ]


def test_what_is_worse_inside_a_phrase_is_told_as_well():
    words = Word("bobo", severity=Severity.HIGH), Word("seu bobo")
    assert len(scan("seu bobo", *words)) == 2


def test_two_rules_tell_of_the_same_place_each():
    two = [WordRule(key, "x", words=(Word("bobo"),)) for key in "ab"]
    found = engine.scan(Content(body="bobo"), engine.compile_rules(two))
    assert [one.rule for one in found] == ["a", "b"]


def test_a_phrase_without_its_blanks_and_with_one_word_disguised():
    word = Word("filho da mãe")
    for text in ("filhodamae", "filho da m.ã.e", "filho-da-mãe", "filho da m@e"):
        assert [one.read_as for one in scan(text, word)] == ["filho da mãe"], text


def test_only_some_words_are_looked_for_backwards():
    text = "olobit"
    assert not scan(text, Word("tibolo"))
    assert scan(text, Word("tibolo", reversed=True))[0].disguised


def test_a_word_in_another_alphabet():
    """Its letters look like none of ours, so they are compared as they are."""
    assert scan("это ЖОПА!", Word("жопа"))
    assert not scan("это фопа!", Word("жопа"))
    assert scan("这是 傻瓜 吗", Word("傻瓜"))
    assert not scan("这是 西瓜 吗", Word("傻瓜"))


def test_no_rules_find_nothing():
    assert engine.scan(Content(body="bobo"), engine.compile_rules([])) == []
    assert scan("bobo") == []


@pytest.mark.parametrize("text", ["", " ", "<p></p>", "&nbsp;", "\u200b", "<!-- x -->"])
def test_texts_without_text(text):
    assert scan(text, Word("bobo")) == []


@pytest.mark.parametrize(
    ("word", "why"),
    [
        (Word(""), "empty line"),
        (Word("  "), "empty line"),
        (Word("bobo", forms=("",)), "empty line"),
        (Word("x"), "one letter"),
        (Word("é!"), "one letter"),
        (Word("***"), "no letters"),
        (Word("😀"), "no letters"),
        (Word("b" * 121), "longer than 120"),
        (Word("bobo", allowed=("bobo",)), "reserved and allowed"),
        (Word("bobo", excuses=("bobo",)), "reserved and allowed"),
    ],
)
def test_a_word_that_cannot_be_used(word, why):
    with pytest.raises(RuleError, match=why):
        rules(word)


def test_a_word_that_its_rule_allows():
    with pytest.raises(RuleError, match="“bobo” is reserved and allowed"):
        rules(Word("bobo"), allowed=("bobo",))


def test_an_inflection_that_is_allowed_is_left_out():
    word = Word("bobo", suffixes=("s", "ca"), allowed=("boboca",))
    assert [one.read_as for one in scan("bobo bobos boboca", word)] == ["bobo", "bobos"]


def test_an_excuse_counts_beside_the_word_an_allowed_name_only_around_it():
    assert not scan("bobo legal, legal bobo", Word("bobo", excuses=("legal",)))
    assert scan("bobo legal", Word("bobo", allowed=("legal",)))
    assert not scan("o tal Bobo Legal", Word("bobo", allowed=("bobo legal",)))


def test_too_many_words():
    words = (Word("ab", forms=tuple(f"ab{n}" for n in range(1_000_000))),)
    with pytest.raises(RuleError, match="more than 200000"):
        rules(*words)


def test_two_rules_of_one_key():
    with pytest.raises(RuleError, match="“w”"):
        engine.compile_rules([WordRule("w", "x"), WordRule("w", "y")])
