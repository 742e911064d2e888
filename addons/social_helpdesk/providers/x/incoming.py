"""Understands one event of X, brought by the webhook or asked for.

https://docs.x.com/x-api/account-activity/introduction#account-activity-data-object-structure
"""

from collections.abc import Callable, Mapping
from typing import Any

from ..tame import Node
from ..text import clean, to_html
from ..text.links import linked
from ..types import (
    About,
    AccountNotice,
    Deletion,
    Event,
    Ignored,
    Kind,
    Media,
    Message,
    Note,
    Person,
    Reaction,
    Status,
    Watermark,
)
from . import envelope, words

LINK = ' target="_blank" rel="noopener noreferrer"'
KINDS = {"photo": Kind.IMAGE, "video": Kind.VIDEO, "animated_gif": Kind.VIDEO}
ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def parse(payload: Any, settings: Mapping[str, str]) -> Event:
    """:raises MalformedEvent: with the path of what is wrong"""
    event = Node(payload)
    item = event.node("item")
    reader = _READERS.get(event.text("kind"))
    if not reader:
        return Ignored(event.need("id"), f"“{event.name('kind')}” is not a message")
    if not item:
        raise event.malformed("item")
    return reader(event, item, settings)


def _at(event: Node, item: Node):
    return envelope.moment_of(event.text("kind"), dict(item.value)) or item.when("")


def _person(user: Node, identity: str = "") -> Person:
    identity = identity or user.key("id_str") or user.need("id")
    handle = user.name("screen_name") or user.name("username")
    return Person(identity, user.name("name"), handle)


# --- direct messages ----------------------------------------------------------------


def _direct(event: Node, item: Node, settings: Mapping[str, str]) -> Event:
    own = event.key("own")
    create = item.node("message_create")
    if not create:
        name = item.name("type") or "?"
        return _unknown(event, item, name)
    sender = create.need("sender_id")
    app = settings.get("app_id", "").strip()
    if sender == own and app and create.key("source_app_id") == app:
        return Ignored(event.need("id"), "Sent from here")
    data = create.node("message_data")
    media = _media([data.node("attachment").node("media"), *data.nodes("media")])
    text = restored(data.text("text"), data.node("entities"), media)
    unknown = not text and not media
    other = event.need("thread") if sender == own else sender
    return Message(
        external_id=event.need("id"),
        thread=event.need("thread"),
        sender=_person(event.node("sender") if sender == other else Node({}), other),
        occurred_at=_at(event, item),
        kind=_kind(media, unknown),
        text=text,
        html=_html(text),
        media=tuple(found for _url, found in media),
        notes=(_unsupported(data),) if unknown else (),
        echo=sender == own,
        group=item.key("group"),
    )


def _unknown(event: Node, item: Node, name: str) -> Event:
    return Ignored(event.need("id"), f"Direct message event “{name}”")


def _unsupported(data: Node) -> Note:
    name = data.node("attachment").name("type") or "?"
    return Note(words.UNSUPPORTED, {"type": name})


def _read(event: Node, item: Node, settings: Mapping[str, str]) -> Event:
    if item.key("sender_id") == event.key("own"):
        return Ignored(event.need("id"), "Read by the account itself")
    at = _at(event, item)
    thread = event.need("thread")
    return Watermark(event.need("id"), thread, Status.READ, at, at)


# --- posts --------------------------------------------------------------------------


def _post(event: Node, item: Node, settings: Mapping[str, str]) -> Event:
    author = _person(item.need_node("user"))
    if author.id == event.key("own"):
        return Ignored(event.need("id"), "Posted by the account itself")
    if item.node("retweeted_status"):
        return Ignored(event.need("id"), "A post was passed on")
    long = item.node("extended_tweet") or item.node("note_tweet")
    shown = item.node("extended_entities") or item.node("entities")
    shown = long.node("extended_entities") or long.node("entities") or shown
    media = _media(shown.nodes("media"))
    body = long.text("full_text") or long.text("text") or item.text("full_text")
    entities = (long or item).node("entities")
    text = restored(body or item.text("text"), entities, media)
    parent = item.key("in_reply_to_status_id_str") or item.key("in_reply_to_status_id")
    return Message(
        external_id=event.need("id"),
        thread=event.need("thread"),
        sender=author,
        occurred_at=_at(event, item),
        kind=_kind(media, False),
        text=text,
        html=_html(text),
        media=tuple(found for _url, found in media),
        reply_to=parent,
        notes=tuple(_post_notes(event, item)),
        public=True,
        about=About(parent, url=link(parent)) if parent else None,
        url=link(event.need("id")),
    )


