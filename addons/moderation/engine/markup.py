"""HTML -> the text that a person reads, with the place of each character.

A tokenizer of our own: lxml gives no offsets, html.parser gives lines and columns
and is quadratic on some input. Each loop below moves forward, and what was found
missing once (an end of comment) is not looked for again, so the work is linear
whatever is sent. Where browsers would drop a broken rest, it is read as text: what
might be seen by somebody must be seen here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from .offsets import Pieces
from .plain import Plain

# Everything that separates words; all other tags join what stands beside them.
_BLOCKS = (
    "address article aside blockquote body br button caption center col colgroup dd "
    "details dialog dir div dl dt fieldset figcaption figure footer form frame "
    "frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe input legend li "
    "main menu nav object ol optgroup option p pre section select summary table "
    "tbody td textarea tfoot th thead title tr ul video"
)
_VOID = "area base br col embed hr img input link meta param source track wbr"
BLOCKS, VOID = frozenset(_BLOCKS.split()), frozenset(_VOID.split())
NOT_SHOWN = {
    name: re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE)
    for name in ("script", "style")
}
# Attributes that people read, in a tooltip or in place of an image.
READABLE = frozenset(("alt", "title", "placeholder", "aria-label"))

NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
GAP = re.compile(r"[\s/]*")
ATTRIBUTE = re.compile(
    r"""([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(?!["'])([^\s>]*)))?"""
)
# At most 7 digits say something; html.unescape refuses what is above U+10FFFF.
ENTITY = re.compile(
    r"&(?:#0*([0-9]{1,7})(?![0-9]);?|#[xX]0*([0-9a-fA-F]{1,6})(?![0-9a-fA-F]);?"
    r"|[a-zA-Z][a-zA-Z0-9]{1,31};?)"
)
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?:font-size|opacity)\s*:\s*(?:0+\.?|0*\.0+)[a-z%]*\s*(?:;|!|$)"
    r"|color\s*:\s*transparent",
    re.IGNORECASE,
)
CSS_COMMENT = re.compile(r"/\*[^*]*\*/")
HIDING_CLASSES = frozenset(("d-none", "invisible", "visually-hidden", "o_hidden"))


def plain_text(text: str) -> str:
    """The readable text of an HTML body."""
    return read(text).text


def read(text: str) -> Plain:
    """The readable text of an HTML body, with offsets into ``text``.

    What a style hides and what stands in tooltips follows at the end, on lines of
    its own: a reader may see it, and it must not stand between visible letters.
    """
    if "<" not in text and "&" not in text:
        return Plain(text)
    return _Reading(text).plain()


class _Reading:
    def __init__(self, text: str):
        self.source = text
        self.seen, self.hidden = Pieces(), Pieces()
        self.into = self.seen
        self.hider = ""  # name of the tag whose content is hidden
        self.depth = 0  # of tags of that name
        self.missing: set[str] = set()  # ends that do not occur any more

    def plain(self) -> Plain:
        at = 0
        for start, end in self._tags():
            self._text(at, start)
            self._between(start, end)
            at = end
        self._text(at, len(self.source))
        if self.hidden.length:
            first = self.hidden.firsts[0]
            self.seen.put("\n", first, first)
            self.seen.append(self.hidden)
        return self.seen.plain()

    def _tags(self) -> Iterator[tuple[int, int]]:
        """Start and end of everything that is markup."""
        at = self.source.find("<")
        while at >= 0:
            end = self._end(at)
            if end > at:
                yield at, end
            at = self.source.find("<", max(end, at + 1))

    def _end(self, start: int) -> int:
        """Where the markup that begins at ``start`` ends; ``start`` if it is text."""
        text = self.source
        if text.startswith("<!--", start):
            for short in (">", "->"):  # as browsers do
                if text.startswith(short, start + 4):
                    return start + 4 + len(short)
            return self._after("-->", start + 4) or start
        name = NAME.match(text, start)
        if name:
            end = self._end_of_tag(name.end())
            return self._end_of_raw(name[1].lower(), end) if end else start
        if text.startswith(("<!", "<?", "</"), start):
            return self._after(">", start) or start
        return start

    def _after(self, sign: str, start: int) -> int:
        """The index behind the next ``sign``, 0 when there is none."""
        at = -1 if sign in self.missing else self.source.find(sign, start)
        if at < 0:
            self.missing.add(sign)
            return 0
        return at + len(sign)

    def _end_of_tag(self, at: int) -> int:
        """Quotes hide a ``>`` only as an attribute's value."""
        text, size = self.source, len(self.source)
        if ">" in self.missing:
            return 0
        while True:
            at = GAP.match(text, at).end()
            if at >= size:
                self.missing.add(">")
                return 0
            if text[at] == ">":
                return at + 1
            at = ATTRIBUTE.match(text, at).end()

    def _end_of_raw(self, name: str, end: int) -> int:
        """Behind what belongs to a tag and is no text: a script's code."""
        if name not in NOT_SHOWN or name in self.missing:
            return end
        closing = NOT_SHOWN[name].search(self.source, end)
        if not closing:
            self.missing.add(name)
        return closing.start() if closing else end

    def _between(self, start: int, end: int) -> None:
        """What a tag means for the text around it."""
        match = NAME.match(self.source, start)
        if not match:
            return
        name = match[1].lower()
        closing = self.source[start + 1] == "/"
        if name in BLOCKS:
            self.into.put("\n", start, start)
        if name == "bdo":
            self._override(start, end, closing)
        if self.hider == name:
            self.depth += -1 if closing else 1
            if self.depth <= 0:
                self.hidden.put("\n", end, end)
                self.into, self.hider = self.seen, ""
        if not closing and end - match.end() > 1 and name not in NOT_SHOWN:
            self._attributes(name, match.end(), end - 1)

    def _override(self, start: int, end: int, closing: bool) -> None:
        """A tag that shows its letters backwards, as the character does that says
        the same; see :mod:`.overridden`."""
        if closing:
            self.into.put("\u202c", start, start)
        elif "rtl" in self.source[start:end].lower():
            self.into.put("\u202e", start, start)

    def _attributes(self, name: str, at: int, end: int) -> None:
        text, hides = self.source, False
        while (at := GAP.match(text, at).end()) < end:
            found = ATTRIBUTE.match(text, at)
            at = found.end()
            key, group = found[1].lower(), found.lastindex
            value = found[group] if group > 1 else ""
            if key in READABLE and value:
                self._readable(*found.span(group))
            hides = hides or (
                key == "hidden"
                or (key == "style" and bool(HIDING.search(_css(value))))
                or (key == "class" and not HIDING_CLASSES.isdisjoint(value.split()))
            )
        if hides and not self.hider and name not in VOID:
            self.into, self.hider, self.depth = self.hidden, name, 1

    def _readable(self, start: int, end: int) -> None:
        into, self.into = self.into, self.hidden
        self._text(start, end)
        self.hidden.put("\n", end, end)
        self.into = into

    def _text(self, start: int, end: int) -> None:
        """Take text as it is, entities resolved."""
        text, into = self.source, self.into
        if text.find("&", start, end) >= 0:
            for entity in ENTITY.finditer(text, start, end):
                into.take(text, start, entity.start())
                into.put(_resolve(entity), *entity.span())
                start = entity.end()
        into.take(text, start, end)


def _resolve(entity: re.Match[str]) -> str:
    if entity[1]:
        return html.unescape(f"&#{entity[1]};")
    if entity[2]:
        return html.unescape(f"&#x{entity[2]};")
    return html.unescape(entity[0])


def _css(value: str) -> str:
    """A style attribute as a browser reads it: entities resolved, no comments."""
    return CSS_COMMENT.sub("", ENTITY.sub(_resolve, value))
