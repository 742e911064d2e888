"""Content and compiled rules -> findings."""

from __future__ import annotations

from collections.abc import Iterator

from . import words
from .compiled import Compiled
from .hit import Hit
from .readings import Readings, parts
from .types import Author, Content, Finding, Rule, Space


def scan(
    content: Content,
    rules: Compiled,
    author: Author | None = None,
    space: Space | None = None,
) -> list[Finding]:
    """Where which rule applies, ordered by part (title, body, files) and place.

    Pure and deterministic; never raises, whatever the text is.
    """
    author, space = author or Author(), space or Space()
    findings: list[Finding] = []
    for reader in parts(content):
        found = [
            _finding(rule, hit, reader)
            for rule, hit in _hits(reader, rules, author, space, content.language)
            if _speaks(rule, content.language)
        ]
        found.sort(key=lambda one: (one.start, one.end, one.rule))
        findings += found
    return findings


def _hits(
    reader: Readings, rules: Compiled, author: Author, space: Space, language: str
) -> Iterator[tuple[Rule, Hit]]:
    yield from words.find(reader, rules.words, language)
    for stage in rules.stages:
        for hit in stage.module.find(reader, stage.compiled, author, space):
            yield stage.rule, hit


def _speaks(rule: Rule, language: str) -> bool:
    """Whether a rule is for texts in this language (empty: unknown, so yes)."""
    return not language or not rule.languages or language in rule.languages


def _finding(rule: Rule, hit: Hit, reader: Readings) -> Finding:
    return Finding(
        rule=rule.key,
        category=rule.category,
        severity=hit.severity or rule.severity,
        part=reader.part,
        spans=hit.spans,
        read_as=hit.read_as,
        kind=hit.kind,
        disguised=hit.disguised,
        secret=hit.secret,
        facts=hit.facts,
    )