def _post_notes(event: Node, item: Node):
    quoted = item.key("quoted_status_id_str") or item.key("quoted_status_id")
    if quoted:
        yield Note(words.QUOTE, {"url": link(quoted)})
    if event.raw("blocked") in (True, "true"):
        yield Note(words.BLOCKED)


def link(post: str) -> str:
    safe = post.isascii() and post.isdigit()
    return f"https://x.com/i/status/{post}" if safe else ""


def _deleted(event: Node, item: Node, settings: Mapping[str, str]) -> Event:
    status = item.need_node("status")
    return Deletion(
        external_id=event.need("id"),
        target=status.need("id"),
        thread=event.need("thread"),
        sender=Person(status.need("user_id")),
        occurred_at=_at(event, item),
    )


def _liked(event: Node, item: Node, settings: Mapping[str, str]) -> Event:
    person = _person(item.need_node("user"))
    if person.id == event.key("own"):
        return Ignored(event.need("id"), "Liked by the account itself")
    post = item.need_node("favorited_status")
    return Reaction(
        external_id=event.need("id"),
        target=post.key("id_str") or post.need("id"),
        thread=event.need("thread"),
        sender=person,
        occurred_at=_at(event, item),
        emoji="❤",
    )


# --- the rest -----------------------------------------------------------------------


def _user_event(event: Node, item: Node, settings: Mapping[str, str]) -> Event:
    if item.node("revoke"):
        return AccountNotice(event.need("id"), words.REVOKED, "alarm")
    return Ignored(event.need("id"), f"News of the account: “{next(iter(item.value))}”")


def restored(text: str, entities: Node, media: list[tuple[str, Media]]) -> str:
    """With the addresses behind t.co, and without those of the files."""
    for url in entities.nodes("urls"):
        short, whole = url.text("url"), url.text("expanded_url")
        if short and whole.startswith(("https://", "http://")):
            text = text.replace(short, whole)
    for short, _media in media:
        text = text.replace(short, "") if short else text
    for escaped, sign in ESCAPED:
        text = text.replace(escaped, sign)
    return clean(text).strip()


def _html(text: str) -> str:
    return to_html(linked(text), link=LINK)


def _kind(media: list[tuple[str, Media]], unknown: bool) -> Kind:
    if unknown:
        return Kind.UNSUPPORTED
    return media[0][1].kind if media else Kind.TEXT


def _media(nodes: list[Node]) -> list[tuple[str, Media]]:
    """Each file with the short link that stands for it in the text."""
    found = []
    for node in nodes:
        ref, mime = _address(node)
        if ref:
            kind = KINDS.get(node.text("type"), Kind.DOCUMENT)
            found.append((node.text("url"), Media(kind, ref, mime)))
    return found


def _address(node: Node) -> tuple[str, str]:
    """A video's best form, else the picture."""
    forms = [
        form
        for form in (
            *node.node("video_info").nodes("variants"),
            *node.nodes("variants"),
        )
        if form.text("content_type") == "video/mp4" and form.text("url")
    ]
    if forms:
        rate = lambda form: form.size("bitrate") or form.size("bit_rate") or 0  # noqa: E731
        return max(forms, key=rate).text("url"), "video/mp4"
    url = node.text("media_url_https") or node.text("media_url")
    return (url if url.startswith("https://") else ""), ""


_READERS: dict[str, Callable[[Node, Node, Mapping[str, str]], Event]] = {
    envelope.DM: _direct,
    envelope.READ: _read,
    envelope.POST: _post,
    envelope.DELETED: _deleted,
    envelope.LIKED: _liked,
    "user_event": _user_event,
}
