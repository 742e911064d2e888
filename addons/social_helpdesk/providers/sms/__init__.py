"""SMS and MMS through Twilio.

https://www.twilio.com/docs/messaging
"""

from .. import register
from ..http import MB
from ..planning import choose_kind, plan_parts
from ..text import plain, read_html
from ..text.links import spelled
from ..twilio import TwilioProvider
from ..types import File, Limits, Part
from . import guide

KINDS = {"image/jpeg": "image", "image/png": "image", "image/gif": "image"}


@register
class Sms(TwilioProvider):
    code = "sms"
    label = "SMS"
    guide = guide.STEPS
    billed_by_segment = True
    limits = Limits(
        text=1600,
        caption=1600,
        files={"image": 5 * MB, "document": 5 * MB},
    )

    def plan(
        self, html: str, files: list[File], reply_to: str = "", thread: str = ""
    ) -> list[Part]:
        """Nothing can be quoted in an SMS."""
        return plan_parts(
            spelled(read_html(html)),
            files,
            "",
            limits=self.limits,
            write=plain,
            size=None,
            kind_of=lambda f: choose_kind(f, KINDS, self.limits, self.label),
            captioned=("image", "document"),
        )
