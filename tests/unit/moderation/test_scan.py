"""The whole of a scan: parts, order, rules of several kinds."""

import doctest

import engine
import pytest
from engine import Author, Content, EverythingRule, PatternRule, Space, Word, WordRule
from engine.compiled import STAGES

WORD = WordRule("word", "insult", words=(Word("bobo"), Word("feio")))
EVERYTHING = EverythingRule("all", "review")


def scan(content, *rules, **facts):
    return engine.scan(content, engine.compile_rules(rules), **facts)


def test_findings_come_in_the_order_of_the_text():
    pattern = PatternRule("pattern", "code", pattern=r"[0-9]+")
    content = Content("12 bobo", "feio <b>34</b> bobo", file_names=("bobo",))
    found = scan(content, pattern, WORD)
    assert [(one.part, one.rule, one.start) for one in found] == [
        ("title", "pattern", 0),
        ("title", "word", 3),
        ("body", "word", 0),
        ("body", "pattern", 8),
        ("body", "word", 15),
        ("file:0", "word", 0),
    ]


def test_of_everything_is_said_once_and_of_no_place():
    (finding,) = scan(Content("", "text", file_names=("a", "b")), EVERYTHING)
    assert (finding.part, finding.spans, finding.kind) == ("body", (), "everything")
    assert scan(Content("title", "text"), EVERYTHING)[0].part == "title"
    assert scan(Content(), EVERYTHING) == []


def test_a_body_may_be_plain_text():
    assert not scan(Content(body="b<i>o</i>bo", is_html=False), WORD)
    assert scan(Content(body="b<i>o</i>bo"), WORD)


def test_facts_about_author_and_space_may_be_left_out():
    content = Content(body="bobo")
    assert scan(content, WORD) == scan(content, WORD, author=Author(), space=Space())


def test_every_kind_of_rule_but_words_has_a_stage():
    kinds = {kind for kind in engine.Rule.__subclasses__() if kind is not WordRule}
    assert set(STAGES) == kinds


@pytest.mark.parametrize("rules", [(), (WORD,), (EVERYTHING, WORD)])
def test_compiled_rules_can_be_asked_often(rules):
    compiled = engine.compile_rules(iter(rules))
    content = Content(body="bobo")
    assert engine.scan(content, compiled) == engine.scan(content, compiled)


def test_the_example_in_the_engines_docstring():
    assert doctest.testmod(engine).failed == 0
    assert doctest.testmod(engine).attempted >= 2
