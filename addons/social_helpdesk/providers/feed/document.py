"""Reads RSS 2.0 and 1.0, Atom 1.0 and JSON Feed 1.1 into plain items.

https://www.jsonfeed.org/version/1.1/
"""

from datetime import datetime, timezone

from lxml import etree, html

from ..errors import MalformedBody, Refused
from ..tame import Node, load
from . import words, xml
from .item import Json, as_html, item, link

ITEMS = 500  # the newest; what is older than these was seen long ago
FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
BOM = b"\xef\xbb\xbf"


def read(body: bytes, base: str) -> list[Json]:
    """Oldest first, each once; one without a date is of now.

    :raises Refused: it is no feed, or one with a document type
    """
    body = body.lstrip(BOM + b" \t\r\n")
    found = _json(body, base) if body.startswith(b"{") else xml.items(body, base)
    if found is None:
        raise Refused(words.NOT_A_FEED, alarm=True)
    # most feeds begin with the newest item
    once = {item["key"]: item for item in reversed(found)}
    now = datetime.now(timezone.utc).isoformat()
    return sorted(once.values(), key=lambda i: i["date"] or now)[-ITEMS:]


def discovered(body: bytes, base: str) -> str:
    """The feed that a web page names, or ""."""
    try:
        page = html.document_fromstring(body)
        for element in page.iter("link"):
            named = element.get("type", "").strip().lower() in FEEDS
            if named and "alternate" in element.get("rel", "").lower():
                return link(element.get("href", ""), base)
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    return ""


def _json(body: bytes, base: str) -> list[Json] | None:
    try:
        feed = Node(load(body))
    except MalformedBody:
        return None
    known = isinstance(feed.raw("items"), list)
    return [_object(node, base) for node in feed.nodes("items")] if known else None


def _object(node: Node, base: str) -> Json:
    author = (node.nodes("authors") or [node.node("author")])[0]
    return item(
        base,
        id=node.raw("id"),
        url=node.text("url") or node.text("external_url"),
        title=node.raw("title"),
        html=node.text("content_html")
        or as_html(node.text("content_text") or node.text("summary")),
        author=author.raw("name"),
        author_id=author.raw("url"),
        date=node.text("date_published") or node.text("date_modified"),
        rating="",
        files=[file.raw("url") for file in node.nodes("attachments")],
    )
