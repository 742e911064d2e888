"""LINE official accounts through the Messaging API v2.

https://developers.line.biz/en/reference/messaging-api/
"""

import base64
import hashlib
import hmac
import re
import uuid
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from .. import register
from ..base import EVERYWHERE, Provider
from ..errors import ProviderError, Refused, RetryLater, Uncertain, Unverified
from ..http import MB, Response
from ..planning import choose_kind, plan_parts
from ..tame import Node
from ..text import plain, read_html
from ..text.links import spelled
from ..types import (
    Connection,
    Credential,
    Download,
    Event,
    File,
    Limits,
    Media,
    Part,
    Person,
    RawEvent,
    Request,
    Sent,
    Upload,
)
from ..words import GONE, NO_PROFILE, NO_SIGNS, _
from . import checks, faults, guide, outgoing, words
from .envelope import split
from .incoming import parse

DATA_HOST = "api-data.line.me"
KINDS = {
    **dict.fromkeys(outgoing.PICTURES, "image"),
    **dict.fromkeys(outgoing.SOUNDS, "audio"),
}
# LINE lets customers send more; a file is in memory as a whole
FILE = 100 * MB
QUOTE = "quotetoken"  # in the place that LINE says is wrong, in lower case
TYPING = 20  # seconds, a multiple of 5; an answer ends it sooner
CHAT = re.compile(r"[UCR][0-9a-f]{32}")
# LINE names a minute; what the way there takes is ours
REPLY_SECONDS = 50
RETRY_KEYS = uuid.UUID("6f1c2b52-7f0e-5a0c-9a37-0c5b1f6f2d11")


