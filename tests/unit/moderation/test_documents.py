"""CPF, CNPJ, RG and CNH: every way of writing a right one, no wrong one."""

import pytest
from engine.confidential.documents import is_cnh
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.br import cnpj as stdnum_cnpj
from stdnum.br import cpf as stdnum_cpf

from . import asking

CPF = "52998224725"
CNPJ = "11222333000181"
LETTERED = "12ABC34501DE35"  # the example of the Receita Federal


@given(asking.CPFS, st.lists(asking.SEPARATORS, min_size=3, max_size=3))
def test_a_cpf_however_it_is_cut(number, signs):
    pieces = asking.groups(number, 3, 6, 9)
    written = "".join(
        piece + sign for piece, sign in zip(pieces, [*signs, ""], strict=True)
    )
    text = f"meu documento {written}, obrigado"
    [finding] = asking.found(text, "cpf")
    assert asking.written(text, finding) == written


@given(asking.CNPJS, st.lists(asking.SEPARATORS, min_size=4, max_size=4))
def test_a_cnpj_however_it_is_cut(number, signs):
    pieces = asking.groups(number, 2, 5, 8, 12)
    written = "".join(
        piece + sign for piece, sign in zip(pieces, [*signs, ""], strict=True)
    )
    text = f"da empresa {written}."
    [finding] = asking.found(text, "cnpj")
    assert asking.written(text, finding) == written


@given(asking.LETTERED_CNPJS)
def test_a_cnpj_with_letters(number):
    formatted = "{}.{}.{}/{}-{}".format(*asking.groups(number, 2, 5, 8, 12))
    for written in (number, formatted, formatted.lower()):
        text = f"empresa {written}"
        assert asking.kinds(text, "cnpj") == ["cnpj"]


@pytest.mark.parametrize(
    "written", [LETTERED, "12.ABC.345/01DE-35", " ".join(LETTERED)]
)
def test_the_receitas_example(written):
    assert asking.kinds(f"nosso cadastro: {written}", "cnpj") == ["cnpj"]


@pytest.mark.parametrize("way", asking.DISGUISES)
@given(number=asking.CPFS)
def test_a_disguised_cpf(way, number):
    text = f"é {asking.DISGUISES[way](number)} ok"
    assert asking.kinds(text, "cpf") == ["cpf"]


@pytest.mark.parametrize("way", asking.DISGUISES)
@given(number=asking.CNPJS)
def test_a_disguised_cnpj(way, number):
    text = f"é {asking.DISGUISES[way](number)} ok"
    assert asking.kinds(text, "cnpj") == ["cnpj"]


@pytest.mark.parametrize("way", asking.HTML_SPLITS)
@pytest.mark.parametrize(("kind", "number"), [("cpf", CPF), ("cnpj", CNPJ)])
def test_markup_between_the_digits(kind, number, way):
    html = f"<p>é {asking.HTML_SPLITS[way](number)} ok</p>"
    [finding] = asking.found(html, kind, is_html=True)
    for start, end in finding.spans:
        assert "<" not in html[start:end]


@given(asking.CPFS, st.integers(0, 10), asking.DIGIT)
def test_a_changed_digit_is_no_cpf(number, place, digit):
    changed = number[:place] + digit + number[place + 1 :]
    assume(not stdnum_cpf.is_valid(changed))
    for written in (changed, " ".join(changed), f"CPF: {changed}"):
        assert asking.kinds(written, "cpf") == []


@given(asking.CNPJS, st.integers(0, 13), asking.DIGIT)
def test_a_changed_digit_is_no_cnpj(number, place, digit):
    changed = number[:place] + digit + number[place + 1 :]
    assume(not stdnum_cnpj.is_valid(changed))
    assert asking.kinds(f"CNPJ {changed}", "cnpj") == []


@pytest.mark.parametrize("digit", "0123456789")
def test_the_same_digit_throughout_is_nobody(digit):
    assert asking.kinds(f"CPF {digit * 11} CNPJ {digit * 14}") == []


@pytest.mark.parametrize(
    "text",
    [
        f"o hash a{CPF}f1 do arquivo",
        f"1{CPF}",
        f"{CPF}9",
        "erro 0x52998224725",
        "CONFIGURACAO12 e RELATORIOSX9912",
        "o CPF do cliente",
        "RG: informe o documento",
        "o rg 12 do manual",
    ],
)
def test_what_only_looks_like_one(text):
    assert asking.kinds(text, "cpf", "cnpj", "rg", "cnh") == []


def test_the_name_glued_to_it_is_no_hiding_place():
    assert asking.kinds(f"cpf{CPF}") == ["cpf"]
    assert asking.kinds(f"CPF{CPF}abc") == ["cpf"]


@pytest.mark.parametrize(
    "text",
    [
        *("RG 12.345.678-9", "meu rg: 123456789", "R.G. nº 12.345.678-X"),
        *("Identidade MG-12.345.678", "RG SSP/SP 12.345.678-9"),
    ],
)
def test_an_rg_beside_its_name(text):
    assert asking.kinds(text, "rg") == ["rg"]


def test_a_number_alone_is_no_rg():
    assert asking.kinds("o valor é 12.345.678", "rg") == []


def test_a_cnh_beside_its_name():
    assert asking.kinds("minha CNH é 02650306461") == ["cnh"]
    assert asking.kinds("o número 02650306461", "cnh") == []
    assert asking.kinds("minha CNH é 02650306462", "cnh") == []


def test_check_digits_of_a_cnh():
    assert is_cnh("02650306461")
    assert not is_cnh("02650306460")
    assert not is_cnh("11111111111")
    assert not is_cnh("0265030646")
    assert not is_cnh("0265030646x")


@pytest.mark.parametrize("number", ["529.982.247-25", "11.222.333/0001-81"])
def test_what_is_shown_does_not_hold_it(number):
    [finding] = asking.found(f"é {number}")
    plain = "".join(filter(str.isdigit, number))
    shown = "".join(filter(str.isdigit, finding.read_as))
    assert finding.secret
    assert len(shown) <= 4
    assert shown in plain


def test_a_cpf_is_shown_as_brazilians_mask_it():
    [finding] = asking.found("529.982.247-25")
    assert finding.read_as == "•••.•••.247-••"
