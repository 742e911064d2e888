"""Telephone numbers, Brazilian ones first."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from .documents import is_cpf
from .fiscal import not_cards
from .match import Match
from .text import Text

REGION = "BR"
MIN_DIGITS = 8
_BEFORE = 2  # characters of a number before its first digit: "+", "("
_GAP = r"[^0-9A-Za-z:+\n]"  # a colon and a plus belong to times
# [+55] (11) 9 8765-4321, in any of the ways of setting it.
_BRAZILIAN = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.,/\-])"
    r"(?P<country>(?:\+|00)?55[\W_]{1,3}|\+?55)?"
    rf"(?P<area>\(?0?[1-9]{{2}}\)?)(?P<gap>{_GAP}{{0,3}})"
    rf"(?P<head>9{_GAP}{{0,2}}[0-9]{{4}}|[2-5][0-9]{{3}})"
    rf"(?P<cut>{_GAP}{{0,3}})(?P<tail>[0-9]{{4}})"
    r"(?![.,/\-]?[0-9]|[A-Za-z])"
)
_WITHOUT_AREA = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.,/\-])(?<![0-9)][ ])"
    r"(?P<head>9[ .]?[0-9]{4}|[2-5][0-9]{3})(?P<cut>[ .\-]?)(?P<tail>[0-9]{4})"
    r"(?![.,/\-]?[0-9]|[A-Za-z])"
)
_FOREIGN = re.compile(r"\+[1-9][0-9 ().\-]{6,18}[0-9](?![0-9])")
_NOT_DIGIT = re.compile(r"[^0-9]+")
_CUE = re.compile(
    r"\btel|fone|\bcel(?:ular)?\b|whats|\bwpp|\bzap|\blig(?:a|ue|ar)\b|contato|\bphone"
    r"|mobile|\bcall\b|ll[aá]m|telegram|\bsms\b|\bchama\b|\bfala\b"
)
# What else has ten or eleven digits in a help desk.
_OTHER = re.compile(
    r"pedido|\bnota\b|\bnfs?\b|nf-?[cs]?e|protocolo|ticket|chamado|c[óo]digo|boleto"
    r"|fatura|processo|\bo\.?s\.?\b|\bref|lote|s[ée]rie|\bid\b|#|order|invoice|remessa"
    r"|conta|ag[êe]ncia|matr[íi]cula|c[óo]d|\bvers|\bsku|\bean\b|rastre|contrato|t[íi]tulo"
)


def phone(text: Text) -> Iterator[Match]:
    """Numbers that can be dialled; freephone numbers are nobody's secret."""
    taken = not_cards(text)
    for found in _candidates(text):
        start, end, written, loose = found
        if not taken.holds(start, end):
            yield from _valid(start, end, written, loose)


def _candidates(text: Text) -> Iterator[tuple[int, int, str, bool]]:
    for found in _finditer(_BRAZILIAN, text):
        if _reads_as_phone(text, found):
            yield found.start(), found.end(), found[0], False
    if "+" in text.text:
        for found in _FOREIGN.finditer(text.text):
            yield found.start(), found.end(), found[0], False
    for found in _finditer(_WITHOUT_AREA, text):
        if _reads_as_local(text, found):
            # Any area will do to see whether the rest can be dialled.
            yield found.start(), found.end(), f"11{found[0]}", False
    for start, end, digits in text.spelled:
        if len(digits) >= MIN_DIGITS:
            area = "11" if len(digits) < 10 else ""
            yield start, end, area + digits, True
    for size in (10, 11, 12, 13):
        for window in text.windows(size):
            if window.uniform and text.mostly_digits(window):
                yield window.start, window.end, window.digits, window.loose


def _finditer(pattern: re.Pattern[str], text: Text) -> Iterator[re.Match[str]]:
    """Around digits that are enough for a number."""
    for chain in text.strict_chains:
        if chain.size >= MIN_DIGITS:
            start = max(0, chain.groups[0][0] - _BEFORE)
            yield from pattern.finditer(text.text, start, chain.groups[-1][1] + 2)


def _reads_as_phone(text: Text, found: re.Match[str]) -> bool:
    """Whether these digits were meant to be dialled, and not an order's number."""
    start = found.start()
    if "(" in found["area"] or (found["country"] or "").startswith("+"):
        return True
    if text.near(_CUE, start, 30):
        return True
    if found["gap"] and found["cut"]:
        return found["head"][0] == "9" or (
            found["cut"] == "-" and not text.near(_OTHER, start, 25)
        )
    if text.near(_OTHER, start, 25) or found["head"][0] != "9":
        return False
    return not is_cpf(_NOT_DIGIT.sub("", found[0])[-11:])


def _reads_as_local(text: Text, found: re.Match[str]) -> bool:
    if text.near(_OTHER, found.start(), 25):
        return False
    if found["head"][0] == "9" and found["cut"] == "-" and len(found["head"]) > 4:
        return True
    return text.near(_CUE, found.start(), 20)


def _valid(start: int, end: int, written: str, loose: bool) -> Iterator[Match]:
    digits = _NOT_DIGIT.sub("", written)
    if len(set(digits[-8:])) == 1:
        return
    for attempt in _dialled(written, digits):
        try:
            number = phonenumbers.parse(attempt, REGION)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            value = f"{number.country_code}{number.national_number}"
            yield Match(start, end, value, f"(••) •••••-••{value[-2:]}", loose)
            return


def _dialled(written: str, digits: str) -> Iterator[str]:
    yield f"+{digits}" if written.startswith("+") else digits
    if len(digits) >= 12 and digits.startswith("55"):
        yield f"+{digits}"
