"""The methods with which a bot speaks.

https://core.telegram.org/bots/api#available-methods
"""

import time
from typing import Any

import requests

from ..accounts import TelegramAccount
from ..guard import is_loopback
from ..media import guess_mime
from ..messages import Conversation, Media, Message
from ..people import Customer
from ..tame import obj, objs
from ..tame import text as words
from ..world import World
from . import html, objects
from .errors import TelegramError, bad_request
from .params import PHOTO_LIMIT, UPLOAD_LIMIT, Params

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024

#: method -> (parameter that holds the file, our kind)
FILE_METHODS = {
    "sendphoto": ("photo", "image"),
    "senddocument": ("document", "document"),
    "sendvideo": ("video", "video"),
    "sendaudio": ("audio", "audio"),
    "sendvoice": ("voice", "voice"),
    "sendsticker": ("sticker", "sticker"),
}


class Call:
    """One call of one bot; ``params`` are checked as they are used."""

    def __init__(self, world: World, account: TelegramAccount, params: Params):
        self.world = world
        self.account = account
        self.params = params

    def chat(self) -> tuple[Customer, Conversation]:
        """:raises TelegramError: 400 a stranger, 403 the customer has blocked us"""
        chat_id = self.params.text("chat_id")
        if not chat_id:
            raise bad_request("chat_id is empty")
        for customer in self.world.customers.values():
            if str(customer.telegram_id) == chat_id:
                break
        else:
            raise bad_request("chat not found")
        conversation = self.world.conversation(self.account, customer)
        if not conversation.last_incoming():
            # a bot cannot open a conversation, only answer in one
            raise bad_request("chat not found")
        if "telegram" in customer.blocked:
            raise TelegramError(403, "Forbidden: bot was blocked by the user")
        return customer, conversation

    def formatted(
        self, name: str, limit: int, source: dict[str, Any] | None = None
    ) -> tuple[str, list[dict]]:
        """Text and entities of ``text`` or ``caption``, judged after parsing."""
        params = self.params if source is None else Params(source)
        text, mode = params.text(name), params.text("parse_mode").lower()
        entities = params.data(f"{name}_entities" if name != "text" else "entities")
        if mode == "html":
            text, entities = html.parse(text)
        elif mode:
            raise bad_request("unsupported parse_mode")
        if html.utf16(text) > limit:
            what = "message is too long" if name == "text" else "message caption is"
            raise bad_request(what if name == "text" else f"{what} too long")
        return text, objs(entities)

    def reply_to(self, conversation: Conversation) -> str:
        reply = self.params.data("reply_parameters") or {}
        if not isinstance(reply, dict):
            raise bad_request("can't parse reply parameters JSON object")
        wanted = words(reply.get("message_id"))
        if not wanted or conversation.find(wanted):
            return wanted
        if reply.get("allow_sending_without_reply"):
            return ""
        raise bad_request("message to be replied not found")

    def new(self, conversation: Conversation, kind: str, **more: Any) -> Message:
        extra = more.pop("extra", {})
        if markup := self.params.data("reply_markup"):
            extra |= {"reply_markup": markup, "buttons": _buttons(markup)}
        return Message(
            id="0",
            direction="out",
            kind=kind,
            time=time.time(),
            reply_to=self.reply_to(conversation),
            status="sent",
            extra=extra,
            raw=self.params.values,
            **more,
        )

    def put(
        self, customer: Customer, conversation: Conversation, message: Message
    ) -> dict:
        """On the phone it goes; returns the Message object of the answer."""
        message.id = conversation.take_id()
        conversation.messages.append(message)
        self.world.sent_by_business(conversation, message)
        self.world.show(conversation, message)
        return objects.message(
            self.account, customer, conversation, message, self.world.media
        )

    def file(self, name: str, value: Any = None) -> Media:
        """A file by upload, ``attach://``, file id or link.

        :raises TelegramError: none given, too large, not found
        """
        value = self.params.values.get(name) if value is None else value
        if isinstance(value, str) and value.startswith("attach://"):
            name = value.removeprefix("attach://")
            value = None
        if name in self.params.files and not value:
            return self._upload(name)
        if not isinstance(value, str) or not value:
            raise bad_request(f"there is no {name} in the request")
        if value.startswith(("http://", "https://")):
            return self._link(value)
        media = self.world.media.get(value)
        if media is None or media.account_key != self.account.key:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return media

    def _upload(self, name: str) -> Media:
        content, mime, filename = self.params.files[name]
        limit = PHOTO_LIMIT if name == "photo" else UPLOAD_LIMIT
        if len(content) > limit:
            raise TelegramError(413, "Request Entity Too Large")
        if not content:
            raise bad_request("file must be non-empty")
        mime = mime or guess_mime(filename)
        return self.world.media.add(self.account.key, content, mime, filename)

    def _link(self, link: str) -> Media:
        failed = bad_request("failed to get HTTP URL content")
        if not is_loopback(link):
            raise failed
        try:
            with requests.Session() as session:
                session.trust_env = False
                answer = session.get(link, timeout=5, allow_redirects=False)
        except requests.RequestException:
            raise failed from None
        if answer.status_code != 200:
            raise failed
        name = link.split("?", maxsplit=1)[0].rsplit("/", 1)[-1] or "file"
        mime = answer.headers.get("Content-Type") or guess_mime(name)
        return self.world.media.add(self.account.key, answer.content, mime, name)


