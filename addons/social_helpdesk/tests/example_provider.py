"""A whole third channel: this file is all it takes.

``{"events": [{"id", "from", "text", "at", ...}]}``, signed with HMAC-SHA256.
The tests of the Odoo side run on it, so that they test the suite and not one
provider's oddities.
"""

import dataclasses
import hashlib
import hmac
import html
import json
from datetime import datetime, timedelta, timezone

from ..providers.base import Provider
from ..providers.errors import MalformedBody, MalformedEvent, Refused, Unverified
from ..providers.types import (
    PHONE,
    About,
    Card,
    Connection,
    Consent,
    Credential,
    Download,
    Kind,
    Limits,
    Media,
    Message,
    Moved,
    Note,
    Part,
    Person,
    RawEvent,
    Sent,
    Status,
    StatusUpdate,
    Watermark,
)


class Example(Provider):
    code = "example"
    label = "Example"
    credentials = (
        Credential("secret", "Secret"),
        Credential("page", "Page", secret=False, required=False),
    )
    address_credential = "page"
    limits = Limits(text=100, caption=100, reply_window=timedelta(hours=24))
    has_receipts = True
    proves = (PHONE,)
    identity_scope = "page"
    way_in = ""  # where a customer begins a private talk
    profiles: dict = {}
    posts: dict = {}
    polls = True
    polled: list = []  # what the next calls of ``poll`` do
    cursors: list = []  # what they were given
    outcomes: list = []  # what the next calls of ``send`` do
    sent: list = []
    files: dict = {}

    def verify(self, request):
        expected = sign(self.setting("secret"), request.body).encode()
        given = request.headers.get("x-signature", "").encode()
        if not hmac.compare_digest(expected, given):
            raise Unverified("Wrong signature")

    def split(self, body):
        try:
            events = json.loads(body)["events"]
        except (ValueError, KeyError, TypeError):
            raise MalformedBody("No events") from None
        return [
            RawEvent(
                external_id=e["id"],
                thread=e.get("thread") or e["from"],
                occurred_at=moment(e),
                payload={k: v for k, v in e.items() if k != "tokens"},
                sequence=e.get("seq", 0),
                address=e.get("page", ""),
                tokens=e.get("tokens", {}),
            )
            for e in events
        ]

    def parse(self, e):
        if e.get("bad"):
            raise MalformedEvent("Bad as ordered")
        if "status" in e:
            return StatusUpdate(
                e["of"], Status(e["status"]), moment(e), e.get("uuid", "")
            )
        return next((READERS[name](e) for name in READERS if name in e), message(e))

    def fetch(self, media):
        content = self.files[media.ref]
        if isinstance(content, Exception):
            raise content
        return Download(media.name, media.mime, content)

    def profile(self, person_id):
        return answered(self.profiles.get(person_id, Refused("Nobody")))

    def post(self, thread):
        return answered(self.posts.get(thread, Refused("Nothing")))

    def poll(self, cursor):
        self.cursors.append(cursor)
        return answered(self.polled.pop(0))

    def plan(self, html_body, files, reply_to="", thread=""):
        if len(html_body) > 5000:
            raise Refused("Too long")
        parts = [Part(kind="text", text=html_body, reply_to=reply_to)]
        return parts + [Part(kind="document", file=f.index) for f in files]

    def send(self, part, recipient, upload, correlation):
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if isinstance(outcome, Exception):
            raise outcome
        self.sent.append((part, recipient, upload, correlation))
        return Sent(f"out-{len(self.sent)}")

    def reply_privately(self, external_id, part, correlation):
        sent = self.send(part, f"private reply to {external_id}", None, correlation)
        return dataclasses.replace(sent, recipient_id="ana-in-private")

    def invitation(self):
        return self.way_in

    def connect(self, webhook_url):
        return Connection("Example Desk", "@example")

    check = connect_check = lambda self: Connection("Example Desk", "@example")


def answered(outcome):
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def sign(secret, body):
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def moment(e):
    at = e.get("at")
    return datetime.fromtimestamp(at, timezone.utc) if at else None


def watermark(e):
    at = datetime.fromtimestamp(e["read_until"], timezone.utc)
    return Watermark(e["id"], e["from"], Status.READ, at, moment(e))


def consent(e):
    sender, why = Person(e["from"]), Note("The customer wrote %(word)s.", {"word": "X"})
    return Consent(e["id"], e["from"], sender, moment(e), e["wants"], why)


def moved(e):
    return Moved(e["id"], e["thread"], e["moved_to"])


READERS = {"read_until": watermark, "wants": consent, "moved_to": moved}


def sender(e):
    return Person(
        e["from"],
        e.get("name", ""),
        e.get("username", ""),
        e.get("phone", ""),
        email=e.get("email", ""),
        proven=tuple(e.get("proven", ())),
    )


def message(e):
    text = e.get("text", "")
    return Message(
        external_id=e["id"],
        thread=e.get("thread") or e["from"],
        sender=sender(e),
        occurred_at=moment(e) or datetime.now(timezone.utc),
        kind=Kind(e.get("kind", "text")),
        text=text,
        html=html.escape(text),
        media=tuple(Media(Kind.IMAGE, ref) for ref in e.get("media", ())),
        reply_to=e.get("reply_to", ""),
        group=e.get("group", ""),
        echo=e.get("echo", False),
        choice=e.get("choice", ""),
        cards=tuple(Card(**card) for card in e.get("cards", ())),
        public=e.get("public", False),
        about=About(**e["about"]) if "about" in e else None,
    )
