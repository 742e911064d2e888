"""WhatsApp through Twilio.

https://www.twilio.com/docs/whatsapp/api
"""

import json
from datetime import timedelta
from typing import Any

from .. import register
from ..http import MB, Http, Response
from ..planning import choose_kind, plan_parts
from ..tame import Node
from ..text import read_html
from ..twilio import TwilioProvider, faults
from ..types import Event, File, Limits, Part, Template, Upload
from ..whatsapp import markup
from . import guide, templates

CONTENT_URL = "https://content.twilio.com"
PAGE_LIMIT = 50  # of 100 templates
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

    def parse(self, payload: dict[str, Any]) -> Event:
        return templates.styled(super().parse(payload))

    def _content(self, part: Part, upload: Upload | None) -> dict[str, str]:
        if part.template:
            return {
                "ContentSid": part.template["sid"],
                "ContentVariables": json.dumps(part.template["variables"]),
            }
        return super()._content(part, upload)

    # --- templates --------------------------------------------------------------

    def templates(self) -> list[Template]:
        """https://www.twilio.com/docs/content/content-api-resources"""
        found, path = [], "/v1/ContentAndApprovals?PageSize=100"
        for _page in range(PAGE_LIMIT):
            page = Node(self._contents(path).json)
            read = map(templates.read, page.nodes("contents"))
            found += [template for template in read if template]
            path = templates.next_page(page)
            if not path:
                break
        return found

    def _contents(self, path: str) -> Response:
        """Templates lie at a host of their own; a gateway has both in one."""
        root = self.api_url if self._is_gateway() else CONTENT_URL
        http = Http(trusted=root, secrets=self.secrets())
        answer = http.get(root + path, headers=self._headers())
        if answer.status >= 300:
            raise faults.failure(answer, http)
        return answer

    def template_part(self, template: Template, values: dict[str, str]) -> Part:
        return templates.fill(template, values)
