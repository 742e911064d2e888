"""Starter packs: words, phrases, detectors and limits as data.

Each ``<name>.json`` beside this file is one pack; an administrator switches it, or
single entries of it, on and off. An entry's key stays the same for ever, so that an
update finds what was switched off.

A ``{a|b|}`` in an entry stands for each of its alternatives (the last one here is
nothing), ``{m}`` for the members of the set ``m`` of the pack's language in
``_sets.json``. ``merd{a|inha}`` is "merda" and "merdinha"; ``{m} burro`` is
"seu burro", "você é burro", and so on: a word that is an animal in one sentence and
an insult in the next counts only where it is said of a person.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ..types import (
    AnyRule,
    ConfidentialRule,
    Severity,
    SolicitationRule,
    SpamRule,
    TrickRule,
    Word,
    WordRule,
)
from .braces import expand

HERE = Path(__file__).parent
KINDS = ("word", "solicitation", "confidential", "spam", "trick")
ACTIONS = ("allow", "coach", "mask", "hold", "block", "notify", "outreach")
CATEGORIES = (
    "slur",
    "threat",
    "vulgar",
    "insult",
    "sexual",
    "reserved",
    "criticism",
    "solicitation",
    "secret",
    "personal",
    "spam",
    "trick",
)


@dataclass(frozen=True)
class Pack:
    """One starter pack.

    ``title`` and ``description`` are by language ("en", "pt_BR"), ``words``,
    ``phrases`` and ``offers`` by the entry's key; ``detectors`` and ``tricks`` are
    keys themselves; ``limits`` are fields of :class:`SpamRule`. ``action`` is what
    the gate does about it until an administrator decides otherwise.
    """

    name: str
    kind: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    category: str
    severity: Severity
    action: str
    on_by_default: bool
    language: str = ""  # ISO 639-1; empty: any
    words: Mapping[str, Word] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()  # words and names that are fine
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    detectors: tuple[str, ...] = ()
    tricks: tuple[str, ...] = ()
    limits: Mapping[str, Any] = field(default_factory=dict)

    def keys(self) -> tuple[str, ...]:
        """The keys of the entries that can be switched on and off one by one."""
        named = (*self.words, *self.phrases, *self.offers)
        return (*named, *self.detectors, *self.tricks)

    def rule(self, without: Collection[str] = ()) -> AnyRule:
        """The pack as a rule of the engine, less the entries ``without``."""
        base = (self.name, self.category, self.severity, self._languages())
        if self.kind == "word":
            words = tuple(w for key, w in self.words.items() if key not in without)
            return WordRule(*base, words=words, allowed=self.allowed)
        if self.kind == "solicitation":
            phrases, offers = _but(self.phrases, without), _but(self.offers, without)
            return SolicitationRule(*base, phrases=phrases, offers=offers)
        if self.kind == "confidential":
            detectors = tuple(key for key in self.detectors if key not in without)
            return ConfidentialRule(*base, detectors=detectors)
        if self.kind == "trick":
            tricks = tuple(key for key in self.tricks if key not in without)
            return TrickRule(*base, tricks=tricks)
        return SpamRule(*base, **self.limits)

    def _languages(self) -> tuple[str, ...]:
        return (self.language,) if self.language else ()


def names() -> tuple[str, ...]:
    """The names of all packs, in alphabetical order."""
    return tuple(sorted(f.stem for f in HERE.glob("[a-z]*.json")))


@cache
def load(name: str) -> Pack:
    """The pack ``name``. :raises KeyError: there is none of that name."""
    if name not in names():
        raise KeyError(f"There is no pack {name!r}; there are: {', '.join(names())}.")
    data = _read(HERE / f"{name}.json")
    sets = _read(HERE / "_sets.json").get(data.get("language", ""), {})
    data["severity"] = Severity[data["severity"].upper()]
    data["words"] = {k: _word(e, sets) for k, e in data.get("words", {}).items()}
    for part in ("phrases", "offers"):
        entries = data.get(part, {}).items()
        data[part] = {key: expand(texts, sets) for key, texts in entries}
    for part in ("detectors", "tricks"):
        data[part] = tuple(data.get(part, ()))
    data["allowed"] = expand(data.get("allowed", ()), sets)
    return Pack(name=name, **data)


def _word(entry: dict[str, Any], sets: Mapping[str, Collection[str]]) -> Word:
    given = dict(entry)
    for part in ("forms", "suffixes", "excuses", "allowed"):
        given[part] = expand(given.get(part, ()), sets)
    if "severity" in given:
        given["severity"] = Severity[given["severity"].upper()]
    text, *forms = given.pop("forms")
    return Word(text=text, forms=tuple(forms), **given)


def _but(
    entries: Mapping[str, tuple[str, ...]], without: Collection[str]
) -> tuple[str, ...]:
    kept = [texts for key, texts in entries.items() if key not in without]
    return tuple(text for texts in kept for text in texts)


def _read(file: Path) -> dict[str, Any]:
    text = file.read_text(encoding="utf-8")
    return json.loads(text, object_pairs_hook=_once_each)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A second entry under the same key would silently replace the first."""
    read = dict(pairs)
    if len(read) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise ValueError(f"More than one entry is called {', '.join(twice)}.")
    return read
