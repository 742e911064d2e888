"""What somebody wrote himself in an answer by e-mail: plain Python, no database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from lxml import html
from lxml.html import HtmlElement

from odoo.tools.mail import html_sanitize

# Stands at the top of every mail that can be answered. The arrows keep it apart from
# anything that a person writes.
MARKER = "↑↑↑↑↑"

# Where mail programs begin to repeat what was answered. The numbers bound the search:
# such a line names a date and an address, and is often broken in two.
_INTRODUCTION = re.compile(
    re.escape(MARKER) + r"|^[ \t]*(?:On|Em|No dia|El|Le)\b[^\n]{4,150}\n?[^\n]{0,150}"
    r"\b(?:wrote|escreveu|escribió|a écrit) ?:\s*$"
    r"|^[ \t]*-{2,} ?(?:Original Message|Mensagem original|Forwarded message"
    r"|Mensagem encaminhada) ?-{2,}"
    r"|^[ \t]*_{20,}\s*$"
    r"|^[ \t]*(?:From|De):[^\n]{0,200}\n[ \t]*(?:Sent|Date|Enviad[ao](?: em)?|Data):"
    r"|^\s*(?:Sent from my|Enviado do meu|Get Outlook for|Obter o Outlook)\b",
    re.MULTILINE,
)
# Odoo's sanitiser leaves the arrows of a mail's first line.
_ARROWS = re.compile(r"\A(?:>[^\n]*\n?)+")
# In Outlook's HTML each name of a header is an element of its own.
_HEADER = re.compile(r"\s*(?:From|De):\s*")


def own_words(body: str) -> tuple[str, set[str]]:
    """The text without what it quotes, without signature and pictures.

    :param body: HTML as Odoo's mail gateway parses it
    :return: sanitised HTML, "" where nothing is left; and the content ids of the
        pictures that stood in it
    """
    clean = html_sanitize(body or "", strip_style=True, strip_classes=False)
    if not clean.strip():
        return "", set()
    root = html.fragment_fromstring(clean, create_parent="div")
    # Odoo's sanitiser has marked what it takes for quotes and signatures.
    for quoted in root.xpath(".//*[@data-o-mail-quote]"):
        _drop(quoted)
    for plain in root.xpath(".//pre[text()]"):
        plain.text = _ARROWS.sub("", plain.text or "")
    _cut(root)
    pictures = set()
    for picture in root.xpath(".//img"):
        pictures.add(picture.get("src", "").removeprefix("cid:"))
        _drop(picture)
    if not root.text_content().strip():
        return "", pictures
    inside = escape(root.text or "")
    inside += "".join(html.tostring(el, encoding="unicode") for el in root)
    return inside, pictures


def _cut(root: HtmlElement) -> None:
    """Remove everything from the first introduction of a quote on."""
    for element, slot in _slots(root):
        text = getattr(element, slot)
        if (
            slot == "text"
            and element.tag in ("b", "strong")
            and _HEADER.fullmatch(text)
        ):
            start = 0
        elif match := _INTRODUCTION.search(text):
            start = match.start()
        else:
            continue
        setattr(element, slot, text[:start].rstrip() or None)
        _remove_after(element, inside=slot == "text")
        return


def _slots(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The places of text in the order in which they are read."""
    if root.text:
        yield root, "text"
    for child in root:
        yield from _slots(child)
        if child.tail:
            yield child, "tail"


def _remove_after(element: HtmlElement, inside: bool) -> None:
    """Remove what is read after an element's text, or after its tail."""
    if inside:
        for child in list(element):
            element.remove(child)
        element.tail = None if element.getparent() is not None else element.tail
    while (parent := element.getparent()) is not None:
        for sibling in list(element.itersiblings()):
            parent.remove(sibling)
        if parent.getparent() is not None:
            parent.tail = None
        element = parent


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
