"""A company's confidential terms: names of customers, projects and price lists.

Who is stopped: whoever writes a company's term where people of another company read
it, whether he is employed there (it leaks) or not (it spreads). Among colleagues
alone their own terms are free, and where it is unknown who reads, nobody is assumed
to be a colleague. A term without a company is the vendor's own and is guarded
everywhere.

An author of another company must not learn from the answer that he has guessed a
competitor's secret: ``facts["tell_author"]`` is then "no", and the gate holds his
text without showing him where.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .hit import Hit, Reader
from .phrases import Folded, Phrases, words
from .types import Author, RuleError, Space, TermRule
from .wording import _

MAX_TERMS = 20_000
MAX_LENGTH = 200
MAX_HITS = 1_000  # in one part of a content
MIN_LENGTH = 3


@dataclass(frozen=True)
class Compiled:
    """A company's terms, ready to be looked for."""

    rule: TermRule
    phrases: Phrases


def compile(rule: TermRule) -> Compiled:
    """:raises RuleError: for no term, too many, or one that is too short or long"""
    if not rule.terms:
        raise RuleError(_("Add at least one term that is to be kept inside."))
    if len(rule.terms) > MAX_TERMS:
        raise RuleError(
            _("%(count)s terms are too many for one rule; keep at most %(most)s."),
            count=len(rule.terms),
            most=MAX_TERMS,
        )
    for term in rule.terms:
        _check(term)
    return Compiled(rule, Phrases(rule.terms))


def _check(term: str) -> None:
    if len(words(term).replace(" ", "")) < MIN_LENGTH:
        raise RuleError(
            _(
                "“%(term)s” is too short to be a confidential term: it would be found "
                "in nearly every text. Write at least %(least)s letters or digits."
            ),
            term=term,
            least=MIN_LENGTH,
        )
    if len(term) > MAX_LENGTH:
        raise RuleError(
            _("The term “%(term)s…” is too long; keep it below %(most)s characters."),
            term=term[:40],
            most=MAX_LENGTH,
        )


def find(
    reader: Reader, compiled: Compiled, author: Author, space: Space
) -> Iterator[Hit]:
    """The terms in the text, where somebody reads who must not know them."""
    if not is_guarded(compiled.rule.company, space):
        return
    own = author.company == compiled.rule.company
    facts = {} if own or not compiled.rule.company else {"tell_author": "no"}
    found = islice(compiled.phrases.find(Folded.of(reader)), MAX_HITS)
    for start, end, term, drawn_out in found:
        yield Hit(
            reader.clean.spans(start, end),
            "term",
            masked(term),
            disguised=drawn_out,
            secret=True,
            facts=facts,
        )


def is_guarded(company: str, space: Space) -> bool:
    """Whether anybody outside ``company`` reads here."""
    return not company or set(space.companies) != {company}


def masked(term: str) -> str:
    """The first letter of each word: enough for who knows it."""
    return " ".join(f"{word[0]}•••" for word in term.split())
