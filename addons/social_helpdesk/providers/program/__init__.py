"""The API channel: any program of one's own speaks with customers through it.

The interface is described in ``static/api/social-helpdesk-v1.yaml`` (OpenAPI 3.1).
"""

import base64
import binascii
import json
from typing import Any

from .. import register
from ..base import Provider
from ..errors import ProviderError, Refused, RetryLater, Uncertain
from ..http import MB, Http, Response
from ..planning import choose_kind, plan_parts
from ..tame import Node
from ..text import read_html, to_html
from ..types import (
    Account,
    Check,
    Connection,
    Credential,
    Download,
    Event,
    File,
    Limits,
    Media,
    Note,
    Part,
    RawEvent,
    Request,
    Sent,
    Upload,
)
from ..words import GONE, _
from . import guide, outgoing, signing, words
from .envelope import split
from .incoming import INLINE, parse

FILE = 10 * MB
KINDS = {
    "image/jpeg": "image",
    "image/png": "image",
    "image/webp": "image",
    "image/gif": "image",
    "audio/mpeg": "audio",
    "audio/mp4": "audio",
    "audio/ogg": "voice",
    "video/mp4": "video",
}


@register
class Program(Provider):
    code = "program"
    label = "API"
    has_receipts = True
    logs_deliveries = True
    can_react = True
    can_edit = True
    can_unsend = True
    can_mark_read = True
    shows = ("location", "contact")
    can_type = True
    receipt = ('{"ok": true}', "application/json")
    limits = Limits(
        text=65_536,
        caption=65_536,
        choices=50,
        choice=200,
        files=dict.fromkeys(("image", "audio", "video", "document"), FILE),
    )
    guide = guide.STEPS
    credentials = (
        Credential(
            "secret",
            _("Shared secret"),
            _("Your program signs with it, and so do we. Enter it there as well."),
            generate=True,
            copyable=True,
        ),
        Credential(
            "callback_url",
            _("Callback address"),
            _("Where your program takes answers; empty: it only brings messages."),
            secret=False,
            required=False,
        ),
    )
    notes = (*Provider.notes, *words.ALL)

    def __init__(self, account: Account, http: Http | None = None):
        super().__init__(account, http)
        # one address, and an administrator's, so it may lie in his own network
        self.api_url = self.api_url or account.settings.get("callback_url", "").strip()

    # --- webhook ----------------------------------------------------------------

    def verify(self, request: Request) -> None:
        signing.verify(self.setting("secret"), request.headers, request.body)

    def split(self, body: bytes) -> list[RawEvent]:
        return split(body)

    def parse(self, payload: dict[str, Any]) -> Event:
        return parse(payload)

    def fetch(self, media: Media) -> Download:
        if media.ref.startswith(INLINE):
            return Download(media.name, media.mime, _decoded(media.ref))
        if not media.ref:
            raise Refused(words.NO_FILE)
        file = self.http.download(media.ref, limit=2 * FILE)
        if file.status in (400, 401, 403, 404, 410):
            raise Refused(GONE, values={"status": str(file.status)})
        if file.status != 200:
            raise RetryLater(words.AGAIN, seconds=file.retry_after)
        mime = media.mime or file.headers.get("content-type", "")
        return Download(media.name, mime, file.body)

    # --- answers ----------------------------------------------------------------

    def plan(
        self, html: str, files: list[File], reply_to: str = "", thread: str = ""
    ) -> list[Part]:
        return plan_parts(
            read_html(html),
            files,
            reply_to,
            limits=self.limits,
            write=lambda runs: to_html(runs, newline="<br>"),
            size=None,
            kind_of=lambda f: choose_kind(f, KINDS, self.limits, self.label),
            captioned=("image", "audio", "voice", "video", "document"),
        )

    def send(
        self, part: Part, recipient: str, upload: Upload | None, correlation: str
    ) -> Sent:
        content = outgoing.message(part, recipient, upload)
        answer = self._call({**content, "id": correlation}, correlation, sends=True)
        return Sent(Node(answer.json).key("id") or correlation)

    # --- small signs ------------------------------------------------------------

    def mark_read(self, external_id: str, thread: str, token: str = "") -> None:
        self._sign("read", external_id, thread)

    def typing(self, external_id: str, thread: str) -> None:
        self._sign("typing", external_id, thread)

    def react(self, external_id: str, thread: str, emoji: str) -> None:
        self._sign("reaction", external_id, thread, emoji=emoji)

    def edit(self, external_id: str, thread: str, part: Part) -> None:
        written = outgoing.message(part, thread, None)
        said = {name: written[name] for name in ("text", "html") if name in written}
        self._sign("edit", external_id, thread, **said)

    def unsend(self, external_id: str, thread: str) -> None:
        self._sign("deletion", external_id, thread)

    def _sign(self, kind: str, message: str, thread: str, **more: str) -> None:
        self._call({"type": kind, "conversation": thread, "message": message, **more})

    # --- account ----------------------------------------------------------------

    def connect(self, webhook_url: str) -> Connection:
        return self.check()

    def check(self) -> Connection:
        """A ping that the program answers with any 2xx."""
        self.credential("secret")
        if not self.api_url:
            note = Note(words.ONE_WAY)
            return Connection(self.label, "", (note,), (_line(words.ANSWERS, note),))
        self._call({"type": "ping"})
        return Connection(self.label, self.api_url, checks=(_line(words.ANSWERS),))

    # --- requests ---------------------------------------------------------------

    def _call(
        self, content: dict[str, Any], identity: str = "", sends: bool = False
    ) -> Response:
        secret = self.credential("secret")
        if not self.api_url:
            raise Refused(words.NO_CALLBACK, alarm=True)
        body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Content-Type": "application/json", **signing.headers(secret, body)}
        if identity:
            headers["Idempotency-Key"] = identity
        try:
            answer = self.http.post(
                self.api_url, data=body, headers=headers, sends=sends
            )
        except Uncertain:
            answer = None
        if answer is None:
            # his promise in the description: one key is taken once
            raise RetryLater(words.UNCONFIRMED)
        if 200 <= answer.status < 300 or (answer.status == 409 and identity):
            return answer
        raise self._failure(answer)

    def _failure(self, answer: Response) -> ProviderError:
        code = str(answer.status)
        if answer.status in (408, 425, 429) or answer.status >= 500:
            return RetryLater(words.AGAIN, seconds=answer.retry_after, code=code)
        if answer.status in (401, 403):
            return Refused(words.FORBIDDEN, alarm=True, code=code)
        said = self.http.mask(Node(answer.json).text("error"))[:500]
        reason = said or words.NO_REASON % {"status": code}
        return Refused(words.REFUSED, code=code, values={"reason": reason})


def _decoded(ref: str) -> bytes:
    """:raises Refused: it is no base64"""
    try:
        return base64.b64decode(ref.removeprefix(INLINE), validate=True)
    except (binascii.Error, ValueError):
        raise Refused(words.BAD_FILE) from None


def _line(what: str, todo: Note | None = None) -> Check:
    return Check(Note(what), todo)
