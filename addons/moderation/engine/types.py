"""What goes into a scan, and what comes out of it.

A scan is a pure function: one :class:`Content`, who wrote it and where, and the
compiled rules, give a list of :class:`Finding`. Nothing here knows of Odoo.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

Span = tuple[int, int]  # start, end: indexes into the original text, end excluded


class Severity(IntEnum):
    """How bad a finding is, from a note to an emergency."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    SEVERE = 4


@dataclass(frozen=True)
class Content:
    """One piece of content, as its author sent it."""

    title: str = ""
    body: str = ""
    is_html: bool = True  # of the body; a title is always plain text
    file_names: tuple[str, ...] = ()
    language: str = ""  # ISO 639-1 where it is known, or empty


@dataclass(frozen=True)
class Earlier:
    """Something that the same author wrote a while ago."""

    text: str  # plain
    at: datetime  # UTC, naive


@dataclass(frozen=True)
class Author:
    """What is known of who wrote it."""

    key: str = ""
    company: str = ""  # the key of his employer, as in TermRule.company
    is_staff: bool = False
    is_new: bool = False
    earlier: Sequence[Earlier] = ()  # newest last


@dataclass(frozen=True)
class Space:
    """What is known of where it was written."""

    key: str = ""
    own_domains: tuple[str, ...] = ()  # links there are not counted as links
    companies: tuple[str, ...] = ()  # whose people read here; empty: unknown
    now: datetime | None = None  # UTC, naive; None: nothing about pace is looked at


@dataclass(frozen=True)
class Word:
    """A word or a phrase that a rule is about.

    ``text`` is matched as a whole word in every reading of the text. ``forms`` are
    further whole words with the same meaning (inflections); ``suffixes`` may follow
    the word without a gap ("s", "zinho"). A match is no finding where one of the
    ``excuses`` (phrases that hold the match, or stand beside it) is read there, or
    where it is part of one of the ``allowed`` words or names. A name that differs from
    the word by its capitals alone ("Pinto") is allowed as it is written. Nothing
    excuses what is written in disguise.
    """

    text: str
    forms: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    excuses: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()  # empty: all
    severity: Severity | None = None  # None: the rule's
    exact_accents: bool = False  # "cocô" is not "coco"
    reversed: bool = False  # also look for it reversed or upside down


@dataclass(frozen=True)
class Rule:
    """What all kinds of rules have. ``key`` comes back in the findings."""

    key: str
    category: str
    severity: Severity = Severity.MEDIUM
    languages: tuple[str, ...] = ()  # of the content; empty: all


@dataclass(frozen=True)
class WordRule(Rule):
    """Words that nobody shall write, however disguised."""

    words: tuple[Word, ...] = ()
    allowed: tuple[str, ...] = ()  # words, phrases and names that are fine


@dataclass(frozen=True)
class PatternRule(Rule):
    """A regular expression that an administrator typed (RE2's syntax)."""

    pattern: str = ""


@dataclass(frozen=True)
class ConfidentialRule(Rule):
    """Personal data and secrets that are recognised by their form."""

    detectors: tuple[str, ...] = ()  # names in engine.confidential.DETECTORS
    allowed: tuple[str, ...] = ()  # values that are public, such as one's own CNPJ


@dataclass(frozen=True)
class TermRule(Rule):
    """Names that a company wants kept inside: customers, projects, price lists."""

    company: str = ""
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class SolicitationRule(Rule):
    """Private services offered past the vendor."""

    phrases: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()  # offers only beside a phone, e-mail or PIX key


@dataclass(frozen=True)
class SpamRule(Rule):
    """Too many links, the same again, or too much in too short a time.

    A limit of 0 is not looked at.
    """

    max_links: int = 0
    max_links_new: int = 0  # for authors who are new
    near_duplicates: int = 0  # how many of the earlier texts may be nearly the same
    pace: int = 0  # texts within ``pace_seconds``
    pace_seconds: int = 60
    max_mentions: int = 0
    shouting: bool = False  # capital letters throughout, !!!!!!
    domains: tuple[str, ...] = ()  # refused addresses


@dataclass(frozen=True)
class TrickRule(Rule):
    """Ways of hiding text: direction overrides, invisible and stacked marks."""

    tricks: tuple[str, ...] = ()  # names in engine.tricks.TRICKS


@dataclass(frozen=True)
class EverythingRule(Rule):
    """Each text, so that a person sees all of them first."""


AnyRule = (
    WordRule
    | PatternRule
    | ConfidentialRule
    | TermRule
    | SolicitationRule
    | SpamRule
    | TrickRule
    | EverythingRule
)


@dataclass(frozen=True)
class Finding:
    """One place where a rule applies."""

    rule: str  # Rule.key
    category: str
    severity: Severity
    part: str  # "title", "body" or "file:0"
    spans: tuple[Span, ...]  # in the original part; several where markup cuts in
    read_as: str  # the form that was read: "pau" for "p.<b>a</b>.u"
    kind: str  # which sentence explains it: "word", "cpf", "pace", …
    disguised: bool = False  # written so that a list of words would miss it
    secret: bool = False  # the found text itself must not be repeated anywhere
    facts: Mapping[str, str] = field(default_factory=dict)  # for the sentence

    @property
    def start(self) -> int:
        return self.spans[0][0] if self.spans else 0

    @property
    def end(self) -> int:
        return self.spans[-1][1] if self.spans else 0


class RuleError(ValueError):
    """A rule that cannot be used; the text is for the person who typed it.

    ``msgid`` is English with ``%(name)s`` places, ``values`` fill them.
    """

    def __init__(self, msgid: str, **values: object):
        self.msgid, self.values = msgid, values
        super().__init__(msgid % values)
