"""WhatsApp's way of writing bold: ``*b* _i_ ~s~ `code` ```pre``` > quote``.

https://faq.whatsapp.com/539178204879377 (How to format your messages)
"""

import re
from itertools import groupby

from ..text import Run, Styled, plain
from ..text.clean import utf16
from ..text.links import ADDRESS, linked, spelled
from ..text.styled import merged

MARKERS = {"b": "*", "i": "_", "s": "~"}
# WhatsApp has no escape character. A zero-width space behind a marker makes it
# stand before a blank, and then it opens nothing.
BREAK = "\u200b"
_WORD = r"[^\W_]"
# an address is taken whole, signs in it are no markers: group 1 is empty then
_INLINE = {
    mark: re.compile(
        rf"{ADDRESS}|(?<!{_WORD})(?<![{sign}]){re.escape(sign)}(?![\s{BREAK}])"
        rf"([^{sign}\n]+)(?<!\s){re.escape(sign)}(?!{_WORD})",
        re.IGNORECASE,
    )
    for mark, sign in MARKERS.items()
}
_CODE = re.compile(rf"```(?!{BREAK})([^`]+)```|`(?!{BREAK})([^`\n]+)`")
QUOTED = frozenset({"quote"})
_QUOTE = re.compile(r"^> ?(.*)$", re.MULTILINE)


# --- what a customer wrote ------------------------------------------------------


def read(text: str) -> Styled:
    """The styled text of a message."""
    runs: Styled = []
    at = 0
    for match in _QUOTE.finditer(text):
        between = text[at : match.start()]
        block = runs and between == "\n" and "quote" in runs[-1].marks
        runs += _coded(between, QUOTED if block else frozenset())
        runs += _coded(match[1], QUOTED)
        at = match.end()
    return merged(runs + _coded(text[at:], frozenset()))


def _coded(text: str, marks: frozenset[str]) -> Styled:
    runs, at = [], 0
    for match in _CODE.finditer(text):
        runs += _inline(text[at : match.start()], marks, tuple(MARKERS))
        mark, content = ("pre", match[1]) if match[1] else ("code", match[2])
        runs.append(Run(content, marks | {mark}))
        at = match.end()
    return runs + _inline(text[at:], marks, tuple(MARKERS))


def _inline(text: str, marks: frozenset[str], left: tuple[str, ...]) -> Styled:
    """Read one kind of marker after the other; inside of one, the others."""
    if not left:
        return linked(text, marks)
    mark, rest = left[0], left[1:]
    runs, at = [], 0
    for match in _INLINE[mark].finditer(text):
        if not match[1]:
            continue
        runs += _inline(text[at : match.start()], marks, rest)
        runs += _inline(match[1], marks | {mark}, rest)
        at = match.end()
    return runs + _inline(text[at:], marks, rest)


# --- what an agent wrote --------------------------------------------------------


def prepare(runs: Styled) -> Styled:
    """The runs as :func:`write` needs them; links are written out."""
    return _at_words(_single_lines(spelled(runs)))


def write(runs: Styled) -> str:
    """The text that WhatsApp will show as ``runs``."""
    pieces: list[str] = []
    stack: list[str] = []
    line_start = True
    for run in runs:
        wanted = _signs(run)
        keep = 0
        while keep < min(len(stack), len(wanted)) and stack[keep] == wanted[keep]:
            keep += 1
        pieces += reversed(stack[keep:])
        if line_start and "quote" in run.marks:
            pieces.append("> ")
        pieces += wanted[keep:]
        text = run.text if run.marks & {"code", "pre"} else _literal(run.text)
        if "quote" in run.marks:
            text = re.sub(r"\n(?=.)", "\n> ", text)
        pieces.append(text)
        line_start, stack = run.text.endswith("\n"), wanted
    return "".join(pieces + stack[::-1])


def size(runs: Styled) -> int:
    return utf16(write(runs))


def _signs(run: Run) -> list[str]:
    if "pre" in run.marks:
        return ["```"]
    if "code" in run.marks:
        return ["`"]
    return [sign for mark, sign in MARKERS.items() if mark in run.marks]


def _literal(text: str) -> str:
    """Keep the signs in ``text`` from being taken for markers."""
    text = text.replace("`", f"`{BREAK}") if _CODE.search(text) else text
    for pattern in _INLINE.values():
        text = pattern.sub(_broken, text)
    return re.sub(r"^> ", f"{BREAK}> ", text, flags=re.MULTILINE)


def _broken(match: re.Match[str]) -> str:
    text = match[0]
    return f"{text[0]}{BREAK}{text[1:]}" if match[1] else text


def _single_lines(runs: Styled) -> Styled:
    """Markers touch their words and end with their line. White space is taken
    out of a run's marks, but for those that go on on both sides of it."""
    pieces: Styled = []
    for run in runs:
        if "pre" in run.marks:
            pieces.append(run)
            continue
        texts = re.split(r"(\s*\n\s*|^[ ]+|[ ]+$)", run.text)
        pieces += [Run(text, run.marks) for text in texts if text]
    result: Styled = []
    for index, piece in enumerate(pieces):
        marks = piece.marks
        if not piece.text.strip() and "pre" not in marks:
            around = pieces[index - 1 : index] + pieces[index + 1 : index + 2]
            shared = marks.intersection(*(other.marks for other in around))
            marks = marks & QUOTED if "\n" in piece.text else shared
        result.append(Run(piece.text, marks))
    return merged(result)


def _at_words(runs: Styled) -> Styled:
    """Drop what would not be shown: WhatsApp knows no bold inside of a word."""
    text = plain(runs)
    for mark in (*MARKERS, "code", "pre"):
        result: Styled = []
        at = 0
        for inside, group in groupby(runs, key=lambda run: mark in run.marks):
            group = list(group)
            end = at + len(plain(group))
            if inside and (
                text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()
            ):
                group = [Run(run.text, run.marks - {mark}) for run in group]
            result, at = result + group, end
        runs = result
    return merged(runs)
