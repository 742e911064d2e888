"""A third channel is one file: this is all of it."""

import hmac
from typing import Any

from providers import register
from providers.base import Provider
from providers.errors import Uncertain, Unverified
from providers.tame import Node, load, when
from providers.types import (
    Connection,
    Credential,
    Event,
    File,
    Kind,
    Limits,
    Message,
    Part,
    Person,
    RawEvent,
    Request,
    Sent,
    Upload,
)


@register
class Pigeon(Provider):
    code, label = "pigeon", "Pigeon Post"
    default_api_url = "https://pigeons.example"
    credentials = (Credential("ring", "Ring", "The number on the pigeon's ring."),)
    limits = Limits(text=100, caption=0)

    def verify(self, request: Request) -> None:
        ring = request.headers.get("x-ring", "")
        if not hmac.compare_digest(ring.encode(), self.setting("ring").encode()):
            raise Unverified("Not our pigeon.")

    def split(self, body: bytes) -> list[RawEvent]:
        note = load(body)
        item = Node(note)
        moment = when(item.raw("at"))
        return [RawEvent(item.key("id"), item.key("loft"), moment, note)]

    def parse(self, payload: dict[str, Any]) -> Event:
        note = Node(payload)
        loft, moment = note.need("loft"), note.when("at")
        text = note.text("text")
        return Message(note.need("id"), loft, Person(loft), moment, Kind.TEXT, text)

    def plan(self, html: str, files: list[File], reply_to: str = "") -> list[Part]:
        return [Part("text", html, reply_to=reply_to)]

    def send(
        self, part: Part, recipient: str, upload: Upload | None, correlation: str
    ) -> Sent:
        raise Uncertain("The pigeon is on its way.")

    def connect(self, webhook_url: str) -> Connection:
        return self.check()

    def check(self) -> Connection:
        return Connection("Loft", "roof 3")
