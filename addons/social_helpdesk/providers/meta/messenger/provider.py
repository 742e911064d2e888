"""A channel of the Messenger Platform: what Facebook and Instagram do alike.

https://developers.facebook.com/docs/messenger-platform
"""

from dataclasses import replace
from typing import Any, ClassVar

from ...choices import numbered
from ...errors import Refused, Uncertain
from ...http import MB
from ...tame import Node
from ...types import (
    Check,
    Choice,
    Download,
    Event,
    Media,
    Note,
    Part,
    RawEvent,
    Sent,
    Upload,
)
from ...words import CANNOT_REACT, GONE, NO_SIGNS
from .. import words as meta_words
from ..graph import GraphProvider
from ..token import read_token
from . import words
from .envelope import Changes, split
from .incoming import Reader, read
from .sending import HUMAN_AGENT, content, fits

FILE = 25 * MB


class MessengerProvider(GraphProvider):
    """Its credentials are those of :class:`GraphProvider` and ``app_id``."""

    has_receipts = True
    can_hide = True
    can_reply_privately = True
    has_profiles = True
    has_posts = True
    can_mark_read = True
    can_type = True
    can_react = True
    changes: ClassVar[Changes]
    read_change: ClassVar[Reader]
    bad_recipient: ClassVar[str]
    permissions: ClassVar[tuple[str, ...]]
    notes = (*GraphProvider.notes, *words.ALL, *meta_words.ALL)

    # --- webhook ----------------------------------------------------------------

    def split(self, body: bytes) -> list[RawEvent]:
        return split(body, self.changes)

    def parse(self, payload: dict[str, Any]) -> Event:
        own = self.account.settings.get(self.address_credential, "")
        return read(payload, own, type(self).read_change)

    def fetch(self, media: Media) -> Download:
        """The link itself is the permission, for a while; no token goes along."""
        file = self.http.download(media.ref, limit=FILE)
        if file.status in (400, 403, 404, 410):
            raise Refused(GONE, values={"status": str(file.status)})
        if file.status != 200:
            raise self.fault_table.failure(file, self.http)
        mime = media.mime or file.headers.get("content-type", "")
        return Download(media.name, mime, file.body)

    # --- answers ----------------------------------------------------------------

    def ask(
        self,
        html: str,
        choices: tuple[Choice, ...],
        reply_to: str = "",
        thread: str = "",
    ) -> list[Part]:
        parts = super().ask(html, choices, reply_to, thread)
        if fits(parts[-1]):
            return parts
        return self.plan(html + numbered(choices), [], reply_to, thread)

    def reply_privately(self, external_id: str, part: Part, correlation: str) -> Sent:
        """In the direct chat; once for a comment, within seven days.

        https://developers.facebook.com/docs/messenger-platform/discovery/private-replies
        """
        to = {"comment_id": external_id}
        return self._message(replace(part, reply_to=""), to, None, correlation)

    def _message(
        self, part: Part, to: dict[str, str], upload: Upload | None, correlation: str
    ) -> Sent:
        """How long ago the customer wrote is not known here, and the tag is not
        allowed before 24 hours are over: so Meta is asked without it first. A
        question with answers to tap is a program's, for which it is never allowed.
        """
        request: dict[str, Any] = {
            "recipient": to,
            "message": self._content(part, upload, correlation),
        }
        if part.reply_to:
            request["reply_to"] = {"mid": part.reply_to}
        try:
            return self._deliver(request, upload)
        except Refused as error:
            if not error.window_closed or part.choices or "id" not in to:
                raise
            closed = error
        try:
            return self._deliver({**request, **HUMAN_AGENT}, upload)
        except Refused as error:
            # an app that Meta has not allowed the tag is not broken
            closed.details = error.details or closed.details
        raise closed

    def _content(
        self, part: Part, upload: Upload | None, correlation: str
    ) -> dict[str, Any]:
        return content(part)

    def _deliver(self, request: dict[str, Any], upload: Upload | None) -> Sent:
        return self._send(json=request)

    def _send(self, **form: Any) -> Sent:
        answer = self._post(f"{self._sender()}/messages", sends=True, **form)
        body = Node(answer.json)
        if not body.key("message_id"):
            raise Uncertain(self.no_message_id)
        return Sent(body.key("message_id"), recipient_id=body.key("recipient_id"))

    def _sender(self) -> str:
        """The account in a path: that of the token."""
        return "me"

    # --- small signs --------------------------------------------------------------

    @classmethod
    def reactions_of(cls, thread: str) -> tuple[str, ...] | None:
        return None if cls.is_public(thread) else super().reactions_of(thread)

    def mark_read(self, external_id: str, thread: str, token: str = "") -> None:
        """https://developers.facebook.com/docs/messenger-platform/send-messages/sender-actions"""
        self._sign(thread, "mark_seen")

    def typing(self, external_id: str, thread: str) -> None:
        self._sign(thread, "typing_on")

    def react(self, external_id: str, thread: str, emoji: str) -> None:
        if self.is_public(thread):
            raise Refused(CANNOT_REACT, values={"channel": self.label})
        payload = {"message_id": external_id}
        if emoji:
            payload["reaction"] = self._reaction(emoji)
        self._act(thread, "react" if emoji else "unreact", payload=payload)

    def _reaction(self, emoji: str) -> str:
        return emoji

    def _sign(self, thread: str, action: str) -> None:
        if self.is_public(thread):
            raise Refused(NO_SIGNS, values={"channel": self.label})
        self._act(thread, action)

    def _act(self, thread: str, action: str, **more: Any) -> None:
        if not thread:
            raise Refused(self.bad_recipient)
        request = {"recipient": {"id": thread}, "sender_action": action, **more}
        self._post(f"{self._sender()}/messages", json=request)

    # --- account ----------------------------------------------------------------

    def _app_headers(self) -> dict[str, str]:
        app, secret = self.credential("app_id"), self.credential("app_secret")
        return {"Authorization": f"Bearer {app}|{secret}"}

    def _subscribe_app(self, kind: str, fields: tuple[str, ...], url: str) -> None:
        """Meta calls ``url`` (the handshake) before this returns. It is the app's
        one address for all its accounts; each event finds its own.

        https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
        """
        subscription = {
            "object": kind,
            "callback_url": url,
            "verify_token": self.credential("verify_token"),
            "fields": ",".join(fields),
        }
        path = f"{self._path(self.credential('app_id'))}/subscriptions"
        answer = self.http.post(
            self._url(path), json=subscription, headers=self._app_headers()
        )
        self._accepted(answer)

    def _is_subscribed(self) -> bool:
        apps = Node(self._get(f"{self._sender()}/subscribed_apps").json)
        own = self.credential("app_id")
        return any(app.key("id") == own for app in apps.nodes("data"))

    def _token(self):
        """Lines about the token, and when it ends."""
        query = {"input_token": self.credential("access_token")}
        answer = self.http.get(self._url("debug_token"), query, self._app_headers())
        try:
            self._accepted(answer)
        except Refused:
            return (Check(Note(meta_words.APP), Note(meta_words.NOT_THE_APP)),), None
        return read_token(Node(answer.json), self.permissions)
