"""Access keys, and the payment lines that look like cards."""

import pytest
from engine.confidential.fiscal import is_boleto, is_nfe_key
from hypothesis import assume, given
from hypothesis import strategies as st

from . import asking

BANK = "34191.79001 01043.510047 91020.150008 1 84410026000"
BAR_CODE = "34191844100260001790010143510049102015000" + "008"


@given(asking.NFE_KEYS)
def test_a_key_in_every_form(key):
    fours = " ".join(key[place : place + 4] for place in range(0, 44, 4))
    for written in (key, fours, fours.replace(" ", "."), f"NFe{key}"[3:]):
        text = f"a chave {written} não foi aceita"
        [finding] = asking.found(text, "nfe_key")
        assert asking.written(text, finding) == written


@given(asking.LETTERED_NFE_KEYS)
def test_a_key_of_an_issuer_with_letters(key):
    fours = " ".join(key[place : place + 4] for place in range(0, 44, 4))
    assert asking.kinds(f"chave {key}", "nfe_key") == ["nfe_key"]
    assert asking.kinds(f"chave {fours}", "nfe_key") == ["nfe_key"]


@given(asking.NFE_KEYS, st.integers(0, 43), asking.DIGIT)
def test_a_changed_digit_is_no_key(key, place, digit):
    changed = key[:place] + digit + key[place + 1 :]
    assume(changed != key and not is_nfe_key(changed))
    assert asking.kinds(changed, "nfe_key") == []


@given(asking.NFE_KEYS, st.integers(0, 42), st.integers(1, 9))
def test_nearly_every_change_is_noticed(key, place, step):
    changed = key[:place] + str((int(key[place]) + step) % 10) + key[place + 1 :]
    # A rest of 10 and of 11 both give the digit 0.
    assume(key[-1] != "0")
    assert not is_nfe_key(changed)


@given(asking.NFE_KEYS)
def test_a_key_is_never_a_card_nor_a_phone(key):
    fours = " ".join(key[place : place + 4] for place in range(0, 44, 4))
    for written in (key, fours):
        assert asking.kinds(f"chave {written}", "card", "phone") == []
        assert asking.kinds(f"chave {written}") == ["nfe_key"]


@pytest.mark.parametrize(
    "key",
    [
        "9" * 44,
        "99" + "1" * 42,
        "3526" + "13" + "1" * 38,
        "35261111222333000181" + "01" + "0" * 22,
    ],
)
def test_what_no_state_issues(key):
    assert not is_nfe_key(key)


def test_a_payment_line_is_never_a_card_nor_a_phone():
    digits = "".join(filter(str.isdigit, BANK))
    assert is_boleto(digits)
    for written in (BANK, digits, " ".join(digits)):
        assert asking.kinds(f"segue o boleto {written}", "card", "phone", "cpf") == []


def test_a_changed_payment_line_is_none():
    digits = "".join(filter(str.isdigit, BANK))
    assert not is_boleto("9" + digits[1:])


def test_a_utilitys_line():
    assert is_boleto("836200000005667800481000180975657313001589636081")
    assert not is_boleto("836200000005667800481000180975657313001589636082")
