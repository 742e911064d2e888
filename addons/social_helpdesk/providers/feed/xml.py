"""Items of RSS 2.0, 1.0 and Atom 1.0, also of documents that are slightly broken.

https://www.rssboard.org/rss-specification
https://www.rfc-editor.org/rfc/rfc4287
https://www.rssboard.org/media-rss
"""

import re
from html.entities import html5

from lxml import etree

from ..text import plain, read_html
from .item import Json, as_html, item, link

MEDIA = "http://search.yahoo.com/mrss/"
ROOTS = ("rss", "RDF", "feed")
# a charset that is declared wrongly is survived; what is broken beyond repair is
# read as far as possible (``recover``)
TRIES = ((None, False), ("utf-8", False), ("cp1252", False), (None, True))
REFERENCE = re.compile(rb"&(#?[0-9A-Za-z]{1,32};)?")
OWN = (b"amp;", b"lt;", b"gt;", b"quot;", b"apos;")  # all that XML knows by itself
DATES = ("published", "pubDate", "date", "issued", "updated", "modified")


def items(body: bytes, base: str) -> list[Json] | None:
    """None if it is no feed, or one with a document type of its own."""
    root = _root(body)
    if root is None or _name(root) not in ROOTS:
        return None
    nodes = (e for e in root.iter() if _name(e) in ("item", "entry"))
    return [_item(node, base) for node in nodes]


def _root(body: bytes):
    """No entity is ever expanded, no address of the document ever asked for."""
    if b"<!ENTITY" in body or b"<\x00!\x00E\x00N\x00T" in body:
        return None
    if b"\0" not in body:  # else every sign has two bytes or four
        body = REFERENCE.sub(_reference, body)
    for encoding, recover in TRIES:
        parser = etree.XMLParser(
            encoding=encoding,
            recover=recover,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        try:
            root = etree.fromstring(body.lstrip(), parser)
        except (etree.LxmlError, ValueError):
            continue
        if root is not None:
            kind = root.getroottree().docinfo.internalDTD
            return root if kind is None else None
    return None


def _reference(found: re.Match[bytes]) -> bytes:
    """HTML's entities and a stray "&" as numbers: after the first one that it does
    not know, the parser leaves out all others."""
    name = found[1] or b""
    if name.startswith(b"#") or name in OWN:
        return found[0]
    letters = html5.get(name.decode())
    numbers = "".join(f"&#{ord(c)};" for c in letters) if letters else "&#38;"
    return numbers.encode() + (b"" if letters else name)


def _item(node, feed: str) -> Json:
    base = link(node.base or "", feed) or feed
    one = _children(node)
    author = one.get("author", one.get("creator"))
    who = {_name(c): _said(c) for c in author} if author is not None else {}
    identity, links = _first(one, "id", "guid", "identifier"), _links(node)
    return item(
        base,
        id=identity or node.get(f"{{{node.nsmap.get('rdf', '')}}}about", ""),
        # a review in an app store has no page of its own, only a related one
        url=links.get("alternate")
        or _permalink(one, identity)
        or links.get("related", ""),
        title=_plain(one.get("title")),
        html=_body(node, one),
        author=who.get("name", "") if who else _said(author),
        author_id=who.get("uri") or who.get("email") or "",
        date=_first(one, *DATES),
        rating=_first(one, "rating"),
        files=_files(node, links),
    )


def _children(node) -> dict:
    """By name; the format's own words come before those of its extensions, which
    have a "content" and a "title" too."""
    one: dict = {}
    for child in sorted(node, key=lambda c: _space(c) != _space(node)):
        if _space(child) != MEDIA:
            one.setdefault(_name(child), child)
    return one


def _links(node) -> dict[str, str]:
    return {
        c.get("rel", "alternate"): (c.get("href") or c.text or "").strip()
        for c in sorted(node, key=lambda c: _space(c) == _space(node))[::-1]
        if _name(c) == "link" and (c.get("href") or c.text)
    }


def _permalink(one: dict, identity: str) -> str:
    guid = one.get("guid")
    said = guid is not None and guid.get("isPermaLink") != "false"
    return identity if said and identity.startswith("http") else ""


def _body(node, one: dict) -> str:
    for name in ("encoded", "content", "summary", "description"):
        if name in one and (said := _markup(one[name])):
            return said
    # a video's words stand in a group of its files
    return as_html(_said(node.find(f".//{{{MEDIA}}}description")))


def _markup(node) -> str:
    """RSS means HTML; Atom says what it means, and without a word means text."""
    kind = node.get("type", "text" if "Atom" in _space(node) else "html")
    if kind == "xhtml":
        return "".join(etree.tostring(c, encoding="unicode") for c in node)
    return as_html(_said(node)) if kind in ("text", "text/plain") else _said(node)


def _plain(node) -> str:
    return "" if node is None else plain(read_html(_markup(node)))


def _files(node, links: dict[str, str]) -> list[str]:
    found = [c.get("url", "") for c in node.iter() if _name(c) == "enclosure"]
    found += [c.get("url", "") for c in node.iter(f"{{{MEDIA}}}content")]
    return list(dict.fromkeys([*found, links.get("enclosure", "")]))


def _first(one: dict, *names: str) -> str:
    return next((s for n in names if n in one and (s := _said(one[n]))), "")


def _said(node) -> str:
    return "" if node is None else "".join(node.itertext()).strip()


def _name(node) -> str:
    """Not ``QName``: it refuses the names that a broken document can have."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _space(node) -> str:
    space = node.tag.rpartition("}")[0] if isinstance(node.tag, str) else ""
    return space.removeprefix("{")
