"""What a customer says of himself in a message: his number, his address.

It proves nothing, for anybody can write anything; an agent decides.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from .mailbox import PATTERN, address
from .phone import e164
from .types import EMAIL, PHONE, Card

LONGEST = 2000  # characters of a message; who says it at all says it early
MOST = 5  # numbers and addresses of one message
NEAR = 24  # characters between "my e-mail" and the address

_EMAIL = rf"(?<![\w.+-])(?P<email>{PATTERN})(?![\w-])"
_PHONE = r"(?<![\w+])(?P<phone>\+?\(?\d[\d\s().-]{6,20}\d)(?!\w)"
_ANY = re.compile(f"{_EMAIL}|{_PHONE}")
# What it is called in Portuguese, English and Spanish, without accents.
_NOUN = (
    r"(?:e-?mail|mail|correo|telefone|telefono|tel|fone|celular|cel|numero|zap|"
    r"whats(?:app)?|contato|contacto|phone|mobile|cell|number)"
)
_MINE = re.compile(
    rf"\b(?:meu|minha|my|mi)\s+(?:\w+\s+){{0,2}}{_NOUN}\b[^.!?\n]{{0,{NEAR}}}$"
)
_LABEL = re.compile(rf"(?:{_NOUN}\W{{0,3}})?")


@dataclass(frozen=True, slots=True)
class Said:
    """``kind`` is PHONE (``value`` in E.164) or EMAIL (in lower case)."""

    kind: str
    value: str


def said_of_himself(text: str, region: str = "") -> tuple[Said, ...]:
    """“Meu e-mail é ana@example.com”, or nothing but the address: an answer.

    :param region: ISO country code for numbers without a country code
    """
    text = folded(text[:LONGEST])
    found = (_said(match, text, region) for match in _ANY.finditer(text))
    return tuple(dict.fromkeys(filter(None, found)))[:MOST]


def said_on_card(card: Card, name: str, region: str = "") -> tuple[Said, ...]:
    """What stands on a contact card, if it is the sender's own: of his full name."""
    own = key_of_name(name)
    if not own or key_of_name(card.name) != own:
        return ()
    phones = (Said(PHONE, e164(phone, region)) for phone in card.phones)
    emails = (Said(EMAIL, address(email)) for email in card.emails)
    return tuple(said for said in (*phones, *emails) if said.value)[:MOST]


def _said(match: re.Match[str], text: str, region: str) -> Said | None:
    before, after = text[: match.start()], text[match.end() :]
    alone = _LABEL.fullmatch(before.strip()) and not after.strip(" .!,;\n")
    if not alone and not _MINE.search(before[-3 * NEAR :]):
        return None
    if email := match["email"]:
        return Said(EMAIL, email)
    number = e164(match["phone"], region)
    return Said(PHONE, number) if number else None


def folded(text: str) -> str:
    """Lower case without accents; as long as ``text`` was or shorter."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def key_of_name(name: str) -> str:
    """A full name for comparing; "" for a single word, which says too little."""
    words = folded(name).split()
    return " ".join(words) if len(words) > 1 else ""


def union(found: Iterable[tuple[Said, ...]]) -> tuple[Said, ...]:
    """All of them, each once, in their order."""
    return tuple(dict.fromkeys(said for group in found for said in group))
