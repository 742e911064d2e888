"""Ways of hiding text from people or from programs, reported as such."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .hit import Hit, Reader
from .markup import HIDING, HIDING_CLASSES
from .types import Author, RuleError, Space, TrickRule
from .wording import _

MAX_HITS = 50  # of one trick in one part; more say nothing more
_RTL_LETTER = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]"
)
# Overrides turn letters round whatever they are; embeddings have a use beside Hebrew
# or Arabic. Isolates are not here: phones set them around names.
_OVERRIDE = re.compile("[\u202d\u202e]+")
_EMBEDDING = re.compile("[\u202a\u202b]+")

# What nobody sees. Joiners have work to do in emoji, Arabic and Indic scripts; one
# that stands between two letters of ours has none.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0100-\U000e01ef"
)
_OURS = "0-9A-Za-z\u00c0-\u058f\u1e00-\u1fff"
_INSIDE_WORD = re.compile(f"(?<=[{_OURS}])[{_UNSEEN}]+(?=[{_OURS}])")
_IN_A_ROW = re.compile(f"[{_UNSEEN}]{{4,}}")
_SOFT_HYPHEN = "\u00ad"
_FEW = 2  # web pages break long names so; from the third place on it is a trick
# Letters of the tag block spell text that only programs read; flags of regions
# (England's) are the one use, after a black flag and with an end.
_TAGS = re.compile(
    "(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"
)

# Marks that any letter may carry. No language puts three of them on one.
_STACKED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]{3,}"
)

_FOREIGN = "\u0370-\u03ff\u0400-\u052f\u0531-\u058f\u10a0-\u10ff\u13a0-\u13ff"
_LATIN = "A-Za-z\u00c0-\u024f"
_MIXED = re.compile(
    f"(?<![{_LATIN}{_FOREIGN}])(?:[{_LATIN}]+[{_FOREIGN}]|[{_FOREIGN}]+[{_LATIN}])"
    f"[{_LATIN}{_FOREIGN}]*"
)
# Signs of science that stand beside our letters without pretending to be one.
_SIGNS_OF_SCIENCE = re.compile(
    "[\u0393\u0394\u0398\u039b\u039e\u03a0\u03a3\u03a6-\u03a9"
    "\u03b2-\u03b5\u03b8\u03bb\u03bc\u03be\u03c0\u03c3\u03c6-\u03c9]"
)

_TAG = re.compile(r"<([a-zA-Z][^\s/>]{0,30})([^<>]*)>([^<]*)")
_HIDDEN_HINTS = ("style", "hidden", "d-none", "invisible")
_ATTRIBUTE = re.compile(
    r"""\b(style|class|hidden)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""", re.I
)


def bidi(reader: Reader) -> Iterator[Hit]:
    """Direction overrides: what is read is not what is written."""
    text = reader.plain.text
    yield from _found(reader, "bidi", _OVERRIDE.finditer(text))
    if not _RTL_LETTER.search(text):
        yield from _found(reader, "bidi", _EMBEDDING.finditer(text))


def invisible(reader: Reader) -> Iterator[Hit]:
    """Characters that nobody sees, where no script and no emoji needs them."""
    text = reader.plain.text
    inside = [
        found
        for found in _INSIDE_WORD.finditer(text)
        if found[0].strip(_SOFT_HYPHEN)  # hyphenation that was copied along
    ]
    if len(inside) <= _FEW and not any(len(found[0]) > 1 for found in inside):
        inside = []
    yield from _found(reader, "invisible", inside)
    for form in (_IN_A_ROW, _TAGS):
        yield from _found(reader, "invisible", form.finditer(text))


def zalgo(reader: Reader) -> Iterator[Hit]:
    """Marks heaped on letters until nothing can be read."""
    yield from _found(reader, "zalgo", _STACKED.finditer(reader.plain.text))


def mixed_scripts(reader: Reader) -> Iterator[Hit]:
    """Words with letters of two alphabets, one posing as the other."""
    found = (
        word
        for word in _MIXED.finditer(reader.plain.text)
        if len(word[0]) > 2 and _poses(word[0])
    )
    yield from _found(reader, "mixed_scripts", found)


def _poses(word: str) -> bool:
    return bool(re.search(f"[{_FOREIGN}]", _SIGNS_OF_SCIENCE.sub("", word)))


def hidden_style(reader: Reader) -> Iterator[Hit]:
    """Text that a style or an attribute keeps from being shown."""
    if not reader.is_html:
        return
    lower = reader.original.lower()
    if not any(hint in lower for hint in _HIDDEN_HINTS):
        return
    count = 0
    for tag in _TAG.finditer(reader.original):
        if tag[3].strip() and _hides(tag[2]):
            yield Hit((tag.span(3),), "hidden_style")
            count += 1
            if count == MAX_HITS:
                return


def _hides(attributes: str) -> bool:
    for found in _ATTRIBUTE.finditer(attributes):
        name = found[1].lower()
        value = found[2] or found[3] or found[4] or ""
        if name == "hidden":
            return True
        if name == "style" and HIDING.search(value):
            return True
        if name == "class" and not HIDING_CLASSES.isdisjoint(value.split()):
            return True
    return False


Trick = Callable[[Reader], Iterator[Hit]]
TRICKS: dict[str, Trick] = {
    "bidi": bidi,
    "invisible": invisible,
    "zalgo": zalgo,
    "mixed_scripts": mixed_scripts,
    "hidden_style": hidden_style,
}


# Without one of these characters in the text, a trick need not be looked for.
_NEEDS = {
    "bidi": re.compile("[\u202a\u202b\u202d\u202e]"),
    "invisible": re.compile(f"[{_UNSEEN}\U000e0000-\U000e007f]"),
    "zalgo": re.compile(_STACKED.pattern.removesuffix("{3,}")),
    "mixed_scripts": re.compile(f"[{_FOREIGN}]"),
}


@dataclass(frozen=True)
class Compiled:
    """Which tricks a rule reports."""

    rule: TrickRule
    names: tuple[str, ...]


def compile(rule: TrickRule) -> Compiled:
    """:raises RuleError: for a trick that does not exist, or for none at all"""
    if not rule.tricks:
        raise RuleError(_("Choose at least one way of hiding text."))
    for name in rule.tricks:
        if name not in TRICKS:
            raise RuleError(
                _("There is no trick called “%(name)s”. Choose among: %(known)s."),
                name=name,
                known=", ".join(TRICKS),
            )
    return Compiled(rule, rule.tricks)


def find(
    reader: Reader, compiled: Compiled, author: Author, space: Space
) -> Iterator[Hit]:
    """Each place of each trick, up to ``MAX_HITS``."""
    odd = _odd(reader.plain.text)
    for name in compiled.names:
        if name not in _NEEDS or _NEEDS[name].search(odd):
            yield from TRICKS[name](reader)


def _odd(text: str) -> str:
    """Each character once that is not in the way: a short text to ask first."""
    return "" if text.isascii() else "".join(set(text))


def _found(reader: Reader, kind: str, places) -> Iterator[Hit]:
    for count, place in enumerate(places):
        if count == MAX_HITS:
            return
        yield Hit(reader.plain.spans(*place.span()), kind)
