"""Messages that WhatsApp approved beforehand, as Twilio keeps them.

https://www.twilio.com/docs/content/content-types-overview
"""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from ..errors import Refused
from ..tame import Node
from ..text import plain, to_html
from ..twilio import words
from ..types import Event, Message, Part, Template
from ..whatsapp import markup
from . import contents

PLACE = re.compile(r"\{\{\s*(\w{1,60})\s*\}\}")


def read(node: Node) -> Template | None:
    """One of the list; None if it has no id, or no text that we know, or is one of
    our questions."""
    sid, name = node.key("sid"), node.name("friendly_name")
    types = node.node("types")
    kind = next(iter(types.value), "")
    content = types.node(kind) if kind else Node({})
    body = content.text("body") or content.text("title") or content.text("subtitle")
    if not sid or not body or contents.key_of(node):
        return None
    approval = node.node("approval_requests")
    actions = content.nodes("actions") or content.nodes("items")
    titles = (action.name("title") or action.name("item") for action in actions)
    return Template(
        external_id=sid,
        name=name or sid,
        language=node.name("language") or "en",
        category=approval.name("category").lower(),
        status=approval.name("status").lower(),
        body=body,
        buttons=tuple(filter(None, titles)),
        variables=tuple(f"body:{place}" for place in _places(body)),
    )


def _places(text: str) -> list[str]:
    return list(dict.fromkeys(PLACE.findall(text)))


def next_page(page: Node) -> str:
    """Only path and query of what Twilio names; "" at the end."""
    url = urlsplit(page.node("meta").text("next_page_url"))
    path = f"{url.path}?{url.query}" if url.query else url.path
    return path if path.startswith("/v1/") else ""


def fill(template: Template, values: dict[str, str]) -> Part:
    """:raises Refused: not approved, or a value is missing"""
    if template.status not in ("approved", ""):
        names = {"name": template.name, "status": template.status}
        raise Refused(words.NOT_APPROVED, values=names)
    filled = {}
    for name in template.variables:
        value = (values.get(name) or "").strip()
        if not value:
            raise Refused(words.VARIABLE_MISSING, values={"name": name})
        filled[name.partition(":")[2]] = value
    text = PLACE.sub(lambda m: filled.get(m[1], m[0]), template.body)
    request = {"sid": template.external_id, "variables": filled}
    return Part("template", text, template=request)


def styled(event: Event) -> Event:
    """Customers write WhatsApp's marks, which Twilio hands on as they are."""
    if not isinstance(event, Message) or not event.text:
        return event
    runs = markup.read(event.text)
    return replace(event, text=plain(runs), html=to_html(runs))