def _buttons(markup: Any) -> list[dict]:
    keyboard = obj(markup).get("inline_keyboard")
    rows = keyboard if isinstance(keyboard, list) else []
    return [
        {
            "kind": "url" if words(b.get("url")) else "reply",
            "title": words(b.get("text")),
            "id": words(b.get("callback_data")),
            **({"url": words(b["url"])} if words(b.get("url")) else {}),
        }
        for row in rows
        for b in objs(row)
    ]


def send_message(call: Call) -> dict:
    customer, conversation = call.chat()
    text, entities = call.formatted("text", TEXT_LIMIT)
    if not text.strip():
        raise bad_request("message text is empty")
    extra = {"entities": entities}
    message = call.new(conversation, "text", text=text, extra=extra)
    return call.put(customer, conversation, message)


def send_file(call: Call, method: str) -> dict:
    customer, conversation = call.chat()
    name, kind = FILE_METHODS[method]
    caption, entities = call.formatted("caption", CAPTION_LIMIT)
    message = call.new(
        conversation,
        kind,
        text=caption,
        media=call.file(name),
        extra={"entities": entities},
    )
    return call.put(customer, conversation, message)


def send_location(call: Call) -> dict:
    customer, conversation = call.chat()
    latitude, longitude = map(call.params.number, ("latitude", "longitude"))
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong latitude or longitude specified")
    place = {
        "latitude": latitude,
        "longitude": longitude,
        "name": call.params.text("title"),
        "address": call.params.text("address"),
    }
    message = call.new(conversation, "location", extra={"location": place})
    return call.put(customer, conversation, message)


def send_contact(call: Call) -> dict:
    customer, conversation = call.chat()
    phone, first = call.params.text("phone_number"), call.params.text("first_name")
    if not phone:
        raise bad_request("phone number is empty")
    if not first:
        raise bad_request("first name is empty")
    last = call.params.text("last_name")
    name = {
        "first_name": first,
        "last_name": last,
        "formatted_name": f"{first} {last}".strip(),
    }
    card = {"name": name, "phones": [{"phone": phone}]}
    message = call.new(conversation, "contact", extra={"contacts": [card]})
    return call.put(customer, conversation, message)


def send_media_group(call: Call) -> list[dict]:
    """Two to ten files in one album, all or none."""
    customer, conversation = call.chat()
    items = call.params.data("media")
    if not isinstance(items, list) or not 2 <= len(items) <= 10:
        raise bad_request("media group must include 2-10 items")
    types = {words(item.get("type")) for item in objs(items)}
    for alone in ("audio", "document"):
        if alone in types and len(types) > 1:
            raise bad_request(f"{alone} can't be mixed with other media types")
    album = str(13_000_000_000 + next(call.world.serial))
    return [
        call.put(customer, conversation, message)
        for message in [_album_item(call, conversation, i, album) for i in items]
    ]


def _album_item(
    call: Call, conversation: Conversation, item: Any, album: str
) -> Message:
    kinds = {kind: ours for kind, ours in FILE_METHODS.values()}
    if not isinstance(item, dict) or words(item.get("type")) not in kinds:
        raise bad_request("can't parse InputMedia: type must be non-empty")
    caption, entities = call.formatted("caption", CAPTION_LIMIT, item)
    return call.new(
        conversation,
        kinds[item["type"]],
        text=caption,
        media=call.file("media", item.get("media")),
        extra={"entities": entities, "media_group_id": album},
    )
