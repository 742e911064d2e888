"""What is said: messages, their files, and the conversations they stand in."""

from dataclasses import dataclass, field
from typing import Any

#: A later, lower state never overwrites a higher one.
RANK = {"sending": 0, "sent": 1, "delivered": 2, "read": 3, "failed": 4}


@dataclass
class Media:
    """A file at the provider; ``id`` is WhatsApp's media id or Telegram's file id."""

    id: str
    content: bytes = field(repr=False)
    mime: str
    name: str
    sha256: str  # hexadecimal
    account_key: tuple[str, str]
    gone: bool = False

    def view(self) -> dict:
        return {
            "id": self.id,
            "url": f"/sandbox/media/{self.id}",
            "mime": self.mime,
            "name": self.name,
            "size": len(self.content),
            "sha256": self.sha256,
        }


@dataclass
class Message:
    """One bubble. ``direction`` is the business's: in = from the customer."""

    id: str
    direction: str
    kind: str
    time: float  # the provider's, seconds since 1970
    text: str = ""
    media: Media | None = None
    reply_to: str = ""
    #: who reacted: {"customer": "👍", "business": "🙏"}
    reactions: dict[str, str] = field(default_factory=dict)
    edited: bool = False
    deleted: bool = False
    status: str = "sending"
    uuid: str = ""  # biz_opaque_callback_data
    error: dict[str, Any] = field(default_factory=dict)
    #: what the kind needs beside the text: location, contacts, buttons,
    #: header, footer, template, entities
    extra: dict[str, Any] = field(default_factory=dict)
    #: the provider's own object, as sent or received
    raw: dict[str, Any] = field(default_factory=dict, repr=False)
    wants_read: bool = False

    def rise(self, status: str) -> bool:
        """Move up to ``status``; False when it is there or above already."""
        if RANK[status] <= RANK[self.status]:
            return False
        self.status = status
        return True

    def view(self) -> dict:
        """The phone's view, as the page and the tests read it."""
        return {
            "id": self.id,
            "direction": self.direction,
            "kind": self.kind,
            "text": self.text,
            "media": self.media.view() if self.media else None,
            "reply_to": self.reply_to or None,
            "reaction": next(iter(self.reactions.values()), None),
            "reactions": dict(self.reactions),
            "edited": self.edited,
            "deleted": self.deleted,
            "time": self.time,
            "status": self.status,
            "uuid": self.uuid or None,
            "error": self.error or None,
            **self.extra,
        }


@dataclass
class Conversation:
    """One customer with one account."""

    account_key: tuple[str, str]
    customer_id: str
    messages: list[Message] = field(default_factory=list)
    #: Telegram counts the messages of a chat, both directions together
    next_id: int = 1
    #: set by ``POST /sandbox/window``: True open, False closed, None by the clock
    window: bool | None = None

    def find(self, message_id: str) -> Message | None:
        return next((m for m in self.messages if m.id == message_id), None)

    def last_incoming(self) -> float:
        """Time of the customer's last message, 0 when he never wrote."""
        return max((m.time for m in self.messages if m.direction == "in"), default=0.0)

    def take_id(self) -> str:
        number, self.next_id = self.next_id, self.next_id + 1
        return str(number)
