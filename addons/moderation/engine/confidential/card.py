"""Payment cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn

from .chains import Window
from .fiscal import not_cards
from .match import Match
from .text import Taken, Text

# Which numbers the networks hand out, and with how many digits. From ISO/IEC 7812
# and the networks' own tables; Elo's and Hipercard's ranges are Brazilian.
_NETWORKS = (
    (re.compile(r"4"), (13, 16, 19)),  # Visa
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),  # Mastercard
    (re.compile(r"3[47]"), (15,)),  # American Express
    (re.compile(r"30[0-5]|3095|36|38|39"), (14, 16)),  # Diners Club
    (re.compile(r"6011|64[4-9]|65"), (16, 19)),  # Discover
    (re.compile(r"35(?:2[89]|[3-8])"), (16, 19)),  # JCB
    (re.compile(r"62"), (16, 17, 18, 19)),  # UnionPay
    (re.compile(r"5067|5090|504175|627780|63629[78]|636368"), (16,)),  # Elo
    (re.compile(r"606282|3841|637095|637568|637599|637609|637612"), (13, 16, 19)),
    (re.compile(r"50[0-9]{4}"), (16, 19)),  # Aura, Maestro
)
_SIZES = (13, 14, 15, 16, 17, 18, 19)
_CUE = re.compile(r"cart[ãa]o|\bcard|tarjeta|cr[ée]dito|d[ée]bito|\bvisa\b|master")


def card(text: Text) -> Iterator[Match]:
    """Numbers of 13 to 19 digits that pass Luhn and that a network hands out."""
    taken = not_cards(text)
    for size in _SIZES:
        for window in text.windows(size):
            if _stands(text, window, taken, size) and is_card(window.digits):
                if not text.mostly_digits(window):
                    continue
                digits = window.digits
                shown = f"•••• •••• •••• {digits[-4:]}"
                yield Match(window.start, window.end, digits, shown, window.loose)
    for start, end, digits in text.spelled:
        if len(digits) in _SIZES and is_card(digits):
            yield Match(start, end, digits, f"•••• •••• •••• {digits[-4:]}", True)


def is_card(digits: str) -> bool:
    """Whether a network hands out such a number and its check digit is right."""
    size = len(digits)
    if len(set(digits)) == 1 or not luhn.is_valid(digits):
        return False
    return any(size in sizes and form.match(digits) for form, sizes in _NETWORKS)


def _stands(text: Text, window: Window, taken: Taken, size: int) -> bool:
    usual = window.cut_at(4, 8, 12, 16) or window.cut_at(5, 10, 15) or window.uniform
    if size <= 15:
        usual = usual or window.cut_at(4, 10)
    # Thirteen digits are also what goods have (EAN), and a tenth passes Luhn.
    if size == 13 or not usual or text.inside_word(window.start, window.end):
        usual = text.near(_CUE, window.start)
    return usual and not taken.holds(window.start, window.end)
