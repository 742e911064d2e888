"""The places of a folded text that may hide a word, written together.

What is written letter by letter or cut by signs is joined, signs between letters
become the letters that they look like; everything else becomes zero bytes, so that
what is left keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .fold import ALNUM, LEET_LETTERS, SEPARATORS, SHAPE
from .skeleton import Skeleton

Spans = Iterator[tuple[int, int]]
CONTEXT = 30  # characters on both sides, for phrases in which one word is disguised

_no_blanks = bytes(byte for byte in SEPARATORS.encode("latin-1") if byte != 0x20)
_JOIN = bytes(0 if byte in _no_blanks else byte for byte in range(256))
_spelled = re.compile(
    f"(?<![{ALNUM}])([{ALNUM}])\\1*(?:[^{ALNUM}]+([{ALNUM}])\\2*(?![{ALNUM}]))+".encode(
        "latin-1"
    )
)
_cut = re.compile(rb"\.x")
# Signs before a letter, behind two, or that stand alone; an exclamation mark alone
# only before a letter alone, an opening bracket only if it is not closed behind the
# word.
_TAKEN = f"{ALNUM}@$|+&£¤§"
_ALONE = f"(?<![{_TAKEN}]!)[^{ALNUM}]{{1,5}}([a-z\xdf-\xf6\xf8-\xff])\\1*(?![{ALNUM}])"
_signs = re.compile(
    (
        f"[@$!|+&\\^£§®¢©¶¥¡¦°¤×](?=[{ALNUM}])"
        f"|[@$+&£¤|](?<=[{ALNUM}][{ALNUM}].)"
        f"|[@$+&£¤|](?<=[^{ALNUM}].)(?![{ALNUM}])"
        f"|!(?={_ALONE})"
        f"|[(<\\[{{](?=[{ALNUM}])(?![^ ]{{,40}}[)\\]}}>])"
    ).encode("latin-1")
)
# "Ana!" greets somebody, "(ex)" is in brackets.
_no_letter = re.compile(
    f"!(?![{_TAKEN}])(?!{_ALONE})|[(\\[{{<](?=[^ ]{{,40}}[)\\]}}>])".encode("latin-1")
)


def joined(folded: bytes, skeleton: Skeleton) -> bytes | None:
    """``folded`` with the letters that stand alone, and words cut by signs, joined;
    None where there are none."""
    runs: list[tuple[int, int]] = []
    if b" x x " in skeleton.bytes.translate(SHAPE):
        runs = [match.span() for match in _spelled.finditer(folded)]
    shape = folded.translate(SHAPE)
    cuts = [
        match.span()
        for match in _cut.finditer(shape)
        if match.start() and shape[match.start() - 1] != 0x20
    ]
    if not runs and not cuts:
        return None
    work = bytearray(folded)
    for start, end in runs:
        work[start:end] = work[start:end].translate(_JOIN).replace(b" ", b"\0")
    return _only(bytes(work).translate(_JOIN), _regions(folded, sorted(runs + cuts)))


def with_signs(folded: bytes) -> bytes | None:
    """``folded`` with signs as letters; None where no sign may be meant as one."""
    places = [match.span() for match in _signs.finditer(folded)]
    if not places:
        return None
    letters = _no_letter.sub(b".", folded).translate(LEET_LETTERS)
    return _only(letters, _regions(folded, places))


def _regions(folded: bytes, places: list[tuple[int, int]]) -> Spans:
    """The words around these places, without overlap, each with its last blank."""
    left = right = 0
    for start, end in places:
        if end <= right:
            continue
        if start >= right:
            if right:
                yield left, right
            blank = folded.rfind(b" ", right, max(start - CONTEXT, right))
            left = max(blank + 1, right)
        right = folded.find(b" ", end + CONTEXT) + 1 or len(folded)
    yield left, right


def _only(folded: bytes, regions: Spans) -> bytes:
    kept = bytearray(len(folded))
    for start, end in regions:
        kept[start:end] = folded[start:end]
        if end < len(folded):
            kept[end - 1] = 0x20
    return bytes(kept)
