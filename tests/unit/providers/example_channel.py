"""A third channel is one file: this is all of it."""

import hmac
from typing import Any

from providers import register
from providers import types as t
from providers.base import Provider
from providers.errors import Uncertain, Unverified
from providers.tame import Node, load, when


@register
class Pigeon(Provider):
    code, label = "pigeon", "Pigeon Post"
    default_api_url = "https://pigeons.example"
    credentials = (t.Credential("ring", "Ring", "The number on the pigeon's ring."),)
    limits = t.Limits(text=100, caption=0)

    def verify(self, request: t.Request) -> None:
        ring = request.headers.get("x-ring", "")
        if not hmac.compare_digest(ring.encode(), self.setting("ring").encode()):
            raise Unverified("Not our pigeon.")

    def split(self, body: bytes) -> list[t.RawEvent]:
        note = load(body)
        item = Node(note)
        moment = when(item.raw("at"))
        return [t.RawEvent(item.key("id"), item.key("loft"), moment, note)]

    def parse(self, payload: dict[str, Any]) -> t.Event:
        note = Node(payload)
        loft, moment = note.need("loft"), note.when("at")
        text = note.text("text")
        return t.Message(
            note.need("id"), loft, t.Person(loft), moment, t.Kind.TEXT, text
        )

    def plan(
        self, html: str, files: list[t.File], reply_to: str = "", thread: str = ""
    ) -> list[t.Part]:
        return [t.Part("text", html, reply_to=reply_to)]

    def send(
        self, part: t.Part, recipient: str, upload: t.Upload | None, correlation: str
    ) -> t.Sent:
        raise Uncertain("The pigeon is on its way.")

    def connect(self, webhook_url: str) -> t.Connection:
        return self.check()

    def check(self) -> t.Connection:
        return t.Connection("Loft", "roof 3")
