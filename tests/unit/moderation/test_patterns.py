"""Patterns that administrators type."""

import pytest
from engine import Content, PatternRule, RuleError, compile_rules, scan
from engine.patterns import MAX_MATCHES, MAX_PATTERNS
from hypothesis import given
from hypothesis import strategies as st


def rule(pattern, key="p"):
    return PatternRule(key, "c", pattern=pattern)


def found(pattern, text, is_html=False):
    content = Content(body=text, is_html=is_html)
    findings = scan(content, compile_rules([rule(pattern)]))
    return [[text[a:b] for a, b in finding.spans] for finding in findings]


def test_places_in_the_original():
    assert found(r"abc\d+", "x ABC1 y abc22") == [["ABC1"], ["abc22"]]
    assert found(r"abc\d+", "ção 🎉 abc1 é abc2") == [["abc1"], ["abc2"]]
    assert found(r"abc\d+", "a<b>b</b>c&#49;", is_html=True) == [["a", "b", "c&#49;"]]


def test_the_clean_reading_is_asked():
    [pieces] = found(r"abc\d", "x ａ\u200bｂｃ１ y")
    assert "".join(pieces).replace("\u200b", "") == "ａｂｃ１"


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("x" * 501, "501 characters; at most 500"),
        ("(", r"cannot be read: missing \)"),
        ("[a", "cannot be read: missing ]"),
        ("*a", "cannot be read: no argument"),
        ("a**", "cannot be read: bad repetition"),
        (r"\8", "refers back"),
        (r"(a)\1", "refers back to a group"),
        (r"(?P<x>a)(?P=x)", "refers back to a group"),
        (r"a(?=b)", "looks ahead or behind"),
        (r"a(?!b)", "looks ahead or behind"),
        (r"(?<=b)a", "looks ahead or behind"),
        (r"(?<!b)a", "looks ahead or behind"),
        ("a*", "nothing stands"),
        ("(abc)?", "nothing stands"),
        ("a|", "nothing stands"),
        (r"\b", "nothing stands"),
        ("^|x", "nothing stands"),
        ("x|$", "nothing stands"),
        (".", "every ordinary text"),
        (".+", "every ordinary text"),
        (r"\S", "every ordinary text"),
        (".{1000}.{1000}", "repeats too much"),
        (r"(\pL{100}){9}", "repeats too much|cannot be read"),
        ("x\ud800", "a character that does not exist"),
    ],
)
def test_patterns_that_cannot_be_used(pattern, why, capfd):
    with pytest.raises(RuleError, match=why):
        compile_rules([rule(pattern)])
    assert capfd.readouterr() == ("", "")


def test_too_many_patterns():
    rules = [rule("abc", str(number)) for number in range(MAX_PATTERNS + 1)]
    assert compile_rules(rules[1:])
    with pytest.raises(RuleError, match="at most 500"):
        compile_rules(rules)


def test_the_first_hundred_places_are_enough():
    assert len(found("ab", "ab " * 5000)) == MAX_MATCHES


@given(st.text(max_size=20), st.text(max_size=50))
def test_whatever_is_typed_and_written(pattern, text):
    try:
        places = found(pattern, text)
    except RuleError as error:
        assert str(error)
    else:
        assert all(piece for place in places for piece in place)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*)*b", "(x+x+)+y"])
def test_what_makes_others_backtrack(pattern):
    # A backtracking engine would not come back from this.
    try:
        assert found(pattern, "a" * 100_000 + "!") == []
    except RuleError as error:
        assert "nothing stands" in str(error)
