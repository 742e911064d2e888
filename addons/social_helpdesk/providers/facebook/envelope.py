"""Tells a page's public events apart.

https://developers.facebook.com/docs/graph-api/webhooks/reference/page
"""

from typing import Any

from ..meta.messenger import Changes, dig
from ..tame import key

Json = dict[str, Any]
# of a change: where the one stands who did it
WHO = (("from", "id"), ("sender_id",), ("reviewer_id",))
PUBLIC = "c:"
POSTS = ("post", "status", "photo", "video", "share", "album", "event")
WRITTEN = ("comment", "rating", *POSTS)


def message_id(item: Json) -> str:
    """Of what somebody wrote in public: a comment, a post, a review."""
    names = ("comment_id", "post_id", "open_graph_story_id")
    return next(filter(None, (key(item.get(name)) for name in names)), "")


def _identity(_field: str, item: Json) -> str:
    """Not of a reaction: it names the comment that it stands on."""
    is_new = item.get("verb") == "add" and item.get("item") in WRITTEN
    return message_id(item) if is_new else ""


def _thread(_field: str, item: Json) -> str:
    """The post and the customer."""
    who = next(filter(None, (dig(item, path) for path in WHO)), "")
    post = key(item.get("post_id")) or key(item.get("open_graph_story_id"))
    return f"{PUBLIC}{post}:{who}" if post and who else ""


CHANGES = Changes(_identity, _thread)
