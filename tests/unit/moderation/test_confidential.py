"""What holds for all confidential data: rules, what is public, nothing twice."""

import pytest
from engine import ConfidentialRule, Content, RuleError, compile_rules, mask, scan
from engine.confidential import DETECTORS, MAX_ALLOWED
from hypothesis import example, given, settings
from hypothesis import strategies as st

from . import asking

CPF, CARD = "529.982.247-25", "4111 1111 1111 1111"


def rule(*detectors, allowed=()):
    return ConfidentialRule("r", "c", detectors=detectors, allowed=allowed)


@pytest.mark.parametrize(
    ("wrong", "what_to_do"),
    [
        (rule(), "Choose at least one"),
        (rule("cpf", "passport"), "“passport”. Choose among: private_key"),
        (rule("cpf", allowed=("1",) * (MAX_ALLOWED + 1)), "keep at most 10000"),
    ],
)
def test_a_rule_that_cannot_be_used(wrong, what_to_do):
    with pytest.raises(RuleError, match=what_to_do):
        compile_rules([wrong])


@pytest.mark.parametrize("public", ["11.222.333/0001-81", "11222333000181"])
def test_ones_own_cnpj_may_be_written(public):
    for text in (
        "11.222.333/0001-81",
        "11222333000181",
        "１１２２２３３３０００１８１",
    ):
        assert asking.kinds(text, "cnpj", allowed=[public]) == []
    assert asking.kinds("11.444.777/0001-61", "cnpj", allowed=[public]) == ["cnpj"]


def test_what_is_public_as_one_kind_is_not_found_as_another():
    assert asking.kinds(f"pix {CPF}", allowed=[CPF]) == []


def test_each_place_is_found_once():
    text = f"cpf {CPF} cartão {CARD} pix joao@gmail.com"
    findings = asking.found(text)
    assert [finding.kind for finding in findings] == ["cpf", "card", "pix"]
    spans = [span for finding in findings for span in finding.spans]
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


def test_two_rules_do_not_hide_each_others_findings():
    rules = [ConfidentialRule(name, "c", detectors=("cpf",)) for name in "ab"]
    findings = scan(Content(body=CPF), compile_rules(rules))
    assert [finding.rule for finding in findings] == ["a", "b"]


def test_every_part_is_read():
    content = Content(title=CPF, body=f"<p>{CPF}</p>", file_names=(f"{CPF}.pdf",))
    findings = scan(content, asking.EVERYTHING)
    assert [finding.part for finding in findings] == ["title", "body", "file:0"]


def test_masking_takes_it_out():
    html = "<p>cpf 529.<b>982</b>.247-25</p>"
    [finding] = asking.found(html, is_html=True)
    masked = mask(html, finding.spans)
    assert masked == "<p>cpf ████<b>███</b>███████</p>"
    assert asking.found(masked, is_html=True) == []


@pytest.mark.parametrize(
    ("text", "is_disguised"),
    [(CPF, False), ("529982247 25", False), ("５２９.982.247-25", True)],
)
def test_what_a_simple_list_would_miss_is_disguised(text, is_disguised):
    [finding] = asking.found(text)
    assert finding.disguised == is_disguised


PIECES = st.sampled_from(
    [
        *(CPF, CARD, "a@b.com", "senha: x", "pix", "+55 11 98765-4321", "Bearer "),
        *("eyJhbGci.eyJh.x", "-----BEGIN PRIVATE KEY-----", "postgres://a:b@c", "O0O"),
        *("\u200b", "\ud800", "İ", "ß", "1\ufe0f\u20e3", "０", "\n", " ", "RG 1", "@"),
        *("123e4567-e89b-42d3-a456-426614174000", "000201br.gov.bcb.pix6304", "\0"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=12).map("".join)


@settings(max_examples=300)
@given(TEXTS, st.booleans())
@example("İ" * 20 + CPF, False)
def test_nothing_raises_and_places_lie_in_the_text(text, is_html):
    for finding in asking.found(text, is_html=is_html):
        assert finding.spans
        for start, end in finding.spans:
            assert 0 <= start < end <= len(text)
        assert finding.secret


@given(TEXTS)
def test_a_secret_is_not_in_what_is_shown(text):
    for finding in asking.found(text, "cpf", "cnpj", "card", "password", "token"):
        found = asking.written(text, finding)
        assert found.strip() not in finding.read_as


@given(TEXTS)
def test_the_same_text_gives_the_same_findings(text):
    assert asking.found(text) == asking.found(text)


def test_the_list_of_kinds():
    assert set(DETECTORS) == {
        *("cpf", "cnpj", "nfe_key", "phone", "email", "pix", "card", "rg", "cnh"),
        *("token", "private_key", "connection_string", "password"),
    }
