"""The middle form: a text as runs of characters with the same marks.

Marks are b, i, u, s, code, pre, quote. Every rendering and every cut is done
on runs, so formatting is always well nested and never broken across parts.
"""

import html
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from .clean import utf16


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


Styled = list[Run]

# outermost first; the tag of each mark in HTML (Telegram knows the same)
TAGS = {"quote": "blockquote", "pre": "pre", "b": "b", "i": "i", "u": "u", "s": "s"}
TAGS["code"] = "code"
LITERAL = {"pre", "code"}
BLOCKS = ("blockquote", "pre")

ZERO_WIDTH_JOINER = "\u200d"
VARIATION_SELECTORS = ("\ufe0e", "\ufe0f")
SKIN_TONES = {chr(c) for c in range(0x1F3FB, 0x1F400)}
FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))


def plain(runs: Styled) -> str:
    return "".join(run.text for run in runs)


def merged(runs: Styled) -> Styled:
    """Without empty runs; neighbours with equal marks are one."""
    result: Styled = []
    for run in runs:
        last = result[-1] if result else None
        if last and (last.marks, last.href) == (run.marks, run.href):
            result[-1] = replace(last, text=last.text + run.text)
        elif run.text:
            result.append(run)
    return result


def part(runs: Styled, start: int, end: int) -> Styled:
    """The characters from ``start`` to ``end`` with their marks."""
    result, at = [], 0
    for run in runs:
        if text := run.text[max(0, start - at) : max(0, end - at)]:
            result.append(replace(run, text=text))
        at += len(run.text)
    return result


def trimmed(runs: Styled) -> Styled:
    text = plain(runs)
    start = len(text) - len(text.lstrip())
    return part(runs, start, max(start, len(text.rstrip())))


def to_html(runs: Styled, newline: str = "<br>", link: str = "") -> str:
    """Escaped HTML with the tags b, i, u, s, code, pre, blockquote, a.

    :param link: further attributes of a link
    """
    pieces: list[str] = []
    stack: list[tuple[str, str]] = []
    for run in merged(runs):
        wanted = _tags(run, link)
        keep = _common(stack, wanted)
        closed = [tag for tag, _opening in reversed(stack[keep:])]
        pieces += [f"</{tag}>" for tag in closed]
        pieces += [opening for _tag, opening in wanted[keep:]]
        text = run.text
        if any(tag in BLOCKS for tag in closed):  # a block ends its line itself
            text = text.removeprefix("\n")
        pieces.append(html.escape(text, quote=False).replace("\n", newline))
        stack = wanted
    pieces += [f"</{tag}>" for tag, _opening in reversed(stack)]
    return "".join(pieces)


def _tags(run: Run, link: str) -> list[tuple[str, str]]:
    literal = bool(run.marks & LITERAL)
    names = [m for m in TAGS if m in run.marks]
    if literal:  # neither Telegram nor a reader expects anything inside of code
        names = [m for m in names if m in ("quote", "pre", "code")]
        names = [m for m in names if m != "code" or "pre" not in names]
    tags = [(TAGS[m], f"<{TAGS[m]}>") for m in names]
    if run.href and not literal:
        opening = f'<a href="{html.escape(run.href)}"{link}>'
        tags.insert("quote" in run.marks, ("a", opening))
    return tags


def _common(a: list, b: list) -> int:
    count = 0
    while count < min(len(a), len(b)) and a[count] == b[count]:
        count += 1
    return count


# --- cutting ------------------------------------------------------------------


def cut(
    runs: Styled, limit: int, size: Callable[[Styled], int] | None = None
) -> list[Styled]:
    """Cut at a paragraph, else a line, else a word, into parts within ``limit``.

    Nothing but white space at the cut is left out.

    :param limit: in units of ``size`` (UTF-16 code units of the plain text)
    """
    size = size or (lambda runs: utf16(plain(runs)))
    parts: list[Styled] = []
    rest = trimmed(runs)
    while rest:
        length = len(plain(rest))
        take = min(length, limit)
        while (over := size(part(rest, 0, take)) - limit) > 0 and take > 1:
            take -= max(1, min(over // 2, take - 1))
        if take < length:
            take = _boundary(plain(rest), take)
        parts.append(trimmed(part(rest, 0, take)))
        rest = trimmed(part(rest, take, length))
    return parts


def _boundary(text: str, at: int) -> int:
    """Where to cut at or before ``at``; not in the first half if avoidable."""
    for separator in ("\n\n", "\n", " "):
        found = text.rfind(separator, at // 2, at + 1)
        if found > 0:
            return found
    for place in range(at, max(at - 32, 0), -1):
        if not _joined(text, place):
            return place
    return at


def _joined(text: str, place: int) -> bool:
    """Whether a cut at ``place`` would go through one visible character."""
    before, after = text[place - 1], text[place]
    if after in FLAG_LETTERS:  # two make a flag
        letters = text[max(0, place - 64) : place]
        return (len(letters) - len(letters.rstrip(FLAG_LETTERS))) % 2 == 1
    return bool(
        unicodedata.combining(after)
        or ZERO_WIDTH_JOINER in (before, after)
        or after in VARIATION_SELECTORS
        or after in SKIN_TONES
    )
