"""Keys of Brazilian fiscal documents, and the payment lines that look like cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .chains import Window
from .match import Match
from .text import Taken, Text

SIZE = 44
_AFTER_LETTERS = 26  # digits behind a CNPJ that may hold letters
_BOLETO_SIZES = (47, 48)
_WEIGHTS = (4, 3, 2, 9, 8, 7, 6, 5) * 6
# The codes of the 27 states by the IBGE, which a key begins with.
_STATES = re.compile(r"1[1-7]|2[1-9]|3[1235]|4[123]|5[0-3]")
# NF-e, CT-e, MDF-e, CF-e, CT-e OS, NFC-e and their younger relatives.
_MODELS = re.compile(r"5[5789]|6[234567]")
_LETTERED = re.compile(
    r"(?<![0-9A-Za-z])[0-9]{6}[0-9A-Za-z]{12}[0-9]{26}(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])[0-9]{4} [0-9]{2}[0-9A-Za-z]{2} [0-9A-Za-z]{4} [0-9A-Za-z]{4}"
    r" [0-9A-Za-z]{2}[0-9]{2}(?: [0-9]{4}){6}(?![0-9A-Za-z])"
)


def nfe_key(text: Text) -> Iterator[Match]:
    """Access keys of NF-e, NFC-e, CT-e: state, year and month, the issuer's CNPJ,
    model, number, a random code and a digit that checks the rest (modulo 11)."""
    for window in text.windows(SIZE):
        if is_nfe_key(window.digits) and _stands(text, window):
            yield _match(window.start, window.end, window.digits, window.loose)
    if text.longest < _AFTER_LETTERS:
        return
    for found in _LETTERED.finditer(text.text):
        value = found[0].replace(" ", "").upper()
        if not value.isdigit() and is_nfe_key(value):
            yield _match(found.start(), found.end(), value)


def is_nfe_key(value: str) -> bool:
    """Whether these 44 characters are a key; letters count as the Receita counts
    them, by their ASCII code less 48 (Nota Técnica Conjunta 2025.001)."""
    if len(value) != SIZE or not _STATES.match(value):
        return False
    if not _MODELS.match(value, 20) or not "01" <= value[4:6] <= "12":
        return False
    counted = zip(value[:-1], _WEIGHTS, strict=False)
    total = sum((ord(sign) - 48) * weight for sign, weight in counted)
    rest = total % 11
    return value[-1] == str(0 if rest < 2 else 11 - rest)


def not_cards(text: Text) -> Taken:
    """Where keys and payment lines (boletos) stand."""
    if "fiscal" not in text.notes:
        text.notes["fiscal"] = taken = Taken(len(text.text))
        if text.longest >= SIZE:
            for start, end in _long_numbers(text):
                taken.add(start, end)
    return text.notes["fiscal"]


def _long_numbers(text: Text) -> Iterator[tuple[int, int]]:
    for match in nfe_key(text):
        yield match.start, match.end
    for size in (SIZE, *_BOLETO_SIZES):
        for window in text.windows(size):
            if is_boleto(window.digits):
                yield window.start, window.end


def is_boleto(digits: str) -> bool:
    """Whether this is a bank's payment line (47 digits, three fields with a check
    digit each), a utility's (48, four fields) or the bar code itself (44)."""
    if len(digits) == 44:
        return digits[0] == "8" or digits[4] == _bar_code_digit(digits)
    if len(digits) == 47:
        fields = digits[:10], digits[10:21], digits[21:32]
        return all(_modulo_10(field[:-1]) == field[-1] for field in fields)
    fields = [digits[place : place + 12] for place in range(0, 48, 12)]
    check = _modulo_10 if digits[2] in "67" else _modulo_11
    return digits[0] == "8" and all(check(f[:-1]) == f[-1] for f in fields)


def _bar_code_digit(digits: str) -> str:
    rest = _weighted(digits[:4] + digits[5:]) % 11
    return str(11 - rest) if rest > 1 else "1"


def _modulo_10(field: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(field)):
        doubled = int(digit) * (2 - place % 2)
        total += doubled // 10 + doubled % 10
    return str(-total % 10)


def _modulo_11(field: str) -> str:
    rest = _weighted(field) % 11
    return str(11 - rest) if rest > 1 else "0"


def _weighted(digits: str) -> int:
    weights = (2, 3, 4, 5, 6, 7, 8, 9) * 6
    counted = zip(reversed(digits), weights, strict=False)
    return sum(int(digit) * weight for digit, weight in counted)


def _stands(text: Text, window: Window) -> bool:
    if text.inside_word(window.start, window.end):
        return False
    return text.mostly_digits(window)


def _match(start: int, end: int, value: str, disguised: bool = False) -> Match:
    return Match(start, end, value, f"{value[:2]}•• •••• … ••••", disguised)
