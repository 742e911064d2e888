"""Turns one item of a feed into a public message."""

from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import make_links_absolute

from ..tame import Node, digest
from ..text import one_line, plain, read_html, to_html
from ..types import About, Edit, Event, Kind, Message, Note, Person, RawEvent
from . import words

STARS = ("1", "2", "3", "4", "5")


def raw(item: dict[str, Any], number: int, edited: bool) -> RawEvent:
    """:param edited: an item that was taken before says something else now"""
    return RawEvent(
        external_id=f"{item['key']}:{item['state']}",
        thread=f"feed:{item['key']}",
        occurred_at=datetime.fromisoformat(item["date"]) if item["date"] else None,
        payload={**item, "edited": edited},
        sequence=number,
    )


def parse(payload: dict[str, Any]) -> Event:
    """:raises MalformedEvent: no ``key``"""
    item = Node(payload)
    key, url, title = item.need("key"), item.text("url"), item.name("title")
    runs = read_html(_absolute(item.text("html"), url))
    text, html = plain(runs).strip(), to_html(runs)
    if title and title != text:
        head = to_html(read_html(title.replace("&", "&amp;").replace("<", "&lt;")))
        text = f"{title}\n\n{text}".strip()
        html = f"<b>{head}</b><br><br>{html}" if html else f"<b>{head}</b>"
    who, thread = sender(item, url), f"feed:{key}"
    when = _when(item)
    if item.flag("edited"):
        event = f"{key}:{item.need('state')}"
        return Edit(event, key, thread, who, when, text, html)
    return Message(
        external_id=key,
        thread=thread,
        sender=who,
        occurred_at=when,
        kind=Kind.TEXT,
        text=text,
        html=html,
        notes=tuple(_notes(item)),
        public=True,
        about=About(url or key, title, url),
        url=url,
    )


def sender(item: Node, url: str) -> Person:
    """Authors of one site are told apart; without one it is the site itself."""
    try:
        host = one_line(urlsplit(url).hostname or "") or "feed"
    except ValueError:
        host = "feed"
    name, identity = item.name("author"), item.text("author_id")
    if not name and not identity:
        return Person(host, host)
    return Person(f"{host}:{digest(identity or name)[7:31]}", name or host)


def _absolute(html: str, url: str) -> str:
    """With the addresses of the page's own links written out."""
    if not url or "href" not in html.lower():
        return html
    try:
        return make_links_absolute(html, url, True, "ignore")
    except (etree.LxmlError, ValueError, AssertionError):
        return html


def _when(item: Node) -> datetime:
    """Now, where the page gives no date."""
    try:
        date = datetime.fromisoformat(item.text("date"))
        return date.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return datetime.now(timezone.utc)


def _notes(item: Node):
    rating = item.text("rating")
    if rating in STARS:
        yield Note(words.RATING, {"stars": rating})
    files = item.raw("files")
    for file in files if isinstance(files, list) else []:
        if isinstance(file, str) and file.startswith(("http://", "https://")):
            yield Note(words.ATTACHED, {"url": one_line(file, 2000)})
