"""Understands comments on the account's media, and mentions of the account.

https://developers.facebook.com/docs/instagram-platform/webhooks
"""

from collections.abc import Iterator

from ..meta.messenger import text_of
from ..tame import Node, when
from ..types import About, Event, Ignored, Kind, Message, Note, Person
from . import words
from .threads import COMMENTS, MENTIONS, mention_of


def read_change(event: Node, item: Node) -> Event:
    field = event.text("field")
    if field in COMMENTS:
        return _comment(event, item)
    if field == MENTIONS:
        return _mention(event, item)
    name = event.name("field") or "?"
    return Ignored(event.need("id"), f"News of the account: “{name}”")


def _comment(event: Node, item: Node) -> Event:
    """Edits and removals are not told; only what was written."""
    author, media = item.node("from"), item.node("media")
    who = author.need("id")
    if who in (event.key("page"), author.key("self_ig_scoped_id")):
        return Ignored(event.need("id"), "Written by the account itself")
    item.need("id")
    text, html = text_of(item.text("text"))
    username = author.name("username") or item.name("username")
    return Message(
        external_id=event.need("id"),
        thread=event.need("thread"),
        sender=Person(who, username, username),
        occurred_at=_at(event),
        kind=Kind.TEXT,
        text=text,
        html=html,
        reply_to=item.key("parent_id"),
        notes=tuple(_circumstances(event, media)),
        public=True,
        about=About(media.need("id")),
    )


def _circumstances(event: Node, media: Node) -> Iterator[Note]:
    if event.text("field") == "live_comments":
        yield Note(words.LIVE)
    if title := media.name("ad_title"):
        yield Note(words.ADVERTISED, {"title": title})


def _mention(event: Node, item: Node) -> Event:
    """Who wrote what is not in it: both are asked for in a job."""
    item.need("media_id")
    mention = mention_of(dict(item.value))
    where = words.MENTION_COMMENT if mention.comment else words.MENTION_CAPTION
    return Message(
        external_id=event.need("id"),
        thread=event.need("thread"),
        sender=Person(mention.thread),
        occurred_at=_at(event),
        kind=Kind.TEXT,
        notes=(Note(where),),
        public=True,
        about=About(mention.comment or mention.media),
    )


def _at(event: Node):
    """Of the delivery, in seconds or milliseconds: a comment has no time."""
    moment = event.whole("time") or 0
    return when(moment // 1000 if moment > 10**11 else moment) or Node({}).when("")
