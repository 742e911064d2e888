"""WhatsApp Business through Meta's Cloud API, version 23.0.

https://developers.facebook.com/docs/whatsapp/cloud-api
"""

import re
from datetime import datetime, timedelta
from typing import Any

from .. import register
from ..choices import numbered
from ..errors import Refused, RetryLater, Uncertain
from ..http import MB, Response
from ..meta import GraphProvider
from ..meta import words as meta_words
from ..meta.token import read_token
from ..planning import choose_kind, mime_type, plan_parts
from ..tame import Node, key
from ..text import read_html
from ..types import (
    PHONE,
    Check,
    Choice,
    Connection,
    Credential,
    Download,
    Event,
    File,
    Limits,
    Media,
    Part,
    RawEvent,
    Sent,
    Template,
    Upload,
)
from ..words import GONE, _
from . import account, faults, guide, markup, templates, words
from .envelope import split
from .incoming import parse
from .outgoing import CAPTIONED, ROW_LABEL, ROWS, content, fits, reaction

# Meta's own hosts of media links: with the API's, the only ones that get the token
MEDIA_HOSTS = ("lookaside.fbsbx.com", ".fbcdn.net", "graph.facebook.com")
# what WhatsApp shows by itself; every other type goes as a document
# https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media
KINDS = {
    "image/jpeg": "image",
    "image/png": "image",
    "image/webp": "sticker",
    "audio/aac": "audio",
    "audio/mp4": "audio",
    "audio/mpeg": "audio",
    "audio/amr": "audio",
    "audio/ogg": "voice",
    "video/mp4": "video",
    "video/3gpp": "video",
}
# an invoice in XML is refused by its own type and accepted as the text it is; the
# customer gets it under its name
TEXTS = {"application/xml", "application/json", "application/xhtml+xml"}
BSUID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
NUMBER = re.compile(r"\+?[0-9]{7,15}")
PAGES = 60  # of 100 templates: WhatsApp allows 6,000 in an account at most


