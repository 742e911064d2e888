"""How a matched word is written: in one piece, cut, or letter by letter.

Blanks are never simply deleted: "por razão" and "comer dados" hold no bad word.
"""

from __future__ import annotations

import re

from .context import LETTERS
from .fold import ALNUM, COARSE, SEPARATORS
from .forms import Form
from .lookalikes import SINGLE_WORDS
from .skeleton import squeeze

WHOLE, CUT, SPELLED = "whole", "cut", "spelled"
# A word this short is only taken as disguised where each letter stands alone.
SHORT = 3
REACH = 80  # characters around a word in which its neighbours are looked for
MOST_NEIGHBOURS = 4

_before = re.compile(f"(?:^|[^{ALNUM}])([{ALNUM}])([^{ALNUM}]+)$".encode("latin-1"))
_after = re.compile(f"([^{ALNUM}]+)([{ALNUM}])(?![{ALNUM}])".encode("latin-1"))
_single = {letter.encode("latin-1") for letter in SINGLE_WORDS} | {
    str(digit).encode() for digit in range(10)
}
# "por{nome}" and "um(a)" are what they seem to be.
_brackets = re.compile(rb"[(\[{<\"]")
_gaps = re.compile(f"[^{ALNUM}]+".encode("latin-1"))


def spelling(folded: bytes, start: int, end: int, form: Form) -> str | None:
    """WHOLE, CUT ("me.rda"), SPELLED ("m e r d a"), or None where ``form`` only
    seems to stand in ``folded[start:end]``."""
    region = folded[start:end].replace(b"\0", b"")
    tokens = LETTERS.findall(region)
    if len(tokens) == 1 or _same_words(tokens, form):
        return WHOLE
    if all(len(set(token)) == 1 for token in tokens):
        return SPELLED if _alone(folded, start, end, region) else None
    if len(form.letters) > SHORT and _cut_inside(region, form):
        return CUT if _alone(folded, start, end, region) else None
    return None


def _same_words(tokens: list[bytes], form: Form) -> bool:
    return len(tokens) == len(form.tokens) > 1 and all(
        _rough(token) == _rough(wanted)
        for token, wanted in zip(tokens, form.tokens, strict=True)
    )


def _rough(letters: bytes) -> bytes:
    return squeeze(letters.translate(COARSE))


def _cut_inside(region: bytes, form: Form) -> bool:
    """Whether blanks stand only where the phrase has them, or between single letters:
    "vai tomar no c u"."""
    if _brackets.search(region):
        return False
    wanted = list(map(_rough, form.tokens))
    have = letters = b""
    for chunk in region.split():
        more = _rough(chunk.translate(None, _SEPARATORS))
        if letters and len(more) > 1:
            return False
        letters = squeeze(letters + more)
        while wanted and len(have) < len(letters):
            have = squeeze(have + wanted.pop(0))
        if have == letters:
            have = letters = b""
        elif len(more) > 1 or not have.startswith(letters):
            return False
    return not wanted and not letters


_SEPARATORS = SEPARATORS.encode("latin-1")


def _alone(folded: bytes, start: int, end: int, region: bytes) -> bool:
    """Whether the letters are not part of a longer row of single letters, as in
    "c u r s o". Words of one letter may stand beside them: "o c u é"."""
    gaps = set(_gaps.findall(region))
    first, last = _rough(region[:1]), _rough(region[-1:])
    before = folded[max(start - REACH, 0) : start]
    for _ in range(MOST_NEIGHBOURS):
        match = _before.search(before)
        if not match or match[2] not in gaps:
            break
        if match[1] not in _single and _rough(match[1]) != first:
            return False
        before = before[: match.start(1)]
    after, at = folded[end : end + REACH], 0
    for _ in range(MOST_NEIGHBOURS):
        match = _after.match(after, at)
        if not match or match[1] not in gaps:
            break
        if match[2] not in _single and _rough(match[2]) != last:
            return False
        at = match.end(2)
    return True
