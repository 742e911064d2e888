"""Brazilian documents of persons and companies: CPF, CNPJ, RG, CNH."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.br import cnpj as stdnum_cnpj
from stdnum.br import cpf as stdnum_cpf

from ..regions import finditer
from .chains import Window
from .match import Match, masked
from .text import Text

_CPF = re.compile(r"\bcpf|contribuinte|\bc\.p\.f")
_CNPJ = re.compile(r"\bcnpj|\bcgc\b")
# Twelve letters or digits and two check digits, as the Receita Federal hands them
# out since July 2026, with or without separators; or each one by itself.
_LETTERED = re.compile(
    r"(?<![0-9A-Za-z])"
    r"[0-9A-Za-z]{2}[\W_]{0,3}[0-9A-Za-z]{3}[\W_]{0,3}[0-9A-Za-z]{3}"
    r"[\W_]{0,3}[0-9A-Za-z]{4}[\W_]{0,3}[0-9]{2}(?![0-9A-Za-z])"
)
_LETTERED_DRAWN_OUT = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Za-z][\W_]{1,3}){13}[0-9](?![0-9A-Za-z])"
)
_BESIDE = 100  # characters around its name or its digits in which it stands
_NOT_ALNUM = re.compile(r"[\W_]+")
_RG = re.compile(
    r"(?<!\w)(?:rg|r\.g\.|registro geral|identidade)"
    r"(?: n(?:[ºo°]|úmero|umero)?\.?)?(?: é| eh)?[\W_]{0,4}"
    r"(?:(?:[a-z]{2}|ssp)[\W_]{1,3}){0,2}"
    r"([0-9]{1,2}[. ]?[0-9]{3}[. ]?[0-9]{3}(?:[-. ]?[0-9x])?)(?![0-9a-z])"
)
_CNH = re.compile(r"\bcnh|habilita|carteira de motorista|\bregistro\b")


def cpf(text: Text) -> Iterator[Match]:
    """Natural persons: 11 digits, the last two check the others."""
    for window in text.windows(11):
        if _stands(text, window, _CPF, 3, 6, 9) and is_cpf(window.digits):
            shown = masked("•••.•••.###-••", window.digits)
            yield from _match(text, window, shown)
    for start, end, digits in text.spelled:
        if len(digits) == 11 and is_cpf(digits):
            yield Match(start, end, digits, masked("•••.•••.###-••", digits), True)


def is_cpf(digits: str) -> bool:
    """A valid one that was really handed out: not the same digit throughout."""
    return len(set(digits)) > 1 and stdnum_cpf.is_valid(digits)


def cnpj(text: Text) -> Iterator[Match]:
    """Companies: 14 digits, or twelve letters and digits and two check digits."""
    for window in text.windows(14):
        if _stands(text, window, _CNPJ, 2, 5, 8, 12) and _is_cnpj(window.digits):
            yield from _match(text, window, _shown_cnpj(window.digits))
    yield from _lettered_cnpj(text)


def _lettered_cnpj(text: Text) -> Iterator[Match]:
    for found in _lettered(text):
        value = _NOT_ALNUM.sub("", found[0]).upper()
        if value.isdigit() or not _is_cnpj(value):
            continue
        sure = "/" in found[0] or _looks_handed_out(found[0])
        if sure or text.near(_CNPJ, found.start()):
            yield Match(found.start(), found.end(), value, _shown_cnpj(value))


def _lettered(text: Text) -> Iterator[re.Match[str]]:
    """In one piece, beside the name, or drawn out; some of them twice."""
    for start, word in text.long_words:
        yield from _LETTERED.finditer(text.text, start, start + len(word))
    for form in (_LETTERED, _LETTERED_DRAWN_OUT):
        yield from finditer(form, text.text, text.lower, ("cnpj",), (0, _BESIDE))
    for chain in text.strict_chains:
        if chain.is_drawn_out:
            start = max(0, chain.groups[0][0] - _BESIDE)
            end = chain.groups[-1][1] + _BESIDE
            yield from _LETTERED_DRAWN_OUT.finditer(text.text, start, end)


def _looks_handed_out(written: str) -> bool:
    """Not a word in capitals with a number behind it."""
    return written.upper() == written and sum(map(str.isdigit, written)) >= 5


def _is_cnpj(value: str) -> bool:
    return len(set(value)) > 1 and stdnum_cnpj.is_valid(value)


def _shown_cnpj(value: str) -> str:
    return masked("••.•••.•••/####-••", value)


def rg(text: Text) -> Iterator[Match]:
    """Identity cards: each state has rules of its own, so its name must stand
    before it."""
    for found in _RG.finditer(text.lower):
        value = _NOT_ALNUM.sub("", found[1])
        yield Match(found.start(1), found.end(1), value, f"•••••••{value[-2:]}")


def cnh(text: Text) -> Iterator[Match]:
    """Driving licences: 11 digits like a CPF's, so the name must stand before."""
    for window in text.windows(11):
        if text.near(_CNH, window.start) and is_cnh(window.digits):
            yield from _match(text, window, f"•••••••••{window.digits[-2:]}")


def is_cnh(digits: str) -> bool:
    """Whether both check digits are right (Contran's Resolução 886/2021)."""
    if len(digits) != 11 or not digits.isdigit() or len(set(digits)) == 1:
        return False
    numbers = [int(digit) for digit in digits]
    first = sum(n * w for n, w in zip(numbers, range(9, 0, -1), strict=False)) % 11
    second = sum(n * w for n, w in zip(numbers, range(1, 10), strict=False)) % 11
    if first == 10:
        first, second = 0, second - 2
        second += 11 if second < 0 else 0
    return numbers[9:] == [first, 0 if second > 9 else second]


def _stands(text: Text, window: Window, cues: re.Pattern[str], *cuts: int) -> bool:
    """Whether the groups are cut as people cut this number; beside its name, or
    with a letter before it, any way of cutting will do."""
    usual = window.cut_at(*cuts) or window.uniform
    if usual and not text.inside_word(window.start, window.end):
        return True
    return text.near(cues, window.start)


def _match(text: Text, window: Window, shown: str) -> Iterator[Match]:
    if text.mostly_digits(window):
        yield Match(window.start, window.end, window.digits, shown, window.loose)
