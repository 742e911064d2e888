"""Companies' own terms: who may read them, and how they may be written."""

import pytest
from engine import Author, Content, RuleError, Space, TermRule, compile_rules, scan
from engine.terms import MAX_TERMS

TERMS = ("Projeto Fênix", "ACME Metalúrgica", "Tabela 2026", "Zênite")
RULES = compile_rules([TermRule("t", "confidential", company="a", terms=TERMS)])
SHARED = Space(companies=("a", "b"))


def found(text, author="a", space=SHARED, is_html=False, rules=RULES):
    content = Content(body=text, is_html=is_html)
    return scan(content, rules, Author(company=author), space)


@pytest.mark.parametrize(
    ("text", "as_listed"),
    [
        ("o Projeto Fênix atrasou", "Projeto Fênix"),
        ("o projeto fenix atrasou", "projeto fenix"),
        ("PROJETO   FÊNIX", "PROJETO   FÊNIX"),
        ("projeto-fênix", "projeto-fênix"),
        ("projeto\nfênix", "projeto\nfênix"),
        ("p r o j e t o f e n i x", "p r o j e t o f e n i x"),
        ("o p.r.o.j.e.t.o f-ê-n-i-x foi", "p.r.o.j.e.t.o f-ê-n-i-x"),
        ("a Z e n i t e comprou", "Z e n i t e"),
        ("ｐｒｏｊｅｔｏ ｆｅｎｉｘ", "ｐｒｏｊｅｔｏ ｆｅｎｉｘ"),
        ("veja a tabela_2026", "tabela_2026"),
    ],
)
def test_ways_of_writing(text, as_listed):
    [finding] = found(text)
    assert "".join(text[start:end] for start, end in finding.spans) == as_listed
    assert finding.kind == "term"
    assert finding.secret


@pytest.mark.parametrize(
    "html", ["pro<b>jeto</b> f&ecirc;nix", "projeto<!-- --> fênix", "z<i>ê</i>nite"]
)
def test_cut_by_markup(html):
    [finding] = found(html, is_html=True)
    assert all("<" not in html[start:end] for start, end in finding.spans)


@pytest.mark.parametrize(
    "text", ["projetos fênix", "um projeto", "zênites", "tabela 20261", "fênix projeto"]
)
def test_only_whole_words(text):
    assert found(text) == []


def test_what_is_drawn_out_is_disguised():
    assert [finding.disguised for finding in found("zenite e z e n i t e")] == [
        False,
        True,
    ]


@pytest.mark.parametrize("author", ["a", "b", ""])
def test_where_others_read_nobody_may_write_it(author):
    assert found("o zênite", author)


@pytest.mark.parametrize("author", ["a", "b", ""])
def test_among_its_own_people_it_is_free(author):
    assert found("o zênite", author, Space(companies=("a",))) == []


def test_where_it_is_unknown_who_reads_it_is_guarded():
    assert found("o zênite", "a", Space())


def test_an_outsider_is_not_told_that_he_guessed_right():
    assert found("o zênite", "a")[0].facts == {}
    assert found("o zênite", "b")[0].facts == {"tell_author": "no"}


def test_the_vendors_own_terms_are_guarded_everywhere():
    rules = compile_rules([TermRule("t", "c", terms=("Zênite",))])
    for companies in ((), ("a",), ("a", "b")):
        [finding] = found("zênite", "a", Space(companies=companies), rules=rules)
        assert finding.facts == {}


def test_what_is_shown_is_not_the_term():
    assert found("projeto fenix")[0].read_as == "P••• F•••"


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ((), "Add at least one term"),
        (("",), "too short"),
        (("ab",), "“ab” is too short"),
        (("- é -",), "too short"),
        (("x" * 201,), "too long"),
        (("abc",) * (MAX_TERMS + 1), "too many"),
    ],
)
def test_terms_that_cannot_be_used(terms, why):
    with pytest.raises(RuleError, match=why):
        compile_rules([TermRule("t", "c", terms=terms)])
