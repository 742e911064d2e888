"""Regular expressions that administrators type, by RE2: its time grows with the text
and not with what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import re2

from .hit import Hit, Reader
from .types import Author, PatternRule, RuleError, Space
from .wording import _

MAX_LENGTH = 500  # characters of a pattern
MAX_PATTERNS = 500  # in one set of rules
MAX_STATES = 2_000  # of the program that RE2 makes of one
MAX_MEMORY = 8 << 20  # bytes for one
MAX_MATCHES = 100  # in one part of a content; who masks one masks enough

_LOOK_AROUND = re.compile(r"\(\?<?[=!]")
_BACK_REFERENCE = re.compile(r"(?<!\\)(?:\\\\)*\\[1-9]|\(\?P=")
# Texts that have nothing in common: what is found in all of them is in all texts.
_ORDINARY = (
    "Bom dia, a nota fiscal não foi emitida.",
    "Thank you very much",
    "42",
    "Где мой счёт?",
    "¿Cuándo llega?",
)
_EMPTY_PROBES = ("", "a", "a b", "1.", "-", "é")


@dataclass(frozen=True)
class Compiled:
    """A pattern that RE2 has taken."""

    rule: PatternRule
    pattern: re2._Regexp


def compile(rule: PatternRule) -> Compiled:
    """:raises RuleError: for a pattern that is empty, too long, not RE2's syntax, too
    dear, or found everywhere; the text says what to do"""
    typed = rule.pattern.strip()
    if not typed:
        raise RuleError(_("The pattern is empty. Write what is to be found."))
    if len(typed) > MAX_LENGTH:
        raise RuleError(
            _(
                "The pattern has %(count)s characters; at most %(most)s are allowed."
                " Split it into several rules."
            ),
            count=len(typed),
            most=MAX_LENGTH,
        )
    pattern = _compiled(typed)
    _refuse_dear(pattern)
    _refuse_everything(pattern)
    return Compiled(rule, pattern)


def check_count(count: int) -> None:
    """:raises RuleError: for more patterns in one set of rules than can be asked"""
    if count > MAX_PATTERNS:
        raise RuleError(
            _(
                "%(count)s patterns are switched on; at most %(most)s can be. Join "
                "some, or make lists of words of them."
            ),
            count=count,
            most=MAX_PATTERNS,
        )


def _compiled(typed: str) -> re2._Regexp:
    options = re2.Options()
    options.max_mem = MAX_MEMORY
    options.case_sensitive = False
    options.log_errors = False  # else RE2 writes to stderr by itself
    try:
        return re2.compile(typed, options)
    except (re2.error, UnicodeEncodeError) as error:
        raise _refusal(typed, error) from None


def _refusal(typed: str, error: Exception) -> RuleError:
    if _LOOK_AROUND.search(typed):
        return RuleError(
            _(
                "The pattern looks ahead or behind, as in (?=…) or (?<!…). That is not"
                " available here, because such a pattern can take hours on one text."
                " Write the whole that is to be found, or use “excuses” of a word rule."
            )
        )
    if _BACK_REFERENCE.search(typed):
        return RuleError(
            _(
                "The pattern refers back to a group, as in \\1. That is not available "
                "here, because such a pattern can take hours on one text. Write out "
                "what is to be repeated."
            )
        )
    reason = error.args[0] if error.args else ""
    if isinstance(error, UnicodeEncodeError) or not reason:
        reason = "it holds a character that does not exist"
    elif isinstance(reason, bytes):
        reason = reason.decode("utf-8", "replace")
    return RuleError(
        _(
            "The pattern cannot be read: %(reason)s. The syntax is RE2's; to find a "
            "sign such as . ( ) * + ? itself, write a backslash before it."
        ),
        reason=reason,
    )


def _refuse_dear(pattern: re2._Regexp) -> None:
    if pattern.programsize > MAX_STATES:
        raise RuleError(
            _(
                "The pattern repeats too much and would be slow on long texts. Use"
                " smaller numbers in curly brackets, or * and +."
            )
        )


def _refuse_everything(pattern: re2._Regexp) -> None:
    for probe in _EMPTY_PROBES:
        if any(found.start() == found.end() for found in pattern.finditer(probe)):
            raise RuleError(
                _(
                    "The pattern also matches where nothing stands, so it would be "
                    "found in every text. Use + instead of *, or leave out what is "
                    "optional."
                )
            )
    if all(pattern.search(text) for text in _ORDINARY):
        raise RuleError(
            _(
                "The pattern is found in every ordinary text. Write more of what is to "
                "be found."
            )
        )


def find(
    reader: Reader, compiled: Compiled, author: Author, space: Space
) -> Iterator[Hit]:
    """The first places, in the clean reading, whatever the capitals."""
    text = reader.clean.text
    data = text.encode("utf-8", "replace")
    is_same = len(data) == len(text)
    done, place = 0, 0  # so many bytes are so many characters
    for count, found in enumerate(compiled.pattern.finditer(data)):
        if count == MAX_MATCHES:
            return
        first, last = found.span()
        if first == last:
            continue
        if is_same:
            start, end = first, last
        else:
            start = place + len(data[done:first].decode("utf-8", "replace"))
            end = start + len(data[first:last].decode("utf-8", "replace"))
            done, place = last, end
        yield Hit(reader.clean.spans(start, end), "pattern", text[start:end])