@register
class WhatsApp(GraphProvider):
    code = "whatsapp"
    label = "WhatsApp"
    has_templates = True
    has_receipts = True
    can_mark_read = True
    shows = ("location", "contact")
    can_type = True
    can_react = True
    # an account is opened with a code sent to the number
    # https://faq.whatsapp.com/684051319521343
    proves = (PHONE,)
    # a business-scoped user id is the same in one business portfolio; of that, the
    # business account is what is known here
    # https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids
    identity_scope = "waba_id"
    limits = Limits(
        text=4096,
        caption=1024,
        reply_window=timedelta(hours=24),
        choices=ROWS,
        choice=ROW_LABEL,
        files={
            "image": 5 * MB,
            "audio": 16 * MB,
            "video": 16 * MB,
            "document": 100 * MB,
            "sticker": 500 * 1024,
        },
    )
    guide = guide.STEPS
    credentials = (
        Credential(
            "access_token",
            _("Access token"),
            _(
                "A permanent token of a system user with the permissions "
                "whatsapp_business_messaging and whatsapp_business_management."
            ),
        ),
        Credential(
            "app_secret",
            _("App secret"),
            _("Meta app, App settings, Basic. Proves that a message is from Meta."),
        ),
        Credential(
            "phone_number_id",
            _("Phone number ID"),
            _("WhatsApp, API setup: the ID below the number, not the number."),
            secret=False,
        ),
        Credential(
            "waba_id",
            _("WhatsApp Business Account ID"),
            _("WhatsApp, API setup: beside the phone number ID."),
            secret=False,
        ),
        Credential(
            "verify_token",
            _("Verify token"),
            _("Any text. Meta repeats it when the webhook is registered."),
            generate=True,
            copyable=True,
        ),
    )
    notes = (
        *GraphProvider.notes,
        *meta_words.ALL,
        *words.ALL,
        *faults.SENTENCES,
    )
    fault_table = faults.WHATSAPP
    no_message_id = words.NO_MESSAGE_ID
    bad_parameter = faults.PARAMETER.text

    # --- webhook ----------------------------------------------------------------

    def split(self, body: bytes) -> list[RawEvent]:
        return split(body)

    def parse(self, payload: dict[str, Any]) -> Event:
        return parse(payload, self.account.settings)

    def fetch(self, media: Media) -> Download:
        """Two steps: the id gives a link that lives five minutes."""
        answer = self._media(media.ref)
        url = Node(answer.json).text("url")
        if not url:
            raise RetryLater(faults.AGAIN.text)
        limit = max(self.limits.files.values())
        file = self.http.download(url, self._headers(), limit, MEDIA_HOSTS)
        if file.status in (404, 410) or file.status == 400:
            raise Refused(GONE, values={"status": str(file.status)})
        if file.status != 200:
            raise self.fault_table.failure(file, self.http)
        mime = media.mime or file.headers.get("content-type", "")
        return Download(media.name, mime, file.body)

    # --- answers ----------------------------------------------------------------

    def plan(
        self, html: str, files: list[File], reply_to: str = "", thread: str = ""
    ) -> list[Part]:
        return plan_parts(
            markup.prepare(read_html(html)),
            files,
            reply_to,
            limits=self.limits,
            write=markup.write,
            size=markup.size,
            kind_of=lambda f: choose_kind(f, KINDS, self.limits, self.label),
            captioned=CAPTIONED,
        )

    def ask(
        self,
        html: str,
        choices: tuple[Choice, ...],
        reply_to: str = "",
        thread: str = "",
    ) -> list[Part]:
        """Up to three short answers are buttons, up to ten a list."""
        parts = super().ask(html, choices, reply_to, thread)
        if not parts[-1].choices or fits(choices, len(parts[-1].text), self.limits):
            return parts
        return self.plan(html + numbered(choices), [], reply_to, thread)

    def send(
        self, part: Part, recipient: str, upload: Upload | None, correlation: str
    ) -> Sent:
        request = {
            "messaging_product": "whatsapp",
            **address(recipient),
            **content(part, upload, upload and self._upload(upload)),
        }
        if part.reply_to:
            request["context"] = {"message_id": part.reply_to}
        if correlation:
            request["biz_opaque_callback_data"] = correlation[:512]
        answer = self._post(f"{self._number()}/messages", sends=True, json=request)
        sent, contact = (
            next(iter(Node(answer.json).nodes(name)), Node({}))
            for name in ("messages", "contacts")
        )
        if not sent.key("id"):
            raise Uncertain(words.NO_MESSAGE_ID)
        known_as = contact.key("wa_id") or contact.key("user_id")
        return Sent(sent.key("id"), recipient_id=known_as)

    def react(self, external_id: str, thread: str, emoji: str) -> None:
        """https://developers.facebook.com/docs/whatsapp/cloud-api/messages/reaction-messages"""
        self._sign({**address(thread), **reaction(external_id, emoji)})

    def mark_read(self, external_id: str, thread: str, token: str = "") -> None:
        """https://developers.facebook.com/docs/whatsapp/cloud-api/guides/mark-message-as-read"""
        self._sign({"status": "read", "message_id": external_id})

    def typing(self, external_id: str, thread: str) -> None:
        """For 25 seconds, or until the answer comes. It says "read" as well.

        https://developers.facebook.com/docs/whatsapp/cloud-api/typing-indicators
        """
        typing = {"typing_indicator": {"type": "text"}}
        self._sign({"status": "read", "message_id": external_id, **typing})

    def _sign(self, request: dict[str, Any]) -> None:
        request = {"messaging_product": "whatsapp", **request}
        self._post(f"{self._number()}/messages", json=request)

    def _upload(self, upload: Upload) -> str:
        """Its own request, before the message: what fails here was not sent."""
        mime = mime_type(upload.mime)
        if mime.startswith("text/") or mime in TEXTS:
            mime = "text/plain"
        answer = self.http.post(
            self._url(f"{self._number()}/media"),
            data={"messaging_product": "whatsapp", "type": mime},
            files={"file": (upload.name, upload.content, mime)},
            headers=self._headers(),
        )
        media_id = Node(self._accepted(answer).json).key("id")
        if not media_id:
            raise RetryLater(faults.AGAIN.text)
        return media_id

    # --- account ----------------------------------------------------------------

    def connect(self, webhook_url: str) -> Connection:
        """Meta calls ``webhook_url`` (the handshake) before this returns.

        Two requests: the address can be overridden only for who is subscribed. It
        is overridden for this number, not for the whole business account, which
        may have more numbers than ours.
        https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override/
        """
        self._post(f"{self._path(self.credential('waba_id'))}/subscribed_apps", json={})
        override = {
            "override_callback_uri": webhook_url,
            "verify_token": self.credential("verify_token"),
        }
        self._post(self._number(), json={"webhook_configuration": override})
        return self.check()

    def check(self) -> Connection:
        number = Node(self._get(self._number(), {"fields": account.FIELDS}).json)
        waba = self._path(self.credential("waba_id"))
        apps = Node(self._get(f"{waba}/subscribed_apps").json)
        token, expires_at = self._token()
        webhook = account.checks(
            number, bool(apps.nodes("data")), self.account.webhook_url
        )
        return Connection(
            name=number.name("verified_name"),
            address=number.name("display_phone_number"),
            warnings=tuple(account.warnings(number)),
            checks=(*token, *webhook),
            expires_at=expires_at,
            quality=number.name("quality_rating").upper(),
        )

    def _token(self) -> tuple[tuple[Check, ...], datetime | None]:
        """A token may ask about itself; one that may not says nothing about it.

        https://developers.facebook.com/docs/graph-api/reference/debug_token
        """
        query = {"input_token": self.credential("access_token")}
        try:
            answer = self._get("debug_token", query)
        except Refused:
            return (), None
        return read_token(Node(answer.json), account.PERMISSIONS)

    def templates(self) -> list[Template]:
        """https://developers.facebook.com/docs/graph-api/results

        :raises Refused: there are more than are read; a part of them would look as
            if the others were deleted
        """
        path = f"{self._path(self.credential('waba_id'))}/message_templates"
        found: dict[str, Template] = {}
        after = ""
        for _page in range(PAGES):
            params = {"limit": 100, **({"after": after} if after else {})}
            page = Node(self._get(path, params).json)
            for node in page.nodes("data"):
                if template := templates.read_template(node):
                    found[template.external_id] = template
            paging = page.node("paging")
            after, last = paging.node("cursors").text("after"), after
            # `next` has the token in it: only its presence is used
            if not paging.text("next") or after in ("", last):
                return list(found.values())
        raise Refused(words.TOO_MANY_TEMPLATES, values={"limit": str(PAGES * 100)})

    def template_part(self, template: Template, values: dict[str, str]) -> Part:
        return templates.fill(template, values)

    # --- requests ---------------------------------------------------------------

    def _number(self) -> str:
        return self._path(self.credential("phone_number_id"))

    def _media(self, identity: str) -> Response:
        url = self._url(self._path(identity))
        answer = self.http.get(url, None, self._headers())
        if answer.status in (400, 404):
            raise Refused(GONE, values={"status": str(answer.status)})
        return self._accepted(answer)


def address(recipient: str) -> dict[str, str]:
    """
    :param recipient: a telephone number, a business-scoped user id or a group's
    :raises Refused: empty
    """
    recipient = key(recipient)
    if not recipient:
        raise Refused(words.BAD_RECIPIENT)
    if NUMBER.fullmatch(recipient):
        return {"recipient_type": "individual", "to": recipient}
    if BSUID.fullmatch(recipient):
        return {"recipient_type": "individual", "recipient": recipient}
    return {"recipient_type": "group", "to": recipient}
