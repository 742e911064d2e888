"""WhatsApp through Twilio.

https://www.twilio.com/docs/whatsapp/api
"""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from .. import register
from ..choices import numbered
from ..errors import ProviderError, Refused
from ..http import MB, Http, Response
from ..planning import choose_kind, plan_parts
from ..tame import Node
from ..text import read_html
from ..twilio import TwilioProvider, faults, words
from ..types import Choice, Event, File, Limits, Part, Sent, Template, Upload
from ..whatsapp import markup
from ..whatsapp.outgoing import ROW_LABEL, ROWS
from . import contents, guide, templates

CONTENT_URL = "https://content.twilio.com"
PAGE_LIMIT = 50  # of 100 templates
FORGOTTEN = 200  # questions deleted at once: a minute's work
KINDS = {
    "image/jpeg": "image",
    "image/png": "image",
    "audio/mpeg": "audio",
    "audio/ogg": "voice",
    "audio/amr": "audio",
    "video/mp4": "video",
}


@register
class WhatsAppTwilio(TwilioProvider):
    code = "whatsapp_twilio"
    label = "WhatsApp (Twilio)"
    guide = guide.STEPS
    prefix = "whatsapp:"
    rich = True
    has_templates = True
    limits = Limits(
        text=1600,
        caption=1600,
        reply_window=timedelta(hours=24),
        choices=ROWS,
        choice=ROW_LABEL,
        files=dict.fromkeys(("image", "audio", "video", "document"), 16 * MB),
    )

    def plan(
        self, html: str, files: list[File], reply_to: str = "", thread: str = ""
    ) -> list[Part]:
        """Twilio lets nobody quote."""
        return plan_parts(
            markup.prepare(read_html(html)),
            files,
            "",
            limits=self.limits,
            write=markup.write,
            size=markup.size,
            kind_of=lambda f: choose_kind(f, KINDS, self.limits, self.label),
            captioned=("image", "video", "document"),
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
        if not parts[-1].choices or contents.fits(choices, parts[-1].text):
            return parts
        return self.plan(html + numbered(choices), [], reply_to, thread)

    def parse(self, payload: dict[str, Any]) -> Event:
        return templates.styled(super().parse(payload))

    def send(
        self, part: Part, recipient: str, upload: Upload | None, correlation: str
    ) -> Sent:
        """A question goes as a content; where Twilio takes none, as a text. It
        refuses before it sends, so the customer gets one of them."""
        if not part.choices:
            return super().send(part, recipient, upload, correlation)
        if sid := self._content_of(part):
            content = contents.as_content(part, sid)
            try:
                return super().send(content, recipient, upload, correlation)
            except Refused as error:
                if error.code not in contents.USELESS:
                    raise
            self.account.memory.pop(contents.key(part), None)
        return super().send(contents.as_text(part), recipient, upload, correlation)

    def _content_of(self, part: Part) -> str:
        """The number of a question's content, made when it is asked the first time;
        "" if Twilio refuses to. One that was made without our hearing of it is made
        again: it is seen by nobody.

        :raises RetryLater: nothing was made, or nobody knows
        """
        name = contents.key(part)
        if sid := self.account.memory.get(name):
            return sid
        try:
            made = self._contents("/v1/Content", contents.request(part))
        except Refused as error:
            if error.alarm:
                raise
            return ""
        sid = Node(made.json).key("sid")
        if sid:
            self.account.memory[name] = sid
        return sid

    def _content(self, part: Part, upload: Upload | None) -> dict[str, str]:
        if not part.template:
            return super()._content(part, upload)
        form = {"ContentSid": part.template["sid"]}
        if variables := part.template["variables"]:
            form["ContentVariables"] = json.dumps(variables)
        return form

    # --- templates --------------------------------------------------------------

    def templates(self) -> list[Template]:
        """https://www.twilio.com/docs/content/content-api-resources

        Our old questions, which lie among them, are deleted on the way.

        :raises Refused: there are more than are read; a part of them would look as
            if the others were deleted
        """
        found: list[Template] = []
        old: list[Node] = []
        path = "/v1/ContentAndApprovals?PageSize=100"
        for _page in range(PAGE_LIMIT):
            page = Node(self._contents(path).json)
            nodes = page.nodes("contents")
            found += filter(None, map(templates.read, nodes))
            old += filter(contents.is_old, nodes)
            path = templates.next_page(page)
            if not path:
                break
        self._forget(old[:FORGOTTEN])
        if path:
            limit = {"limit": str(PAGE_LIMIT * 100)}
            raise Refused(words.TOO_MANY_TEMPLATES, values=limit)
        return found

    def _forget(self, questions: list[Node]) -> None:
        """https://www.twilio.com/docs/content/content-api-resources

        Nothing hangs on it: what cannot be deleted today is deleted tomorrow, and
        what is asked again is made again.
        """
        for question in questions:
            sid = quote(question.key("sid"), safe="")
            try:
                self._contents(f"/v1/Content/{sid}", delete=True)
            except ProviderError:
                return
            self.account.memory.pop(contents.key_of(question), None)

    def _contents(
        self, path: str, made: dict[str, Any] | None = None, delete: bool = False
    ) -> Response:
        """Templates lie at a host of their own; a gateway has both in one.

        :param made: a new one
        """
        root = self.api_url if self._is_gateway() else CONTENT_URL
        http = Http(trusted=root, secrets=self.secrets())
        if made:
            answer = http.post(root + path, json=made, headers=self._headers())
        else:
            ask = http.delete if delete else http.get
            answer = ask(root + path, headers=self._headers())
        if answer.status >= 300:
            raise faults.failure(answer, http)
        return answer

    def template_part(self, template: Template, values: dict[str, str]) -> Part:
        return templates.fill(template, values)
