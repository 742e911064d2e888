"""Private services offered past the vendor."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import re2

from .confidential import DETECTORS
from .confidential.text import Text
from .hit import Hit, Reader
from .phrases import fold
from .types import Author, RuleError, SolicitationRule, Space
from .wording import _

MAX_PHRASES = 2_000
MAX_LENGTH = 200
MEMORY = 1 << 26  # bytes for a compiled list; 2,000 long phrases take half of it
CONTACTS = ("phone", "email", "pix")
NEAR = 300  # characters between an offer and the way to reach its author
_SIGNS = re.compile(r"[\W_]+")
# "não faço por fora", "ninguém cobra por fora": the opposite of an offer.
_DENIED = re.compile(
    r"\b(?:nao|nunca|jamais|ninguem|proibid[oa]|nem|sem|evite[mn]?|not|never|nobody"
    r"|no one|don t|doesn t|can t|won t|no|nadie)\b(?:[\W_]+\w+){0,2}[\W_]*$"
)
# "me chama no zap da empresa": the vendor's own way.
_OFFICIAL = re.compile(
    r"^(?:[\W_]+\w+){0,1}?[\W_]+(?:d[aeo]s?|del?|of|the|nosso|nossa|our|oficial|official)"
    r"[\W_]+(?:\w+[\W_]+)?(?:empresa|suporte|central|atendimento|comercial|vendas|oficial"
    r"|corporativ\w+|equipe|time|voces|loja|company|support|team|sales|soporte|equipo)\b"
    r"|^[\W_]+(?:oficial|official|corporativo|comercial|empresarial)\b"
)
_REACH = 60


@dataclass(frozen=True)
class Compiled:
    """Phrases that suffice, and offers that need an address beside them."""

    rule: SolicitationRule
    phrases: re2._Regexp | None
    offers: re2._Regexp | None


def compile(rule: SolicitationRule) -> Compiled:
    """Phrases are found whatever the accents, capitals and signs between; ``*``
    stands for up to three words.

    :raises RuleError: for none at all, too many, or one without a word
    """
    if not rule.phrases and not rule.offers:
        raise RuleError(
            _("Add at least one phrase by which private services are offered.")
        )
    return Compiled(rule, _one_pattern(rule.phrases), _one_pattern(rule.offers))


def _one_pattern(phrases: tuple[str, ...]) -> re2._Regexp | None:
    if len(phrases) > MAX_PHRASES:
        raise RuleError(
            _("%(count)s phrases are too many for one rule; keep at most %(most)s."),
            count=len(phrases),
            most=MAX_PHRASES,
        )
    if not phrases:
        return None
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MEMORY
    joined = "|".join(map(_pattern, phrases))
    try:
        return re2.compile(rf"\b(?:{joined})\b", options)
    except re2.error:
        # The one thing that can be wrong with letters and spaces: the size.
        raise RuleError(
            "These %(count)s phrases are too long together. Split them into several"
            " rules, or use fewer “*”.",
            count=len(phrases),
        ) from None


def _pattern(phrase: str) -> str:
    """Of ASCII letters and digits only, so that nothing in it has a meaning."""
    pieces = fold(phrase).encode("ascii", "replace").decode()
    found = re.findall(r"[a-z0-9]+|\*", pieces)
    if sum(len(word) for word in found if word != "*") < 4 or len(phrase) > MAX_LENGTH:
        raise RuleError(
            _(
                "“%(phrase)s” is no phrase that can be looked for. Write between 4 and"
                " %(most)s letters, one or several words."
            ),
            phrase=phrase[:60],
            most=MAX_LENGTH,
        )
    gap = r"[^a-z0-9\n]{1,4}"
    pattern = gap.join(word for word in found if word != "*")
    for place in _gaps(found):
        pattern = _widened(pattern, gap, place)
    return pattern


def _gaps(found: list[str]) -> list[int]:
    """Between which words up to three more may stand."""
    inner = [n for n, word in enumerate(found) if word == "*"]
    return [sum(w != "*" for w in found[:n]) for n in inner]


def _widened(pattern: str, gap: str, place: int) -> str:
    pieces = pattern.split(gap)
    wide = rf"{gap}(?:[a-z0-9?]{{1,30}}{gap}){{0,3}}"
    if not 0 < place < len(pieces):
        return pattern
    return gap.join(pieces[:place]) + wide + gap.join(pieces[place:])


def find(
    reader: Reader, compiled: Compiled, author: Author, space: Space
) -> Iterator[Hit]:
    """Phrases anywhere; offers beside a phone number, an address or a PIX key."""
    clean = reader.clean
    folded = fold(clean.text)
    # One byte a character, so that places are the same; others are no words here.
    data = folded.encode("ascii", "replace")
    for start, end in _search(compiled.phrases, data, folded):
        yield Hit(clean.spans(start, end), "solicitation", clean.text[start:end])
    offers = list(_search(compiled.offers, data, folded))
    if offers:
        contacts = sorted(_contacts(reader))
        for start, end in offers:
            if _beside(start, end, contacts):
                yield Hit(clean.spans(start, end), "offer", clean.text[start:end])


def _search(
    pattern: re2._Regexp | None, data: bytes, folded: str
) -> Iterator[tuple[int, int]]:
    if pattern is None:
        return
    for found in pattern.finditer(data):
        start, end = found.span()
        if _DENIED.search(folded[max(0, start - _REACH) : start]):
            continue
        if not _OFFICIAL.search(folded[end : end + _REACH]):
            yield start, end


def _contacts(reader: Reader) -> Iterator[tuple[int, int]]:
    text = Text.of(reader)
    for name in CONTACTS:
        for match in DETECTORS[name](text):
            yield match.start, match.end


def _beside(start: int, end: int, contacts: list[tuple[int, int]]) -> bool:
    """The first contact that ends late enough decides; they are in order, and those
    of three detectors overlap by little."""
    place = bisect_left(contacts, (start - NEAR, 0))
    near = contacts[max(0, place - 3) : place + 1]
    return any(first < end + NEAR and start - NEAR < last for first, last in near)
