"""PIX keys: where money can be sent to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .documents import cnpj, cpf
from .mail import email
from .match import HIDDEN, Match
from .phone import phone
from .text import Text

HINTS = ("pix", "-4")
_REACH = 50
# The central bank's random keys are version 4 UUIDs.
_RANDOM = re.compile(
    r"(?<![0-9a-f])[0-9a-f]{8}[-\s.]{1,2}[0-9a-f]{4}[-\s.]{1,2}4[0-9a-f]{3}"
    r"[-\s.]{1,2}[89ab][0-9a-f]{3}[-\s.]{1,2}[0-9a-f]{12}(?![0-9a-f])"
)
_PIX = re.compile(r"\bpix\b")
# UUIDs that programs hand out, and web addresses that hold one.
_PROGRAM = re.compile(
    r"(?:\bid\b|uuid|guid|trace|request|correlation|session|log\b|transa|error|erro\b"
    r"|evento?|token).{0,20}$|[/=_&?][\"']?$"
)
# "Copia e cola": the text inside a QR code, which ends with a check sum.
_COPY = re.compile(r"000201[\x20-\x7e\w]{10,500}?6304[0-9a-f]{4}(?![0-9a-f])")


def pix(text: Text) -> Iterator[Match]:
    """Random keys, the text of a QR code, and what stands beside the word PIX."""
    beside = bool(_PIX.search(text.lower))
    for found in _RANDOM.finditer(text.lower):
        if beside or not text.before(_PROGRAM, found.start(), 25):
            yield _match(found)
    if "br.gov.bcb.pix" in text.lower:
        yield from map(_match, _COPY.finditer(text.lower))
    if beside:
        yield from _beside(text)


def _beside(text: Text) -> Iterator[Match]:
    for detector in (cnpj, cpf, email, phone):
        for match in detector(text):
            if text.near(_PIX, match.start, _REACH) or _after(text, match.end):
                yield match


def _after(text: Text, end: int) -> bool:
    """``529… (pix)``, ``529… é meu pix``."""
    return bool(_PIX.search(text.lower[end : end + 15]))


def _match(found: re.Match[str]) -> Match:
    return Match(found.start(), found.end(), found[0], HIDDEN * 8 + found[0][-4:])
