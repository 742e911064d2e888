"""Turns what API v2 answers into what the webhook would have brought.

https://docs.x.com/x-api/posts/timelines/introduction
https://docs.x.com/x-api/direct-messages/lookup/introduction
"""

from collections.abc import Iterator
from typing import Any

from ..tame import Node
from . import envelope

MENTIONS = {
    "max_results": "100",
    "tweet.fields": "created_at,entities,note_tweet,referenced_tweets,attachments",
    "expansions": "author_id,attachments.media_keys",
    "media.fields": "type,url,preview_image_url,variants",
    "user.fields": "name,username",
}
DIRECT = {
    "max_results": "100",
    "event_types": "MessageCreate",
    "dm_event.fields": (
        "id,text,event_type,created_at,dm_conversation_id,sender_id,attachments,entities"
    ),
    "expansions": "sender_id,attachments.media_keys",
    "media.fields": "type,url,preview_image_url,variants",
    "user.fields": "name,username",
}
Json = dict[str, Any]


def posts(page: Node, own: str) -> Iterator[Any]:
    for number, post in enumerate(page.nodes("data")):
        yield envelope.raw(envelope.POST, _post(post, page), own, number, {})


def directs(page: Node, own: str) -> Iterator[Any]:
    for number, event in enumerate(page.nodes("data")):
        sender = event.key("sender_id")
        content = {"users": {sender: _included(page, "users", "id", sender)}}
        item = _direct(event, page, own)
        yield envelope.raw(envelope.DM, item, own, number, content)


def _included(page: Node, kind: str, name: str, value: str) -> Json:
    found = page.node("includes").nodes(kind)
    return next((dict(n.value) for n in found if n.key(name) == value), {})


def _media(node: Node, page: Node) -> list[Json]:
    keys = node.node("attachments").raw("media_keys")
    keys = keys if isinstance(keys, list) else []
    found = (_included(page, "media", "media_key", str(k)) for k in keys)
    return [
        {**m, "url": "", "media_url_https": m.get("url") or m.get("preview_image_url")}
        for m in found
        if m
    ]


def _post(post: Node, page: Node) -> Json:
    author = post.key("author_id")
    user = _included(page, "users", "id", author) or {"id": author}
    item = {
        "id_str": post.key("id"),
        "created_at": post.text("created_at"),
        "text": post.text("text"),
        "user": user,
        "entities": post.raw("entities"),
        "extended_entities": {"media": _media(post, page)},
        "note_tweet": post.raw("note_tweet"),
    }
    for other in post.nodes("referenced_tweets"):
        kind, number = other.text("type"), other.key("id")
        if kind == "replied_to":
            item["in_reply_to_status_id_str"] = number
        elif kind == "quoted":
            item["quoted_status_id_str"] = number
        elif kind == "retweeted":
            item["retweeted_status"] = {"id_str": number}
    return item


def _direct(event: Node, page: Node, own: str) -> Json:
    sender, talk = event.key("sender_id"), event.key("dm_conversation_id")
    people = talk.split("-")
    other = next((p for p in people if p != own), "") if len(people) == 2 else ""
    data = {
        "text": event.text("text"),
        "entities": event.raw("entities"),
        "media": _media(event, page),
    }
    return {
        "id": event.key("id"),
        "type": "message_create",
        "created_at": event.text("created_at"),
        "group": "" if other or not talk else talk,
        "message_create": {
            "sender_id": sender,
            "target": {"recipient_id": other if sender == own else own},
            "message_data": data,
        },
    }
