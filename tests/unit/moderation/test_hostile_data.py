"""Input that is made to be slow costs what its length costs.

Steps are counted rather than seconds. What happens inside of a regular expression
takes no steps; there a text of 60 KB would not come back if the cost were square.
"""

import sys

import pytest
from engine import (
    Author,
    ConfidentialRule,
    Content,
    PatternRule,
    SolicitationRule,
    Space,
    SpamRule,
    TermRule,
    TrickRule,
    compile_rules,
    scan,
)
from engine.confidential import DETECTORS
from engine.tricks import TRICKS

RULES = compile_rules(
    [
        ConfidentialRule("c", "c", detectors=tuple(DETECTORS)),
        TermRule("t", "c", company="a", terms=("Projeto Fênix", "a b c", "aaaa")),
        SolicitationRule(
            *("s", "c"),
            phrases=("faço * por fora", "me chama"),
            offers=("presto consultoria",),
        ),
        SpamRule(
            *("p", "c"),
            **{"max_links": 3, "max_mentions": 3, "near_duplicates": 2},
            **{"shouting": True, "domains": ("evil.example",)},
        ),
        TrickRule("k", "c", tricks=tuple(TRICKS)),
        PatternRule("r", "c", pattern="(a+)+b$"),
    ]
)
SMALL, LARGE, HUGE = 2_000, 8_000, 60_000
UNITS = [
    *("a.", "7", "1 ", "12 ", "12 345 ", "1 O", "0O", "O ", "|1", "(1", "+1 "),
    *("@", "a@", "a@b.", " arroba ", "j @ ", "a @ a . ", "<at>", "pix ", "-4"),
    *("senha ", "senha é ", "senha do a b c ", "senha:\n", "senha:" + " " * 60),
    *("acesso: a/", "pwd=", "password= ", "://", "https://", "a://b:", "-u a:"),
    *("BEGIN PRIVATE KEY ", "END PRIVATE KEY", "eyJhbGciOi.", "token=", "key ", "sk-1"),
    *(
        "000201",
        "br.gov.bcb.pix000201",
        "123e4567-e89b-42d3-",
        "cnpj 1A ",
        "rg ",
        "cpf ",
    ),
    *("nove ", "oito sete ", "um ", "a ", "a-", "A", "AB CD ", "ABCD EFGH "),
    *(
        "faço ",
        "faço a ",
        "presto consultoria ",
        "não ",
        "presto consultoria a@b.com ",
        "!?",
        "a.com ",
        "x.",
        "www.",
    ),
    *("\u200b", "a\u200b", "\u202e", "a\u0301\u0302\u0303", "a\u0430", "\u0430", "İ"),
    *("<p hidden>x", "<p style=", "<a href=", '"', "<", "&#49;", "\n", " ", "\0"),
    *("529.982.247-25 ", "(11) 98765-4321 ", "4111 1111 1111 1111 ", "a@b.com "),
    *("3526", "34191.79001 ", "projeto ", "aaaa ", "a b c "),
]


def found(unit: str, size: int):
    content = Content(body=unit * (size // len(unit)))
    return scan(content, RULES, Author(company="a"), Space(companies=("a", "b")))


def steps(unit: str, size: int) -> int:
    """Lines and calls: the same on every machine, busy or not."""
    count = 0

    def tally(_frame, _event, _argument):
        nonlocal count
        count += 1
        return tally

    before = sys.gettrace()
    sys.settrace(tally)
    try:
        found(unit, size)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_takes_at_most_four_times_the_steps(unit):
    few = steps(unit, SMALL)
    assert steps(unit, LARGE) < 4.6 * few + 5_000


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_one_comes_back(unit):
    text_size = len(unit * (HUGE // len(unit)))
    for finding in found(unit, HUGE):
        assert all(0 <= start < end <= text_size for start, end in finding.spans)


@pytest.mark.parametrize("unit", UNITS)
def test_a_number_behind_it_is_found_all_the_same(unit):
    text = unit * 50 + "\n\n. cpf: 168.995.350-09 ."
    content = Content(body=text, is_html=False)
    kinds = {finding.kind for finding in scan(content, RULES)}
    assert kinds & {"cpf", "pix"}
