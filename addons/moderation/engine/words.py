"""Reserved words, however they are disguised.

One automaton (Aho-Corasick) holds the skeletons of all words. A text passes it as it
is; the places where something is written letter by letter, cut by signs, or with
signs for letters pass it once more. Each candidate is then looked at closely.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .context import LETTERS
from .fold import BASIC, fold
from .hit import Hit, Reader
from .markup import read
from .matches import Match, matches
from .overridden import backwards
from .plain import Plain
from .types import Severity, WordRule
from .word_rules import Words

_acronym = re.compile(r"(?:[^\W\d_]\.\s?)+[^\W\d_]")


def find(
    reader: Reader, words: Words, language: str = ""
) -> Iterator[tuple[WordRule, Hit]]:
    """Each place where a word rule applies; ``language`` of the content, if known."""
    if words.automaton is None:
        return
    for clean in (reader.clean, *backwards(reader.plain)):
        folded = fold(clean.text)
        candidates = dict.fromkeys(matches(clean.text, folded, words))
        found = [
            match
            for match in candidates
            if _is_meant(match, clean.text, folded, language)
        ]
        for match in _outermost(found, words):
            yield words.rules[match.form.rule], _hit(match, clean, folded, reader)


def _is_meant(match: Match, text: str, folded: bytes, language: str) -> bool:
    form = match.form
    if language and form.word.languages and language not in form.word.languages:
        return False
    if not match.exact:
        return True
    if text[match.start : match.end] in form.context.names:
        return False
    return not form.context.excuses(form.tokens, folded, match.start, match.end)


def _outermost(found: list[Match], words: Words) -> list[Match]:
    """Of each rule the longest of what covers the same place, unless what is inside
    is worse."""
    found.sort(key=lambda one: (one.start, -one.end, -_severity(one, words)))
    kept: list[Match] = []
    open_by_rule: dict[int, Match] = {}
    for match in found:
        outer = open_by_rule.get(match.form.rule)
        if outer and match.end <= outer.end:
            if _severity(match, words) <= _severity(outer, words):
                continue
        else:
            open_by_rule[match.form.rule] = match
        kept.append(match)
    return kept


def _severity(match: Match, words: Words) -> Severity:
    return match.form.word.severity or words.rules[match.form.rule].severity


def _hit(match: Match, clean: Plain, folded: bytes, reader: Reader) -> Hit:
    written = clean.text[match.start : match.end]
    disguised = not _is_as_written(match, clean, folded, reader)
    facts = {}
    if written.isupper() and _acronym.fullmatch(written):
        facts["hint"] = "acronym"
    return Hit(
        spans=clean.spans(match.start, match.end),
        kind="word",
        read_as=match.form.text,
        disguised=disguised,
        facts=facts,
        severity=match.form.word.severity,
    )


def _is_as_written(match: Match, clean: Plain, folded: bytes, reader: Reader) -> bool:
    """Whether a list of words that looks at the original would find it as well: each
    word in one piece, with its own letters, whatever the accents."""
    if not match.exact:
        return False
    tokens = LETTERS.finditer(folded, match.start, match.end)
    for token, letters in zip(tokens, match.form.tokens, strict=True):
        spans = clean.spans(*token.span())
        if len(spans) != 1:
            return False
        original = reader.original[slice(*spans[0])]
        if "&#" in original or _typed(original) not in (letters, _bare(letters)):
            return False
    return True


def _typed(original: str) -> bytes:
    """With accents as characters of their own (as macOS sends them) and as &eacute;
    (as mail does) taken for what they are."""
    text = unicodedata.normalize("NFC", read(original).text).lower()
    return text.encode("latin-1", "replace")


def _bare(letters: bytes) -> bytes:
    """People leave accents out without a second thought."""
    return letters.translate(BASIC)
