"""Clean text -> Latin-1, one character for one, so that the work is done on bytes.

A text of Latin letters stays as it is, in lower case; look-alikes become the letter
that they look like; letters of other scripts become OTHER, marks NOTHING, and
every sign that has no meaning here a dot. Byte ``i`` is character ``i`` of the clean
reading, whatever happens.
"""

from __future__ import annotations

import re
import unicodedata

from .lookalikes import ACCENTED, ALIKE, ALPHABETS, DIGITS, LEET, LOOKALIKES, SIGNS

# A masculine ordinal is never in a clean text: NFKC makes an o of it.
NOTHING, OTHER, SIGN = "\x00", "\xba", "\xb7"
# Alphanumeric in this alphabet, as the inside of a regular expression's [set].
ALNUM = "0-9a-z\xba\xdf-\xf6\xf8-\xff"

_beyond = re.compile("[^\x00-\xff]+")
_regional = re.compile(
    "(?<![\U0001f1e6-\U0001f1ff])[\U0001f1e6-\U0001f1ff]{2}(?![\U0001f1e6-\U0001f1ff])"
)
# A capital I among small letters is read as an l, an l among capitals as an I. The
# letter comes first in the expression, for re looks for that in a fast loop.
_posing_i = re.compile("I(?<!II)I*(?=[a-zà-ÿ]|\\W|$)")
_posing_l = re.compile("l(?<=[A-ZÀ-Þ]l)(?=[A-ZÀ-Þ])")


class _Table(dict):
    """For str.translate; what is not in it is worked out once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0]
        if ord(base) > 0xFF:
            base = self.get(ord(base), "")
        self[code] = found = base or _by_category(char)
        return found


def _by_category(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return NOTHING
    if category[0] in "LM":
        return OTHER
    return " " if category[0] == "Z" else SIGN


def _table() -> _Table:
    table = _Table()
    for letter, alike in LOOKALIKES.items():
        table.update(dict.fromkeys(map(ord, alike), letter))
    for sign, stands_for in SIGNS.items():
        table[ord(sign)] = stands_for
    for first in ALPHABETS:
        table.update({first + n: chr(ord("a") + n) for n in range(26)})
    return table


def _bytes(mapping: dict[str, str]) -> bytes:
    table = bytearray(range(256))
    for chars, becomes in mapping.items():
        for char in chars:
            table[ord(char)] = ord(becomes)
    return bytes(table)


_CONTROLS = "".join(map(chr, range(1, 32))) + "\x7f"
_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0"
_TIDY = _bytes(
    {_CONTROLS + "".join(map(chr, range(0x80, 0xA0))): NOTHING, _SPACES: " "}
)
_FOLD = _table()


def fold(text: str) -> bytes:
    """The folded form of a clean text, of the same length."""
    text = _posing_l.sub("1", _posing_i.sub(_either, text))
    if text.isascii():
        return text.lower().encode().translate(_TIDY)
    text = text.replace("\u0130", "I").lower()  # the one that grows in lower case
    if not _beyond.search(text):
        return text.encode("latin-1").translate(_TIDY)
    text = _regional.sub(SIGN * 2, text)  # two of them are a flag
    return _beyond.sub(_translate, text).encode("latin-1").translate(_TIDY)


def _either(match: re.Match[str]) -> str:
    """A 1, which is read as both, for an I behind a small letter."""
    before = match.string[match.start() - 1 : match.start()]
    return "1" * len(match[0]) if before.islower() else match[0]


def _translate(match: re.Match[str]) -> str:
    return match[0].translate(_FOLD)


def _coarse() -> dict[str, str]:
    """Every alphanumeric character and the letter that stands for its group."""
    groups = {}
    for letter in map(chr, range(ord("a"), ord("z") + 1)):
        group = next((alike[0] for alike in ALIKE if letter in alike), letter)
        same = letter + ACCENTED.get(letter, "") + DIGITS.get(letter, "")
        groups[same] = group
    return groups


def _separators() -> str:
    alnum = re.compile(f"[{ALNUM}\x00]")
    return "".join(char for char in map(chr, range(256)) if not alnum.match(char))


SEPARATORS = _separators()
# Separators become blanks; NOTHING stays, to be deleted.
COARSE = _bytes({SEPARATORS: " "} | _coarse())
# Signs as the letters that they look like; everything else as it is.
LEET_LETTERS = _bytes({signs: letter for letter, signs in LEET.items()})
# Letters without accents, for phrases around a found word.
BASIC = _bytes({SEPARATORS: " "} | {chars: one for one, chars in ACCENTED.items()})
# What is a letter (x), a blank, and something else (.).
SHAPE = _bytes(
    {"".join(map(chr, range(256))): "x", SEPARATORS: ".", NOTHING: ".", " ": " "}
)
IS_ALNUM = bytes(byte not in (0, *SEPARATORS.encode("latin-1")) for byte in range(256))
