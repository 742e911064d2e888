"""Names what is public: comments on the account's media, mentions under others'.

https://developers.facebook.com/docs/graph-api/webhooks/reference/instagram
"""

from dataclasses import dataclass
from typing import Any

from ..meta.messenger import Changes, dig
from ..tame import key

Json = dict[str, Any]
COMMENT = "c:"  # c:<media>:<who wrote>
MENTION = "m:"  # m:<media>:<comment>, without a comment it is in the caption
COMMENTS = ("comments", "live_comments")
MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Mention:
    media: str
    comment: str = ""

    @classmethod
    def of(cls, thread: str) -> "Mention":
        media, _colon, comment = thread.removeprefix(MENTION).partition(":")
        return cls(media, comment)

    @property
    def thread(self) -> str:
        """Also its author's id until his name is asked for: it is not sent."""
        return key(f"{MENTION}{self.media}:{self.comment}")


def is_public(thread: str) -> bool:
    return thread.startswith((COMMENT, MENTION))


def media_of(thread: str) -> str:
    """Under which picture a comment stands."""
    return thread.removeprefix(COMMENT).rpartition(":")[0]


def mention_of(item: Json) -> Mention:
    return Mention(key(item.get("media_id")), key(item.get("comment_id")))


def _identity(field: str, item: Json) -> str:
    if field == MENTIONS:
        mention = mention_of(item)
        return mention.thread if mention.media else ""
    return key(item.get("id")) if field in COMMENTS else ""


def _thread(field: str, item: Json) -> str:
    if field == MENTIONS:
        mention = mention_of(item)
        return mention.thread if mention.media else ""
    media, who = dig(item, ("media", "id")), dig(item, ("from", "id"))
    return f"{COMMENT}{media}:{who}" if media and who else ""


CHANGES = Changes(_identity, _thread)
