"""Advertising and floods."""

from datetime import datetime, timedelta

import pytest
from engine import (
    Author,
    Content,
    Earlier,
    RuleError,
    Space,
    SpamRule,
    compile_rules,
    scan,
)

NOW = datetime(2026, 11, 23, 17, 0)
SPACE = Space(own_domains=("ours.example", "bücher.example"), now=NOW)
OFFER = "Compre agora o melhor curso de vendas do Brasil com desconto especial hoje"


def found(text, author=None, space=SPACE, title="", is_html=False, **limits):
    rules = compile_rules([SpamRule("s", "spam", **limits)])
    content = Content(title=title, body=text, is_html=is_html)
    return scan(content, rules, author, space)


def kinds(*arguments, **options):
    return [finding.kind for finding in found(*arguments, **options)]


def ago(seconds, text="outro assunto"):
    return Earlier(text, NOW - timedelta(seconds=seconds))


# --- links ---


def test_more_links_than_allowed():
    text = "https://a.example e https://b.example"
    assert kinds(text, max_links=2) == []
    [finding] = found(text, max_links=1)
    assert (finding.kind, finding.facts) == ("links", {"count": "2", "most": "1"})
    assert [text[a:b] for a, b in finding.spans] == text.split(" e ")


def test_newcomers_may_have_fewer():
    text = "https://a.example"
    assert kinds(text, Author(is_new=True), max_links=5, max_links_new=0) == []
    text += " https://b.example"
    assert kinds(text, Author(is_new=True), max_links=5, max_links_new=1) == ["links"]
    assert kinds(text, Author(), max_links=5, max_links_new=1) == []


def test_ones_own_domains_do_not_count():
    text = "https://ours.example https://www.ours.example/x https://bücher.example"
    assert kinds(f"{text} https://xn--bcher-kva.example", max_links=1) == []
    # A Cyrillic o: another domain that looks the same.
    assert kinds("https://ours.example https://\u043eurs.example/a a.com", max_links=1)


@pytest.mark.parametrize(
    "text",
    [
        *("https://evil.example", "www.evil.example/x", "https://a.evil.example"),
        *("https://ours.example@evil.example", "HTTPS://EVIL.EXAMPLE."),
    ],
)
def test_refused_domains(text):
    [finding] = found(text, domains=("evil.example",))
    assert (finding.kind, finding.read_as.endswith("evil.example")) == ("domain", True)


def test_a_refused_domain_behind_words():
    html = '<a href="http://evil.example">ajuda</a>'
    [finding] = found(html, is_html=True, domains=("*.evil.example",))
    assert html[finding.start : finding.end] == "http://evil.example"


# --- floods ---


def test_nearly_the_same_again():
    earlier = (ago(600, OFFER.upper()), ago(300, f"{OFFER}!!!"))
    author = Author(earlier=earlier)
    assert kinds(f"{OFFER}...", author, near_duplicates=2) == ["duplicate"]
    assert kinds(f"{OFFER}...", author, near_duplicates=3) == []
    assert kinds("O relatório de vendas não abre mais", author, near_duplicates=1) == []


def test_a_changed_word_is_still_the_same():
    author = Author(earlier=(ago(60, f"Olá Maria, {OFFER} {OFFER}"),))
    assert kinds(f"Olá Pedro, {OFFER} {OFFER}", author, near_duplicates=1)


def test_short_texts_may_be_repeated():
    author = Author(earlier=(ago(60, "ok, obrigado"),) * 5)
    assert kinds("ok, obrigado", author, near_duplicates=1) == []


def test_too_many_in_too_short_a_time():
    author = Author(earlier=(ago(50), ago(30), ago(10)))
    assert kinds("oi", author, pace=4, pace_seconds=60) == []
    [finding] = found("oi", author, pace=3, pace_seconds=60)
    assert finding.kind == "pace"
    assert finding.facts == {"count": "4", "most": "3", "seconds": "60"}
    assert kinds("oi", author, pace=3, pace_seconds=20) == []


def test_pace_is_said_once_of_a_content():
    author = Author(earlier=(ago(5),) * 9)
    assert kinds("oi", author, title="ajuda", pace=3) == ["pace"]


def test_without_a_clock_there_is_no_pace():
    author = Author(earlier=(ago(5),) * 9)
    assert kinds("oi", author, space=Space(), pace=3) == []


# --- manners ---


def test_too_many_mentions():
    text = "@ana @bia @caio, joao@example.com"
    assert kinds(text, max_mentions=3) == []
    assert kinds(text, max_mentions=2) == ["mentions"]


@pytest.mark.parametrize(
    "text",
    [
        "ISSO É UM ABSURDO, VOCÊS NUNCA RESPONDEM NADA",
        "socorro!!!!!!",
        "POR FAVOR ALGUÉM RESOLVA ESSE PROBLEMA",
        "como assim?!?!?!",
    ],
)
def test_shouting(text):
    assert kinds(text, shouting=True) == ["shouting"]


@pytest.mark.parametrize(
    "text",
    [
        *("OK", "URGENTE", "NF-E 1234", "ERRO NF-E CNPJ SEFAZ ICMS ST", "OBRIGADO!!!"),
        *("o XML da NF-e foi rejeitado pela SEFAZ com CST e CFOP errados", "ÓTIMO"),
        *("ERROR-500 TIMEOUT-30 CODE-12 STATUS-7 na tela", "SELECT * FROM res_partner"),
        "aparece INTERNAL SERVER ERROR PLEASE CONTACT quando clico no botão de salvar",
    ],
)
def test_acronyms_and_screens_do_not_shout(text):
    assert kinds(text, shouting=True) == []


# --- rules ---


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({}, "Set at least one limit"),
        ({"max_links": -1}, "cannot be below 0"),
        ({"pace": 3, "pace_seconds": 0}, "cannot be below 0"),
        ({"domains": ("https://evil.example/x",)}, "is not a domain"),
        ({"domains": ("com",)}, "is not a domain"),
        ({"domains": ("",)}, "is not a domain"),
    ],
)
def test_rules_that_cannot_be_used(limits, why):
    with pytest.raises(RuleError, match=why):
        found("", **limits)
