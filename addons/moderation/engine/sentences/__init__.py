"""What a finding says to a person: what was found, why it matters, what to do.

The found text of a secret is never repeated: its ``read_as`` is masked already.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..types import Finding
from . import en, es, pt

# Each kind of finding has the same two sentences in every language.
LANGUAGES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "pt": pt.SENTENCES,
    "en": en.SENTENCES,
    "es": es.SENTENCES,
}
LONGEST = 80  # characters of the author's text in a sentence


def explain(finding: Finding, language: str) -> str:
    """What was found and why it matters, to its author.

    ``language`` is ``pt_BR``, ``pt``, ``en_US``, ``es`` …; English for others.
    """
    return _sentences(finding, language)[0].format_map(_facts(finding))


def advise(finding: Finding, language: str) -> str:
    """What the author can do about it."""
    return _sentences(finding, language)[1].format_map(_facts(finding))


def _sentences(finding: Finding, language: str) -> tuple[str, str]:
    known = LANGUAGES.get(language[:2].lower(), en.SENTENCES)
    return known.get(_variant(finding)) or known.get(finding.kind) or known["other"]


def _variant(finding: Finding) -> str:
    """Some kinds are said in another way under circumstances."""
    if finding.kind == "word" and finding.disguised:
        return "word_disguised"
    if finding.kind == "term" and finding.facts.get("tell_author") == "no":
        return "term_of_others"
    return finding.kind


class _Places(dict):
    """A fact that a stage did not give is left out rather than an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def _facts(finding: Finding) -> _Places:
    read_as = " ".join(finding.read_as.split())
    if len(read_as) > LONGEST:
        read_as = f"{read_as[: LONGEST - 1]}…"
    return _Places(finding.facts, read_as=read_as)
