"""Advertising and floods: links, the same text again, too many texts, mentions,
shouting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from . import octets
from .hit import Hit, Reader
from .links import ascii_host, belongs, links
from .phrases import Folded, words
from .types import Author, Earlier, RuleError, Space, SpamRule, Span
from .wording import _

MAX_EARLIER = 50  # texts that are compared
MIN_WORDS = 5  # "ok, obrigado" is written again and again
SAME = 0.7  # share of the word pairs that two texts have in common
MAX_COMPARED = 20_000  # characters of each that are compared

_MENTION = re.compile(r"(?<![\w@.])@[^\W_][\w.-]{1,60}")
_SHOUTED = re.compile(r"(?<![\w-])[A-ZÀ-ÖØ-Þ]{4,}(?![\w-])")
_MARKS = re.compile(r"[!?]{5,}")
MIN_SHOUTED = 4  # words in capitals of four letters and more; acronyms are shorter
MIN_LETTERS = 20  # in these words
_TRACE = re.compile(  # ERRO-500: what screens show
    r"(?<![A-Z])[A-Z]{1,30}(?:[-_ ]?[0-9]{1,12}){1,6}"
)


@dataclass(frozen=True)
class Compiled:
    """Limits and refused domains."""

    rule: SpamRule
    domains: frozenset[str]


def compile(rule: SpamRule) -> Compiled:
    """:raises RuleError: for a limit below 0, for a domain that is none, and for a
    rule that looks at nothing"""
    limits = (
        *(rule.max_links, rule.max_links_new, rule.near_duplicates),
        *(rule.pace, rule.max_mentions),
    )
    if min(limits) < 0 or (rule.pace and rule.pace_seconds <= 0):
        raise RuleError(
            _("A limit cannot be below 0; 0 means that it is not looked at.")
        )
    if not any((*limits, rule.shouting, rule.domains)):
        raise RuleError(_("Set at least one limit, or name a domain that is refused."))
    return Compiled(rule, frozenset(map(_domain, rule.domains)))


def _domain(typed: str) -> str:
    host = ascii_host(typed.strip().removeprefix("*.").removeprefix("www."))
    if not re.fullmatch(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", host):
        raise RuleError(
            _(
                "“%(typed)s” is not a domain. Write it like example.com, without "
                "https:// and without a path."
            ),
            typed=typed[:80],
        )
    return host


def find(
    reader: Reader, compiled: Compiled, author: Author, space: Space
) -> Iterator[Hit]:
    """What is too much, in each part by itself; what concerns the author's earlier
    texts is said once, of the body."""
    rule = compiled.rule
    if rule.max_links or rule.max_links_new or rule.domains:
        yield from _links(reader, compiled, author, space)
    if rule.max_mentions:
        yield from _mentions(reader, rule.max_mentions)
    if rule.shouting:
        yield from _shouting(reader)
    if reader.part == "body" and rule.near_duplicates:
        yield from _duplicates(reader, rule, author)
    if reader.is_first and rule.pace:
        yield from _pace(rule, author, space)


def _links(
    reader: Reader, compiled: Compiled, author: Author, space: Space
) -> Iterator[Hit]:
    own = frozenset(map(ascii_host, space.own_domains))
    found = [link for link in links(reader) if not belongs(link.host, own)]
    for link in found:
        if belongs(link.host, compiled.domains):
            yield Hit(link.spans, "domain", link.host)
    rule = compiled.rule
    limits = [rule.max_links] if rule.max_links else []
    if author.is_new and rule.max_links_new:
        limits.append(rule.max_links_new)
    if limits and len(found) > min(limits):
        spans = tuple(span for link in found for span in link.spans)
        yield _too_many("links", spans, len(found), min(limits))


def _mentions(reader: Reader, most: int) -> Iterator[Hit]:
    text = reader.clean.text
    if text.count("@") <= most:
        return
    found = [place.span() for place in _MENTION.finditer(text)]
    if len(found) > most:
        spans = tuple(span for place in found for span in reader.clean.spans(*place))
        yield _too_many("mentions", spans, len(found), most)


def _too_many(kind: str, spans: tuple[Span, ...], count: int, most: int) -> Hit:
    facts = {"count": str(count), "most": str(most)}
    return Hit(tuple(sorted(spans)), kind, facts=facts)


def _shouting(reader: Reader) -> Iterator[Hit]:
    text = reader.clean.text
    marks = any(pair in text for pair in ("!!", "??", "!?", "?!"))
    if marks and (place := _MARKS.search(text)):
        yield Hit(reader.clean.spans(*place.span()), "shouting")
    if octets.count(text, octets.UPPER) < MIN_LETTERS:
        return
    shouted = list(_SHOUTED.finditer(_TRACE.sub(_blank, text)))
    letters = sum(len(word[0]) for word in shouted)
    small = octets.count(text, octets.LOWER)
    if len(shouted) >= MIN_SHOUTED and letters > max(2 * small, MIN_LETTERS):
        start, end = shouted[0].start(), shouted[-1].end()
        yield Hit(reader.clean.spans(start, end), "shouting")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _duplicates(reader: Reader, rule: SpamRule, author: Author) -> Iterator[Hit]:
    if not author.earlier:
        return
    mine = _pairs(Folded.of(reader).words)
    if len(mine) < MIN_WORDS - 1:
        return
    earlier = author.earlier[-MAX_EARLIER:]
    same = sum(_alike(mine, _pairs(words(one.text[:MAX_COMPARED]))) for one in earlier)
    if same >= rule.near_duplicates:
        facts = {"count": str(same)}
        yield Hit((), "duplicate", facts=facts)


def _pairs(folded: str) -> frozenset[tuple[str, str]]:
    """Neighbouring words; the order counts, a changed name does not matter much."""
    found = folded[:MAX_COMPARED].split()
    return frozenset(zip(found, found[1:], strict=False))


def _alike(mine: frozenset, other: frozenset) -> bool:
    return len(mine & other) >= SAME * len(mine | other)


def _pace(rule: SpamRule, author: Author, space: Space) -> Iterator[Hit]:
    if space.now is None:
        return
    since = space.now - timedelta(seconds=rule.pace_seconds)
    recent = sum(_is_recent(one, since) for one in author.earlier)
    if recent >= rule.pace:
        facts = {
            "count": str(recent + 1),
            "most": str(rule.pace),
            "seconds": str(rule.pace_seconds),
        }
        yield Hit((), "pace", facts=facts)


def _is_recent(one: Earlier, since) -> bool:
    return one.at > since