@register
class Line(Provider):
    code = "line"
    label = "LINE"
    default_api_url = "https://api.line.me"
    has_profiles = True
    takes_links = True
    can_mark_read = True
    can_type = True
    # ids of 128 bits, "issued different values for each provider": which provider an
    # account is of is not known here, but two with the same id are of the same
    # https://developers.line.biz/en/docs/messaging-api/getting-user-ids/
    identity_scope = EVERYWHERE
    reply_seconds = REPLY_SECONDS
    shows = ("location",)
    limits = Limits(
        text=5000,
        caption=0,
        choices=13,
        choice=20,
        files={
            "image": outgoing.PICTURE,
            "audio": FILE,
            "document": FILE,
        },
    )
    guide = guide.STEPS
    credentials = (
        Credential(
            "access_token",
            _("Channel access token"),
            _("LINE Developers Console, the channel, Messaging API: a long-lived one."),
        ),
        Credential(
            "channel_secret",
            _("Channel secret"),
            _(
                "LINE Developers Console, the channel, Basic settings. Proves that a "
                "message is from LINE."
            ),
        ),
    )
    notes = (*Provider.notes, *words.ALL)

    # --- webhook ----------------------------------------------------------------

    def verify(self, request: Request) -> None:
        """https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/"""
        secret = self.setting("channel_secret").encode()
        wanted = base64.b64encode(
            hmac.new(secret, request.body, hashlib.sha256).digest()
        )
        given = request.headers.get("x-line-signature", "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), wanted):
            raise Unverified("The signature is missing or wrong.")

    def split(self, body: bytes) -> list[RawEvent]:
        return split(body)

    def parse(self, payload: dict[str, Any]) -> Event:
        return parse(payload)

    def fetch(self, media: Media) -> Download:
        """https://developers.line.biz/en/reference/messaging-api/#get-content"""
        if media.ref.startswith(("https://", "http://")):  # another bot's file
            file = self.http.download(media.ref, limit=FILE)
        else:
            file = self._content(media.ref, "content")
        if file.status == 202:
            raise self._unready(media.ref)
        if file.status in (400, 403, 404, 410):
            raise Refused(GONE, values={"status": str(file.status)})
        if file.status != 200:
            raise faults.failure(file, self.http)
        mime = media.mime or file.headers.get("content-type", "")
        return Download(media.name, mime, file.body)

    def _content(self, message: str, what: str) -> Response:
        """Files lie at a host of their own; a gateway has both in one."""
        own = self.api_url != self.default_api_url
        root = self.api_url if own else f"https://{DATA_HOST}"
        url = f"{root}/v2/bot/message/{quote(message, safe='')}/{what}"
        return self.http.download(url, self._headers(), FILE, (DATA_HOST,))

    def _unready(self, message: str) -> ProviderError:
        """https://developers.line.biz/en/reference/messaging-api/#verify-video-or-audio-preparation-status"""
        state = self._content(message, "content/transcoding").json.get("status")
        if state == "failed":
            return Refused(words.NOT_PREPARED)
        return RetryLater(words.NOT_READY)

    def profile(self, person_id: str) -> Person:
        """A friend of the account, or for who is not known in it, his group.

        https://developers.line.biz/en/reference/messaging-api/#get-profile
        """
        if not CHAT.fullmatch(person_id) or person_id.startswith("R"):
            raise Refused(NO_PROFILE, values={"channel": self.label})
        if person_id.startswith("C"):
            group = Node(self._get(f"group/{person_id}/summary").json)
            return Person(person_id, group.name("groupName"))
        found = Node(self._get(f"profile/{person_id}").json)
        language = found.name("language")
        return Person(person_id, found.name("displayName"), language=language)

    # --- answers ----------------------------------------------------------------

    def plan(
        self, html: str, files: list[File], reply_to: str = "", thread: str = ""
    ) -> list[Part]:
        return plan_parts(
            spelled(read_html(html)),
            files,
            reply_to,
            limits=self.limits,
            write=plain,
            size=None,
            kind_of=lambda f: choose_kind(f, KINDS, self.limits, self.label),
            captioned=(),
        )

    def send(
        self, part: Part, recipient: str, upload: Upload | None, correlation: str
    ) -> Sent:
        """As a reply, which is free, where the customer's message is new enough;
        else pushed, which counts against the month's quota.

        A message that is quoted may have been taken back: the answer matters more.
        """
        if not CHAT.fullmatch(recipient):
            raise Refused(words.BAD_RECIPIENT)
        self.http.hide(*part.tokens.values())
        try:
            return self._send(part, recipient, upload, correlation)
        except Refused as error:
            if "quote" not in part.tokens or QUOTE not in error.details.lower():
                raise
        tokens = {k: v for k, v in part.tokens.items() if k != "quote"}
        return self._send(replace(part, tokens=tokens), recipient, upload, correlation)

    def _send(
        self, part: Part, recipient: str, upload: Upload | None, correlation: str
    ) -> Sent:
        messages = outgoing.messages(part, upload)
        answer = None
        if token := part.tokens.get("reply"):
            answer = self._reply(messages, token)
        if not answer:
            answer = self._push({"to": recipient, "messages": messages}, correlation)
        sent = Node(answer.json).nodes("sentMessages")
        number = sent[-1].key("id") if sent else ""
        number = number or answer.headers.get("x-line-accepted-request-id", "")
        if not number:
            raise Uncertain(words.NO_MESSAGE_ID)
        return Sent(number)

    def _reply(self, messages: list[dict[str, Any]], token: str) -> Response | None:
        """None: the token is used up or too old, and LINE says so by taking nothing.
        Then a push may follow, and only then: LINE refuses a retry key on a reply,
        so after an answer that was lost or a fault of LINE's own nobody knows.

        https://developers.line.biz/en/reference/messaging-api/#send-reply-message
        https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
        """
        request = {"replyToken": token, "messages": messages}
        url, headers = self._url("message/reply"), self._headers()
        answer = self.http.post(url, json=request, headers=headers, sends=True)
        if answer.status == 200:
            return answer
        said = self.http.mask(faults.details(answer.json))
        if answer.status == 400 and faults.BAD_REPLY_TOKEN in said.lower():
            return None
        if answer.status >= 500:
            code = str(answer.status)
            raise Uncertain(words.NO_MESSAGE_ID, code=code, details=said)
        raise faults.failure(answer, self.http)

    def _push(self, request: dict[str, Any], correlation: str) -> Response:
        """The retry key makes LINE take a message once, however often it is sent.

        https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
        """
        url, headers, failure = self._url("message/push"), self._headers(), None
        safe = bool(correlation)  # it can be sent again without arriving twice
        if safe:
            headers["X-Line-Retry-Key"] = str(uuid.uuid5(RETRY_KEYS, correlation))
        try:
            answer = self.http.post(url, json=request, headers=headers, sends=True)
        except Uncertain as error:
            failure = RetryLater(words.UNCONFIRMED) if safe else error
        if failure:
            raise failure
        if answer.status == 200 or (answer.status == 409 and safe):
            return answer
        if answer.status >= 500:
            unsure = RetryLater if safe else Uncertain
            text = words.UNCONFIRMED if safe else words.NO_MESSAGE_ID
            said = self.http.mask(faults.details(answer.json))
            raise unsure(text, code=str(answer.status), details=said)
        raise faults.failure(answer, self.http)

    def mark_read(self, external_id: str, thread: str, token: str = "") -> None:
        """Where the account's chat is on; else LINE does it by itself.

        https://developers.line.biz/en/docs/messaging-api/mark-as-read/
        """
        if not token:
            raise Refused(NO_SIGNS, values={"channel": self.label})
        self.http.hide(token)
        self._post("chat/markAsRead", {"markAsReadToken": token})

    def typing(self, external_id: str, thread: str) -> None:
        """In a chat with one customer only.

        https://developers.line.biz/en/reference/messaging-api/#display-a-loading-indicator
        """
        if not CHAT.fullmatch(thread) or not thread.startswith("U"):
            raise Refused(NO_SIGNS, values={"channel": self.label})
        self._post("chat/loading/start", {"chatId": thread, "loadingSeconds": TYPING})

    # --- account ----------------------------------------------------------------

    def connect(self, webhook_url: str) -> Connection:
        """LINE calls ``webhook_url`` before this returns.

        https://developers.line.biz/en/reference/messaging-api/#set-webhook-endpoint-url
        """
        endpoint, path = {"endpoint": webhook_url}, "channel/webhook/endpoint"
        headers = self._headers()
        self._accepted(self.http.put(self._url(path), json=endpoint, headers=headers))
        test = Node(self._post("channel/webhook/test", endpoint).json)
        return self._connection(webhook_url, test)

    def check(self) -> Connection:
        return self._connection()

    def _connection(self, webhook_url: str = "", test: Node | None = None):
        bot = Node(self._get("info").json)
        endpoint = self.http.get(
            self._url("channel/webhook/endpoint"), headers=self._headers()
        )
        if endpoint.status != 404:  # there is none yet
            self._accepted(endpoint)
        found = checks.of(
            Node(endpoint.json),
            webhook_url,
            test,
            quota=Node(self._get("message/quota").json),
            used=Node(self._get("message/quota/consumption").json),
            mask=self.http.mask,
        )
        warnings = tuple(check.todo for check in found if check.todo)
        name, address = bot.name("displayName"), bot.name("basicId")
        return Connection(name, address, warnings, found)

    # --- requests ---------------------------------------------------------------

    def _url(self, path: str) -> str:
        return f"{self.api_url}/v2/bot/{path}"

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.credential('access_token')}"}

    def _get(self, path: str) -> Response:
        return self._accepted(self.http.get(self._url(path), headers=self._headers()))

    def _post(self, path: str, content: dict[str, Any]) -> Response:
        return self._accepted(
            self.http.post(self._url(path), json=content, headers=self._headers())
        )

    def _accepted(self, answer: Response) -> Response:
        """:raises: as :mod:`.faults` says"""
        if answer.status >= 300:
            raise faults.failure(answer, self.http)
        return answer
