"""X: direct messages, mentions and replies; X API v2, Account Activity API.

https://docs.x.com/x-api/introduction
"""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qsl, quote

from .. import register
from ..base import EVERYWHERE, Provider
from ..errors import Refused, Uncertain, Unverified
from ..http import MB, Response
from ..planning import mime_type, plan_parts
from ..tame import Node
from ..text import plain, read_html
from ..text.links import spelled
from ..types import (
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
    Polled,
    RawEvent,
    Request,
    Sent,
    Upload,
)
from ..words import GONE, _
from . import faults, guide, oauth, polling, weight, words
from .envelope import GROUP, PUBLIC, split
from .incoming import parse

COMPOSE = "https://twitter.com/messages/compose?recipient_id="
PICTURE = 5 * MB
PICTURES = ("image/jpeg", "image/png", "image/webp")
FILE = 100 * MB
PRIVATE = ("ton.twitter.com", "ton.x.com")
PAGES = 8  # of 100 each in one poll
BACK = timedelta(days=15)  # how far the first poll goes
PACE = timedelta(minutes=2)
POSTS = Limits(text=weight.POST, caption=weight.POST, files={"image": PICTURE})


@register
class X(Provider):
    code = "x"
    label = "X"
    default_api_url = "https://api.x.com"
    can_hide = True
    can_react = True
    # ids are "unique 64-bit unsigned integers" of X as a whole
    # https://docs.x.com/fundamentals/x-ids
    identity_scope = EVERYWHERE
    reactions = ("❤",)
    polls = True
    challenge_mime = "application/json"
    address_credential = "user_id"
    limits = Limits(text=10000, caption=10000, files={"image": PICTURE})
    guide = guide.STEPS
    credentials = (
        Credential(
            "consumer_key",
            _("API key"),
            _("X developer console, the app, Keys and tokens: the consumer key."),
            secret=False,
        ),
        Credential(
            "consumer_secret",
            _("API key secret"),
            _("Beside the API key. Proves that a message is from X."),
        ),
        Credential(
            "access_token",
            _("Access token"),
            _("Of the account, with permission to read, write and direct messages."),
        ),
        Credential(
            "access_token_secret",
            _("Access token secret"),
            _("Shown once, together with the access token."),
        ),
        Credential(
            "user_id",
            _("User ID"),
            _("The number of the account, which the access token begins with."),
            secret=False,
        ),
        Credential(
            "app_id",
            _("App ID"),
            _("Tells what was sent from here from what was written on X."),
            secret=False,
            required=False,
        ),
        Credential(
            "poll",
            _("Ask X for news"),
            _("“yes” for an account without access to webhooks; else leave it empty."),
            secret=False,
            required=False,
        ),
    )
    notes = (*Provider.notes, *words.ALL)

    @classmethod
    def is_public(cls, thread: str) -> bool:
        return thread.startswith(PUBLIC)

    @classmethod
    def limits_of(cls, thread: str) -> Limits:
        return POSTS if cls.is_public(thread) else cls.limits

    # --- webhook ----------------------------------------------------------------

    def handshake(self, request: Request) -> str:
        """https://docs.x.com/x-api/webhooks/introduction"""
        token = request.query.get("crc_token", "")
        if not token:
            raise Unverified("The challenge is missing.")
        return json.dumps({"response_token": self._digest(token.encode())})

    def verify(self, request: Request) -> None:
        given = request.headers.get("x-twitter-webhooks-signature", "")
        wanted = self._digest(request.body).encode()
        if not hmac.compare_digest(given.encode("utf-8", "replace"), wanted):
            raise Unverified("The signature is missing or wrong.")

    def _digest(self, data: bytes) -> str:
        secret = self.setting("consumer_secret").encode()
        digest = hmac.new(secret, data, hashlib.sha256).digest()
        return f"sha256={base64.b64encode(digest).decode()}"

    def split(self, body: bytes) -> list[RawEvent]:
        return split(body)

    def parse(self, payload: dict[str, Any]) -> Event:
        return parse(payload, self.account.settings)

    def fetch(self, media: Media) -> Download:
        """Files of direct messages are given to the account alone."""
        headers = {}
        if media.ref.startswith(tuple(f"https://{host}/" for host in PRIVATE)):
            url, _sep, _query = media.ref.partition("?")
            headers = self._headers("GET", url, _pairs(_query))
        file = self.http.download(media.ref, headers, FILE, PRIVATE)
        if file.status in (400, 403, 404, 410):
            raise Refused(GONE, values={"status": str(file.status)})
        if file.status != 200:
            raise faults.failure(file, self.http)
        mime = media.mime or file.headers.get("content-type", "")
        return Download(media.name, mime, file.body)

    # --- asking for news --------------------------------------------------------

    def poll(self, cursor: dict[str, Any]) -> Polled:
        if self.account.settings.get("poll", "").strip().lower() != "yes":
            return Polled((), cursor, timedelta(hours=1))
        own = self.credential("user_id")
        start = datetime.now(timezone.utc) - BACK
        params = dict(polling.MENTIONS)
        if since := str(cursor.get("post") or ""):
            params["since_id"] = since
        else:
            params["start_time"] = start.strftime("%Y-%m-%dT%H:%M:%SZ")
        if below := str(cursor.get("below") or ""):
            params["until_id"] = below
        path = f"users/{_path(own)}/mentions"
        found, whole = self._pages(path, params, polling.posts, "")
        seen = str(cursor.get("dm") or "")
        directs, _all = self._pages("dm_events", polling.DIRECT, polling.directs, seen)
        recent = [e for e in directs if not e.occurred_at or e.occurred_at >= start]
        top = _latest(found, str(cursor.get("top") or since))
        after = {"post": top, "dm": _latest(directs, seen)}
        if found and not whole:
            # the newest came first: the rest below them is asked for next
            oldest = min((e.external_id for e in found), key=_number)
            after |= {"post": since, "below": oldest, "top": top}
        return Polled((*found, *recent), after, PACE)

    def _pages(self, path: str, params, read, seen: str) -> tuple[list[RawEvent], bool]:
        """
        :param seen: stop at what is no newer
        :return: what is new, and whether that is all of it
        """
        events: list[RawEvent] = []
        params = dict(params)
        for _page in range(PAGES):
            page = Node(self._get(path, params).json)
            got = list(read(page, self.credential("user_id")))
            new = [e for e in got if _number(e.external_id) > _number(seen)]
            events += new
            token = page.node("meta").text("next_token")
            if not token or len(new) < len(got):
                return events, True
            params["pagination_token"] = token
        return events, False

    # --- answers ----------------------------------------------------------------

    def plan(
        self, html: str, files: list[File], reply_to: str = "", thread: str = ""
    ) -> list[Part]:
        public = self.is_public(thread)
        return plan_parts(
            spelled(read_html(html)),
            files,
            reply_to,
            limits=self.limits_of(thread),
            write=plain,
            size=weight.size if public else None,
            kind_of=_kind,
            captioned=("image",),
        )

    def send(
        self, part: Part, recipient: str, upload: Upload | None, correlation: str
    ) -> Sent:
        public = self.is_public(recipient)
        name = recipient.removeprefix(PUBLIC).removeprefix(GROUP)
        if not name.isascii() or not name.isdigit():
            raise Refused(words.BAD_RECIPIENT)
        if public and not part.reply_to:
            raise Refused(words.NO_TARGET)
        media = self._upload(upload, public) if upload else ""
        request: dict[str, Any] = {"text": part.text} if part.text else {}
        if public:
            request["reply"] = {"in_reply_to_tweet_id": part.reply_to}
            if media:
                request["media"] = {"media_ids": [media]}
            return self._say("tweets", request, "id")
        if media:
            request["attachments"] = [{"media_id": media}]
        place = name if recipient.startswith(GROUP) else f"with/{name}"
        return self._say(f"dm_conversations/{place}/messages", request, "dm_event_id")

    def _say(self, path: str, request: dict[str, Any], name: str) -> Sent:
        answer = self._post(path, request, sends=True)
        number = Node(answer.json).node("data").key(name)
        if not number:
            raise Uncertain(words.NO_MESSAGE_ID)
        return Sent(number)

    def _upload(self, upload: Upload, public: bool) -> str:
        """https://docs.x.com/x-api/media/upload-media"""
        url, mime = self._url("media/upload"), mime_type(upload.mime)
        answer = self.http.post(
            url,
            data={"media_category": "tweet_image" if public else "dm_image"},
            files={"media": (upload.name, upload.content, mime)},
            headers=self._headers("POST", url),
        )
        media = Node(self._accepted(answer).json).node("data").key("id")
        if not media:
            raise Refused(words.FILE, values={"name": upload.name})
        return media

    @classmethod
    def reactions_of(cls, thread: str) -> tuple[str, ...] | None:
        return super().reactions_of(thread) if cls.is_public(thread) else None

    def react(self, external_id: str, thread: str, emoji: str) -> None:
        if not self.is_public(thread) or emoji.rstrip("\ufe0f") != "❤":
            raise Refused(words.ONLY_LIKE)
        own = _path(self.credential("user_id"))
        self._post(f"users/{own}/likes", {"tweet_id": external_id})

    def hide(self, external_id: str, hidden: bool) -> None:
        """Of an answer under a post of the account."""
        url = self._url(f"tweets/{_path(external_id)}/hidden")
        headers = self._headers("PUT", url)
        self._accepted(self.http.put(url, json={"hidden": hidden}, headers=headers))

    def invitation(self) -> str:
        """At the end of a post X makes a button of it, "Send a private message".

        https://business.x.com/en/help/campaign-editing-and-optimization/public-to-private-conversation
        """
        own = self.account.settings.get("user_id", "").strip()
        return f"{COMPOSE}{_path(own)}" if own else ""

    # --- account ----------------------------------------------------------------

    def connect(self, webhook_url: str) -> Connection:
        """X calls ``webhook_url`` (the handshake) before this returns."""
        hooks = self._webhooks()
        hook = next((h for h in hooks if h.text("url") == webhook_url), None)
        if hook is None:
            made = Node(self._post("webhooks", {"url": webhook_url}).json)
            hook = made.node("data") or made
        path = f"account_activity/webhooks/{_path(hook.key('id'))}/subscriptions/all"
        if not self._subscribed(path):
            self._post(path, {})
        return self._connection(self._subscribed(path))

    def check(self) -> Connection:
        if self.account.settings.get("poll", "").strip().lower() == "yes":
            return self._connection(None)
        base = "account_activity/webhooks"
        paths = (
            f"{base}/{_path(h.key('id'))}/subscriptions/all" for h in self._webhooks()
        )
        return self._connection(any(map(self._subscribed, paths)))

    def _webhooks(self) -> list[Node]:
        """The list is the app's, which has a token of its own.

        https://docs.x.com/fundamentals/authentication/oauth-2-0/application-only
        """
        pair = (self.credential("consumer_key"), self.credential("consumer_secret"))
        basic = base64.b64encode(":".join(map(oauth.encode, pair)).encode()).decode()
        answer = self.http.post(
            f"{self.api_url}/oauth2/token",
            data={"grant_type": "client_credentials"},
            headers={"Authorization": f"Basic {basic}"},
        )
        token = Node(self._accepted(answer).json).text("access_token")
        headers = {"Authorization": f"Bearer {token}"}
        found = self.http.get(self._url("webhooks"), headers=headers)
        return Node(self._accepted(found).json).nodes("data")

    def _subscribed(self, path: str) -> bool:
        return Node(self._get(path).json).node("data").flag("subscribed")

    def _connection(self, subscribed: bool | None) -> Connection:
        """:param subscribed: None where the account asks by itself"""
        me = Node(self._get("users/me").json).node("data")
        checks = [Check(Note(words.TOKEN_WELL))]
        other = me.key("id") != self.credential("user_id")
        todo = Note(words.OTHER_USER, {"id": me.key("id")}) if other else None
        checks.append(Check(Note(words.SAME_USER), todo))
        if subscribed is not None:
            todo = None if subscribed else Note(words.NOT_SUBSCRIBED)
            checks.append(Check(Note(words.SUBSCRIBED), todo))
        warnings = tuple(check.todo for check in checks if check.todo)
        return Connection(
            me.name("name"), f"@{me.name('username')}", warnings, tuple(checks)
        )

    # --- requests ---------------------------------------------------------------

    def _url(self, path: str) -> str:
        return f"{self.api_url}/2/{path}"

    def _headers(
        self, method: str, url: str, params: dict[str, str] | None = None
    ) -> dict[str, str]:
        names = ("consumer_key", "consumer_secret", "access_token")
        values = map(self.credential, (*names, "access_token_secret"))
        keys = oauth.Keys(*values)
        return {"Authorization": oauth.header(method, url, params or {}, keys)}

    def _get(self, path: str, params: dict[str, str] | None = None) -> Response:
        url = self._url(path)
        headers = self._headers("GET", url, params)
        whole = f"{url}?{oauth.query(params)}" if params else url
        return self._accepted(self.http.get(whole, headers=headers))

    def _post(self, path: str, content: dict[str, Any], sends=False) -> Response:
        url = self._url(path)
        headers = self._headers("POST", url)
        answer = self.http.post(url, json=content, headers=headers, sends=sends)
        if sends and answer.status >= 500:
            raise Uncertain(words.NO_MESSAGE_ID, code=str(answer.status))
        return self._accepted(answer)

    def _accepted(self, answer: Response) -> Response:
        """:raises: as :mod:`.faults` says"""
        if answer.status >= 300:
            raise faults.failure(answer, self.http)
        return answer


def _path(value: str) -> str:
    return quote(value, safe="")


def _pairs(query: str) -> dict[str, str]:
    return dict(parse_qsl(query, keep_blank_values=True))


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() else 0


def _latest(events: list[RawEvent], before: str) -> str:
    return max((before, *(e.external_id for e in events)), key=_number)


def _kind(file: File) -> str:
    """:raises Refused: no picture, which is all that X is sent"""
    if mime_type(file.mime) not in PICTURES or not 0 < file.size <= PICTURE:
        raise Refused(words.FILE, values={"name": file.name})
    return "image"
