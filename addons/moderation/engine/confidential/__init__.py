"""Personal data and secrets, recognised by their form and their check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..hit import Hit, Reader
from ..types import Author, ConfidentialRule, RuleError, Space
from . import card, connection, documents, fiscal, mail, password, phone, pix
from . import private_key, tokens
from .match import Detector, Match
from .text import Taken, Text
from ..wording import _

# In the order in which they are asked: what one has found is not found once more as
# something else. A PIX key is a CPF, a phone number or an address as well.
DETECTORS: dict[str, Detector] = {
    "private_key": Detector(private_key.private_key, private_key.HINTS),
    "connection_string": Detector(connection.connection_string, connection.HINTS),
    "token": Detector(tokens.token),
    "nfe_key": Detector(fiscal.nfe_key, digits=26),
    "card": Detector(card.card, digits=13),
    "pix": Detector(pix.pix, pix.HINTS),
    "cnpj": Detector(documents.cnpj, digits=2),
    "cnh": Detector(documents.cnh, ("cnh", "habilita", "motorista", "registro"), 11),
    "cpf": Detector(documents.cpf, digits=11),
    "rg": Detector(documents.rg, ("rg", "r.g", "identidade", "registro"), 7),
    "email": Detector(mail.email, mail.HINTS),
    "phone": Detector(phone.phone, digits=phone.MIN_DIGITS),
    "password": Detector(password.password, password.ALL_HINTS),
}

_NOT_ALNUM = re.compile(r"[\W_]+")
MAX_ALLOWED = 10_000


@dataclass(frozen=True)
class Compiled:
    """A rule's detectors and what it lets pass."""

    rule: ConfidentialRule
    names: tuple[str, ...]
    allowed: frozenset[str]

    def lets_pass(self, name: str, value: str) -> bool:
        """Whether ``value`` is public: itself, an address of a domain, or a phone
        number with or without its country."""
        if not self.allowed:
            return False
        plain = _plain(value)
        if plain in self.allowed:
            return True
        if "@" in value:
            labels = value.lower().rpartition("@")[2].split(".")
            return any(".".join(labels[n:]) in self.allowed for n in range(len(labels)))
        return plain.startswith("55") and plain[2:] in self.allowed


def compile(rule: ConfidentialRule) -> Compiled:
    """:raises RuleError: for a detector that does not exist, or for none at all"""
    if not rule.detectors:
        raise RuleError(_("Choose at least one kind of confidential data."))
    for name in rule.detectors:
        if name not in DETECTORS:
            raise RuleError(
                _(
                    "There is no kind of confidential data called “%(name)s”. Choose"
                    " among: %(known)s."
                ),
                name=name,
                known=", ".join(DETECTORS),
            )
    if len(rule.allowed) > MAX_ALLOWED:
        raise RuleError(
            _("%(count)s public values are too many; keep at most %(most)s."),
            count=len(rule.allowed),
            most=MAX_ALLOWED,
        )
    allowed = {value for given in rule.allowed for value in _allowed_forms(given)}
    names = tuple(name for name in DETECTORS if name in rule.detectors)
    return Compiled(rule, names, frozenset(allowed - {""}))


def find(
    reader: Reader, compiled: Compiled, author: Author, space: Space
) -> Iterator[Hit]:
    """All places, none found twice; ``read_as`` holds the masked form."""
    text = Text.of(reader)
    taken = Taken(len(text.text))
    for name in compiled.names:
        for match in DETECTORS[name](text):
            if taken.holds(match.start, match.end):
                continue
            taken.add(match.start, match.end)
            if not compiled.lets_pass(name, match.value):
                yield _hit(reader, text, name, match)


def _hit(reader: Reader, text: Text, name: str, match: Match) -> Hit:
    spans = reader.clean.spans(match.start, match.end)
    written = "".join(reader.original[start:end] for start, end in spans)
    disguised = match.disguised or written != text.text[match.start : match.end]
    return Hit(spans, name, match.shown, disguised=disguised, secret=True)


def _allowed_forms(given: str) -> Iterator[str]:
    """A value as it is compared, and a domain as it is compared."""
    text = given.strip().lower()
    yield _plain(text)
    local, _, domain = text.rpartition("@")
    if "." in domain and not local:
        yield domain


def _plain(value: str) -> str:
    return _NOT_ALNUM.sub("", value).lower()
