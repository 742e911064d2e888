"""Texts of other communities as HTML of ours, and the pictures in them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt

# Raw HTML in a text is shown as text: what remains is what Markdown can say.
_markdown = MarkdownIt("js-default", {"html": False, "breaks": True})
_QUOTE = re.compile(r"^[ \t]*\[quote(?:=[^\]\n]*)?\][ \t]*$", re.M)
_END_QUOTE = re.compile(r"^[ \t]*\[/quote\][ \t]*$", re.M)
_SIZE = re.compile(r"!\[([^\]|\n]*)\|[^\]\n]*\]")
_UPLOAD = re.compile(r"([A-Za-z0-9]{20,28})(\.[A-Za-z0-9]{1,5})?$")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def from_text(text: str) -> str:
    """Plain text: its paragraphs and lines."""
    blocks = [block for block in re.split(r"\n\s*\n", text) if block.strip()]
    return "".join(
        "<p>{}</p>".format("<br/>".join(html.escape(block.strip()).split("\n")))
        for block in blocks
    )


def from_markdown(text: str) -> str:
    """CommonMark with tables, and what Discourse adds: sizes of pictures, quotes."""
    return _markdown.render(_quoted(_SIZE.sub(r"![\1]", text)))


def _quoted(text: str) -> str:
    """``[quote]…[/quote]`` as Markdown's ``>``, as deep as they are nested."""
    depth, lines = 0, []
    for line in text.split("\n"):
        if _QUOTE.match(line):
            depth = min(depth + 1, 5)
            lines.append("")
        elif _END_QUOTE.match(line) and depth:
            depth -= 1
            lines.append("")
        else:
            lines.append("> " * depth + line if depth else line)
    return "\n".join(lines)


def with_pictures(
    text: str, find: Callable[[str], str]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The pictures that came along are marked; those that did not become links, so
    that no reader's browser is sent elsewhere by a text.

    :param find: the name of the picture that a ``src`` means, or ""
    :return: the HTML, the names of its pictures, the addresses that are links now
    """
    if "<img" not in text.lower():
        return text, (), ()
    try:
        root = lxml_html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return from_text(text), (), ()
    names, links = [], []
    for image in list(root.iter("img")):
        source = image.get("src", "")
        if name := find(source):
            _keep(image, f"import:{name}")
            names.append(name)
        else:
            _link(image, source)
            links.append(source)
    inner = lxml_html.tostring(root, encoding="unicode")
    return inner[len("<div>") : -len("</div>")], tuple(names), tuple(links)


def _keep(image, source: str) -> None:
    alt = image.get("alt", "")
    image.attrib.clear()
    image.set("src", source)
    image.set("alt", alt)


def _link(image, source: str) -> None:
    """In the picture's place its description, leading to it if that is an address."""
    text = image.get("alt") or source[:100]
    is_address = source.startswith(("https://", "http://"))
    image.tag = "a" if is_address else "span"
    image.attrib.clear()
    if is_address:
        image.set("href", source)
    image.text = text


def upload_name(source: str) -> str:
    """The file's name in a Discourse backup: ``upload://`` and 27 digits to the base
    of 62 are the SHA-1 by which the file is called."""
    if not source.startswith("upload://"):
        return file_name(source)
    found = _UPLOAD.fullmatch(source.removeprefix("upload://"))
    if not found:
        return ""
    number = 0
    for digit in found[1]:
        number = number * 62 + _DIGITS.index(digit)
    return f"{number:040x}{(found[2] or '').lower()}" if number < 1 << 160 else ""


def file_name(source: str) -> str:
    """The last part of an address or path."""
    try:
        return unquote(urlsplit(source).path).rsplit("/", 1)[-1]
    except ValueError:  # such as http://[
        return ""
