"""Reads what an agent wrote in Odoo's editor."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from lxml import etree

from .clean import clean
from .styled import Run, Styled, merged, trimmed

MARKS = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "ins": "u",
    "s": "s", "strike": "s", "del": "s", "code": "code", "kbd": "code",
    "pre": "pre", "blockquote": "quote",
    "h1": "b", "h2": "b", "h3": "b", "h4": "b", "h5": "b", "h6": "b", "th": "b",
}  # fmt: skip
# how many line ends stand at least between such a block and its neighbours
_LINES = """
div section article header footer table tbody thead tr ul ol li dl dt dd hr
figure figcaption address form
"""
_PARAGRAPHS = "p pre blockquote h1 h2 h3 h4 h5 h6"
BLOCKS = dict.fromkeys(_LINES.split(), 1) | dict.fromkeys(_PARAGRAPHS.split(" "), 2)
SILENT = {"script", "style", "head", "title", "template", "noscript", "iframe"}
# the quoted e-mail that is answered, and signatures: the chat shows neither
QUOTE_ATTRIBUTES = ("data-o-mail-quote", "data-o-mail-quote-container")
SIGNATURES = {"o-signature-container", "o_mail_signature"}
LINKS = ("http", "https", "mailto", "tel")
_SPACES = re.compile(r"[ \t\n\r\f\xa0]+")


def read_html(source: str) -> Styled:
    """The styled text of ``source``; empty if nothing is to be seen in it."""
    source = clean(source or "")
    if not source.strip():
        return []
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    body = f"<body><div>{source}</div></body>"
    root = etree.fromstring(body.encode(), parser)
    reader = _Reader()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and _silent(element):
            walk.skip_subtree()
        elif event == "start":
            reader.start(element)
        if event == "end":
            reader.end(element, _silent(element))
    return trimmed(merged(reader.runs))


def _silent(element) -> bool:
    return (
        element.tag in SILENT
        or any(element.get(name) for name in QUOTE_ATTRIBUTES)
        or bool(SIGNATURES & set(element.get("class", "").split()))
    )


class _Reader:
    """Walks the tree without recursion: depth is the sender's choice."""

    def __init__(self):
        self.runs: Styled = []
        self.marks: list[str] = []
        self.hrefs: list[str] = []
        self.lists: list[int | None] = []  # next number, or None for bullets
        self.fresh = False  # nothing stands behind the bullet yet
        self.ends = 2  # line ends written last; at the start nothing is missing

    def start(self, element) -> None:
        tag = element.tag
        self._lines(BLOCKS.get(tag, 0))
        if tag in ("td", "th") and element.getprevious() is not None:
            self._words(" | ")
        if tag in MARKS:
            self.marks.append(MARKS[tag])
        elif tag == "a":
            self.hrefs.append(_href(element))
        elif tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._bullet()
        elif tag == "br":
            self._break()
        elif tag == "img":
            self._words(element.get("alt") or "")
        self._words(element.text or "")

    def end(self, element, silent: bool) -> None:
        tag = element.tag
        if not silent:
            self._link_end(element)
            if tag in MARKS:
                self.marks.pop()
            elif tag in ("ul", "ol"):
                self.lists.pop()
            self._lines(BLOCKS.get(tag, 0))
        self._words(element.tail or "")

    def _link_end(self, element) -> None:
        if element.tag == "a":
            self.hrefs.pop()

    def _bullet(self) -> None:
        number = self.lists[-1] if self.lists else None
        indent = "  " * (len(self.lists) - 1)
        if number is not None:
            self.lists[-1] = number + 1
        self._write(f"{indent}- " if number is None else f"{indent}{number}. ")
        self.fresh = True

    def _break(self) -> None:
        self._drop_space()
        if self.ends < 2:
            self.runs.append(Run("\n", frozenset(self.marks)))
            self.ends += 1

    def _lines(self, count: int) -> None:
        """Make the text end with at least ``count`` line ends."""
        if count and not self.fresh:
            self._drop_space()
            missing = max(0, min(count, 1 if self.lists else 2) - self.ends)
            self.runs.append(Run("\n" * missing))
            self.ends += missing

    def _drop_space(self) -> None:
        while self.runs and not self.ends and self.runs[-1].text.endswith(" "):
            last = self.runs.pop()
            if text := last.text.rstrip(" "):
                self.runs.append(replace(last, text=text))
                break

    def _words(self, text: str) -> None:
        if "pre" in self.marks:
            self._write(text)
            return
        text = _SPACES.sub(" ", text)
        if self.ends or (self.runs and self.runs[-1].text.endswith(" ")):
            text = text.removeprefix(" ")
        self._write(text)

    def _write(self, text: str) -> None:
        if text:
            href = next((href for href in reversed(self.hrefs) if href), "")
            self.runs.append(Run(text, frozenset(self.marks), href))
            self.ends, self.fresh = 0, False


def _href(element) -> str:
    """A link that works outside of Odoo, else "" (mentions, relative, script)."""
    href = (element.get("href") or "").strip()
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return href if parts.scheme in LINKS and (parts.netloc or parts.path) else ""
