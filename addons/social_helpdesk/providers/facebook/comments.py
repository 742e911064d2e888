"""Understands what is written on a page in public: comments, visitors' posts,
reviews and mentions.

https://developers.facebook.com/docs/graph-api/webhooks/reference/page
"""

import re
from collections.abc import Callable

from ..tame import Node, when
from ..text import clean, to_html
from ..text.links import linked
from ..types import (
    About,
    Deletion,
    Edit,
    Event,
    Ignored,
    Kind,
    Media,
    Message,
    Note,
    Person,
)
from . import words
from .envelope import POSTS, message_id

LINK = ' target="_blank" rel="noopener noreferrer"'
NAMES = ("sender_name", "reviewer_name")
WEB = ("https://", "http://")
ID = re.compile(r"[0-9_]{1,100}")
RECOMMENDED = {"positive": words.RECOMMENDS, "negative": words.ADVISES_AGAINST}


def read_change(event: Node, item: Node) -> Event:
    reader = _FIELDS.get(event.text("field"))
    if not reader:
        name = event.name("field") or "?"
        return Ignored(event.need("id"), f"News of the page: “{name}”")
    return reader(event, item)


# --- the page's feed ----------------------------------------------------------------


def _feed(event: Node, item: Node) -> Event:
    kind, verb = item.text("item"), item.text("verb")
    if kind != "comment" and kind not in POSTS:
        return Ignored(event.need("id"), f"“{item.name('item') or '?'}” is no comment")
    if not _author(item):
        raise item.malformed("from")
    if _author(item) == event.key("page"):
        return Ignored(event.need("id"), "Written by the page itself")
    reader = _VERBS.get(verb)
    if not reader:
        return Ignored(event.need("id"), f"Comment: “{item.name('verb') or '?'}”")
    return reader(event, item)


def _added(event: Node, item: Node) -> Event:
    is_post = item.text("item") in POSTS
    notes = (Note(words.VISITOR_POST),) if is_post else ()
    return _message(event, item, item.text("message"), notes, not is_post)


def _edited(event: Node, item: Node) -> Event:
    text = clean(item.text("message"))
    return Edit(
        external_id=event.need("id"),
        target=_target(item),
        thread=event.need("thread"),
        sender=_person(item),
        occurred_at=_at(item),
        text=text,
        html=to_html(linked(text), link=LINK),
    )


def _removed(event: Node, item: Node) -> Event:
    return Deletion(
        external_id=event.need("id"),
        target=_target(item),
        thread=event.need("thread"),
        sender=_person(item),
        occurred_at=_at(item),
    )


def _target(item: Node) -> str:
    target = message_id(dict(item.value))
    if not target:
        raise item.malformed("comment_id")
    return target


_VERBS: dict[str, Callable[[Node, Node], Event]] = {
    "add": _added,
    "edited": _edited,
    "edit": _edited,
    "remove": _removed,
    "delete": _removed,
}


# --- reviews and mentions -----------------------------------------------------------


def _ratings(event: Node, item: Node) -> Event:
    if item.text("item") == "comment":
        return _feed(event, item)
    if item.text("item") != "rating" or item.text("verb") not in ("add", "edited"):
        return Ignored(event.need("id"), "A review was taken back")
    if item.text("verb") == "edited":
        edited = {**item.value, "message": item.text("review_text")}
        return _edited(event, Node(edited, item.path))
    return _message(event, item, item.text("review_text"), (_verdict(item),), False)


def _verdict(item: Node) -> Note:
    if said := RECOMMENDED.get(item.text("recommendation_type").lower()):
        return Note(said)
    rating = item.size("rating")
    return Note(words.STARS, {"rating": str(rating)}) if rating else Note(words.REVIEW)


def _mention(event: Node, item: Node) -> Event:
    if item.text("verb") not in ("add", ""):
        return Ignored(event.need("id"), "A mention was changed or taken back")
    return _message(event, item, item.text("message"), (Note(words.MENTION),), False)


_FIELDS: dict[str, Callable[[Node, Node], Event]] = {
    "feed": _feed,
    "ratings": _ratings,
    "mention": _mention,
}


# --- what all have ------------------------------------------------------------------


def _author(item: Node) -> str:
    return (
        item.node("from").key("id") or item.key("sender_id") or item.key("reviewer_id")
    )


def _person(item: Node) -> Person:
    names = (item.node("from").name("name"), *map(item.name, NAMES))
    name = next(filter(None, names), "")
    author = _author(item)
    if not author:
        raise item.malformed("from.id")
    return Person(author, name)


def _at(item: Node):
    return when(item.raw("created_time")) or Node({}).when("")


def _message(
    event: Node, item: Node, text: str, notes: tuple[Note, ...], under: bool
) -> Message:
    """:param under: whether it stands under a post of the page"""
    text = clean(text)
    media = _media(item)
    link = _link(item)
    if not message_id(dict(item.value)):
        raise item.malformed("comment_id")
    return Message(
        external_id=event.need("id"),
        thread=event.need("thread"),
        sender=_person(item),
        occurred_at=_at(item),
        kind=media[0].kind if media else Kind.TEXT,
        text=text,
        html=to_html(linked(text), link=LINK),
        media=media,
        reply_to=_parent(item),
        notes=notes,
        public=True,
        about=About(item.key("post_id"), url=link) if under else None,
        url=link,
    )


def _parent(item: Node) -> str:
    """A comment's parent is the post, unless it is an answer to a comment."""
    parent = item.key("parent_id")
    return parent if parent != item.key("post_id") else ""


def _link(item: Node) -> str:
    candidates = (
        item.text("permalink_url"),
        item.node("post").text("permalink_url"),
        item.text("link") if item.text("item") in POSTS else "",
    )
    found = next((url for url in candidates if url.startswith(WEB)), "")
    post = item.key("post_id")
    return found or (f"https://www.facebook.com/{post}" if ID.fullmatch(post) else "")


def _media(item: Node) -> tuple[Media, ...]:
    for name, kind in (("photo", Kind.IMAGE), ("video", Kind.VIDEO)):
        if item.text(name).startswith(WEB):
            return (Media(kind, item.text(name)),)
    return ()
