"""Telegram bots through the Bot API.

https://core.telegram.org/bots/api
"""

import hmac
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from .. import register
from ..base import EVERYWHERE, Provider
from ..errors import Refused, RetryLater, Uncertain, Unverified
from ..http import MB, Response
from ..planning import choose_kind, mime_type, plan_parts
from ..tame import Node
from ..text import read_html
from ..types import (
    PHONE,
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
from . import albums, contents, faults, guide, markup, outgoing, words
from .envelope import UPDATES, address, split
from .incoming import parse

TOKEN = re.compile(r"[0-9]{1,20}:[\w-]{1,100}", re.ASCII)
KINDS = {
    "image/jpeg": "image",
    "image/png": "image",
    "image/webp": "image",
    "audio/mpeg": "audio",
    "audio/mp4": "audio",
    "audio/ogg": "voice",
    "video/mp4": "video",
}
# kind -> method and the name of its file
METHODS = {
    "image": ("sendPhoto", "photo"),
    "audio": ("sendAudio", "audio"),
    "voice": ("sendVoice", "voice"),
    "video": ("sendVideo", "video"),
    "document": ("sendDocument", "document"),
}


@register
class Telegram(Provider):
    code = "telegram"
    label = "Telegram"
    default_api_url = "https://api.telegram.org"
    limits = Limits(
        text=4096,
        caption=1024,
        choices=outgoing.CHOICES,
        choice=outgoing.LABEL,
        files={
            "image": 10 * MB,
            "audio": 50 * MB,
            "video": 50 * MB,
            "document": 50 * MB,
        },
    )
    can_mark_read = True
    shows = ("location", "contact")
    can_type = True
    can_react = True
    reactions = outgoing.REACTIONS
    can_edit = True
    edits_captions = tuple(METHODS)
    can_unsend = True
    # only the customer's own card brings his number, which he logged in with: the
    # server puts his user id beside it
    # https://core.telegram.org/bots/api#contact
    proves = (PHONE,)
    # "unique identifier for this user", whichever bot he writes to
    # https://core.telegram.org/bots/api#user
    identity_scope = EVERYWHERE
    guide = guide.STEPS
    credentials = (
        Credential(
            "bot_token",
            _("Bot token"),
            _("@BotFather gives it to you: /newbot, or /token of an existing bot."),
        ),
        Credential(
            "webhook_secret",
            _("Webhook secret"),
            _("Letters, digits, _ and -. Telegram sends it with every message."),
            generate=True,
        ),
    )
    notes = (*Provider.notes, *words.ALL)

    # --- webhook ----------------------------------------------------------------

    def verify(self, request: Request) -> None:
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        wanted = self.setting("webhook_secret")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode()):
            raise Unverified("The secret token is missing or wrong.")

    def split(self, body: bytes) -> list[RawEvent]:
        return split(body)

    def parse(self, payload: dict[str, Any]) -> Event:
        return parse(payload)

    def receipt_for(self, body: bytes) -> tuple[str, str]:
        """A pressed button turns until the bot answers; the answer to the webhook
        can carry that.

        https://core.telegram.org/bots/api#making-requests-when-getting-updates
        """
        return outgoing.receipt(body) or super().receipt_for(body)

    def fetch(self, media: Media) -> Download:
        """Two steps: the id gives a path that lives at least an hour."""
        if contents.too_large(media.size):
            raise Refused(words.TOO_LARGE)
        answer = self._call("getFile", {"file_id": media.ref}, media=True)
        path = answer.text("file_path")
        if not path:
            raise RetryLater(words.AGAIN)
        url = f"{self.api_url}/file/bot{self._token()}/{quote(path)}"
        file = self.http.download(url, limit=contents.DOWNLOAD_LIMIT)
        if file.status in (400, 404):
            raise Refused(GONE, values={"status": str(file.status)})
        if file.status != 200:
            raise faults.failure(file, self.http)
        name = media.name or path.rpartition("/")[2]
        mime = media.mime or file.headers.get("content-type", "")
        return Download(name, mime, file.body)

    # --- answers ----------------------------------------------------------------

    def plan(
        self, html: str, files: list[File], reply_to: str = "", thread: str = ""
    ) -> list[Part]:
        parts = plan_parts(
            read_html(html),
            files,
            reply_to,
            limits=self.limits,
            write=markup.write,
            size=None,  # Telegram counts what remains without the tags
            kind_of=lambda f: choose_kind(f, KINDS, self.limits, self.label),
            captioned=tuple(METHODS),
        )
        return albums.gathered(parts, files)

    def send(
        self, part: Part, recipient: str, upload: Upload | None, correlation: str
    ) -> Sent:
        params = self._to(recipient)
        number = part.reply_to.rpartition(":")[2]
        if number.isascii() and number.isdigit():
            # the quoted message may be gone; the answer matters more
            params["reply_parameters"] = {
                "message_id": int(number),
                "allow_sending_without_reply": True,
            }
        if upload and part.album:
            return self._send_album(part, params, upload)
        sent = self._send(part, params, upload)
        chat, message = sent.node("chat").key("id"), sent.key("message_id")
        if not message:
            raise Uncertain(words.NO_MESSAGE_ID)
        return Sent(f"{chat or params['chat_id']}:{message}")

    def _send_album(self, part: Part, params: dict[str, Any], upload: Upload) -> Sent:
        media, files = albums.request(part, upload)
        try:
            answer = self._post("sendMediaGroup", params | media, files, sends=True)
        except Refused as error:
            refused = albums.refusal(error, upload)
        else:
            numbers = albums.numbers(answer.nodes("result"))
            if not numbers:
                raise Uncertain(words.NO_MESSAGE_ID)
            return Sent(numbers[0], album=tuple(numbers[1:]))
        raise refused

    def _send(self, part: Part, params: dict[str, Any], upload: Upload | None) -> Node:
        if part.choices:
            params["reply_markup"] = outgoing.keyboard(part.choices)
        if upload is None:
            method, content = outgoing.without_file(part)
            return self._call(method, {**params, **content}, sends=True)
        method, name = METHODS[part.kind]
        if part.text:
            params |= {"caption": part.text, "parse_mode": "HTML"}
        files = {name: (upload.name, upload.content, mime_type(upload.mime))}
        return self._call(method, params, files=files, sends=True)

    # --- small signs ------------------------------------------------------------

    def mark_read(self, external_id: str, thread: str, token: str = "") -> None:
        """Only a business account has read marks; a bot has none to give.

        https://core.telegram.org/bots/api#readbusinessmessage
        """
        params = self._of(external_id, thread)
        if "business_connection_id" in params:
            self._call(
                "readBusinessMessage", {**params, "chat_id": int(params["chat_id"])}
            )

    def typing(self, external_id: str, thread: str) -> None:
        """For five seconds: https://core.telegram.org/bots/api#sendchataction"""
        self._call("sendChatAction", {**self._to(thread), "action": "typing"})

    def react(self, external_id: str, thread: str, emoji: str) -> None:
        """https://core.telegram.org/bots/api#setmessagereaction"""
        params = self._of(external_id, thread)
        params.pop("business_connection_id", None)
        reaction = [{"type": "emoji", "emoji": emoji}] if emoji else []
        self._call("setMessageReaction", {**params, "reaction": reaction})

    def edit(self, external_id: str, thread: str, part: Part) -> None:
        """https://core.telegram.org/bots/api#editmessagetext
        https://core.telegram.org/bots/api#editmessagecaption
        """
        method, name = "editMessageText", "text"
        if part.kind in METHODS:
            method, name = "editMessageCaption", "caption"
        text = {name: part.text, "parse_mode": "HTML"}
        self._call(method, {**self._of(external_id, thread), **text})

    def unsend(self, external_id: str, thread: str) -> None:
        """Within 48 hours: https://core.telegram.org/bots/api#deletemessage"""
        params = self._of(external_id, thread)
        if connection := params.pop("business_connection_id", ""):
            ids = [params["message_id"]]
            params = {"business_connection_id": connection, "message_ids": ids}
            self._call("deleteBusinessMessages", params)
        else:
            self._call("deleteMessage", params)

    def _to(self, thread: str) -> dict[str, Any]:
        try:
            return address(thread)
        except ValueError:
            raise Refused(words.BAD_RECIPIENT) from None

    def _of(self, external_id: str, thread: str) -> dict[str, Any]:
        """The parameters that name a message. :raises Refused: it is none"""
        params = self._to(thread)
        params.pop("message_thread_id", None)
        number = external_id.rpartition(":")[2]
        if external_id.startswith("cb:") or not (number.isascii() and number.isdigit()):
            raise Refused(words.NOT_A_MESSAGE)
        return {**params, "message_id": int(number)}

    # --- account ----------------------------------------------------------------

    def connect(self, webhook_url: str) -> Connection:
        """https://core.telegram.org/bots/api#setwebhook"""
        self._bot()
        self._call(
            "setWebhook",
            {
                "url": webhook_url,
                "secret_token": self.credential("webhook_secret"),
                "allowed_updates": list(UPDATES),
            },
        )
        return self.check()

    def check(self) -> Connection:
        bot, info = self._bot(), self._call("getWebhookInfo", {})
        return Connection(
            bot.name("first_name"),
            f"@{bot.name('username')}",
            tuple(self._warnings(info)),
            tuple(self._checks(bot, info)),
        )

    def _bot(self) -> Node:
        return self._call("getMe", {})

    def _checks(self, bot: Node, info: Node) -> Iterator[Check]:
        """https://core.telegram.org/bots/api#webhookinfo"""
        yield Check(Note(words.TOKEN_WORKS))
        url, wanted = info.text("url"), self.account.webhook_url
        here = url and (not wanted or url == wanted)
        yield Check(Note(words.DELIVERED), None if here else Note(words.OTHER_WEBHOOK))
        told = list(self._troubles(info))
        yield Check(Note(words.ARRIVES), told[0] if told else None)
        given = info.raw("allowed_updates")
        missing = set(UPDATES) - set(given if isinstance(given, list) else UPDATES)
        names = {"names": ", ".join(sorted(missing))}
        todo = Note(words.UPDATES_MISSING, names) if missing else None
        yield Check(Note(words.UPDATES), todo)
        if bot.raw("can_read_all_group_messages") is False:
            yield Check(Note(words.PRIVACY))

    def _warnings(self, info: Node):
        if not info.text("url"):
            yield Note(words.OTHER_WEBHOOK)
        yield from self._troubles(info)

    def _troubles(self, info: Node):
        if said := info.text("last_error_message"):
            yield Note(words.LAST_ERROR, {"details": self.http.mask(said[:300])})
        pending = info.size("pending_update_count") or 0
        if pending > 100:
            yield Note(words.PENDING, {"count": str(pending)})

    # --- requests ---------------------------------------------------------------

    def _token(self) -> str:
        """Part of the path, so it has to be exactly a token."""
        token = self.credential("bot_token")
        if not TOKEN.fullmatch(token):
            raise Refused(words.TOKEN, alarm=True)
        return token

    def _call(
        self,
        method: str,
        params: dict[str, Any],
        files: Any = None,
        *,
        sends: bool = False,
        media: bool = False,
    ) -> Node:
        """The result of a method. :raises: as :mod:`.faults` says"""
        return self._post(method, params, files, sends=sends, media=media).node(
            "result"
        )

    def _post(
        self,
        method: str,
        params: dict[str, Any],
        files: Any = None,
        *,
        sends: bool = False,
        media: bool = False,
    ) -> Node:
        """The answer as a whole: a result may be a list. :raises: the same"""
        url = f"{self.api_url}/bot{self._token()}/{method}"
        if files:
            answer = self.http.post(url, data=_form(params), files=files, sends=sends)
        else:
            answer = self.http.post(url, json=params, sends=sends)
        return self._taken(answer, sends, media)

    def _taken(self, answer: Response, sends: bool, media: bool) -> Node:
        body = Node(answer.json)
        if answer.status == 200 and body.flag("ok"):
            return body
        # a gateway speaks for itself; and a "yes" that cannot be read is no "no"
        if sends and (
            answer.status in (502, 504) or (answer.status == 200 and not body)
        ):
            raise Uncertain(words.NO_MESSAGE_ID, code=str(answer.status))
        failure = faults.failure(answer, self.http)
        if media and answer.status == 400 and "too big" not in failure.details:
            raise Refused(GONE, values={"status": "400"})
        raise failure


def _form(params: dict[str, Any]) -> dict[str, str]:
    """A multipart form has texts only; objects go as JSON."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in params.items()
    }
