"""Questions whose answers are tapped, as Twilio wants them: made once as a content,
then sent by its number. Within the 24 hours they need no approval.

https://www.twilio.com/docs/content/twilio-quick-reply
https://www.twilio.com/docs/content/twiliolist-picker
https://www.twilio.com/docs/content/twilio-call-to-action
"""

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from ..choices import payload_of
from ..tame import Node, iso
from ..types import Choice, Part
from ..whatsapp.outgoing import BUTTON_TEXT, MENU, are_buttons

Json = dict[str, Any]
NAME = "Helpdesk question "  # what we made, among the templates of the account
KEPT = timedelta(days=14)  # then it is deleted at Twilio
LANGUAGE = "en"  # Twilio wants one; nobody sees it
LINK = 300  # characters; with more the text in its place would not fit either
LABEL = 20  # of a link's button
PLACEHOLDER = "{{"
# https://www.twilio.com/docs/api/errors: the content's number is not (any more)
# known, or the channel cannot show it. Nothing was sent.
USELESS = frozenset(("20404", "21655", "21656", "63013", "63028"))


def fits(choices: Sequence[Choice], text: str) -> bool:
    """Whether Twilio can show them: buttons, a list, or one link."""
    said = (text, *(choice.label for choice in choices))
    if not text or len(text) > BUTTON_TEXT or any(PLACEHOLDER in s for s in said):
        return False
    if any(choice.url for choice in choices):
        (first, *others) = choices
        return not others and len(first.label) <= LABEL and len(first.url) <= LINK
    return True


def types(part: Part) -> Json:
    """Answers are numbered by their place alone, so that the same question is the
    same content, whoever is asked."""
    first, *others = part.choices
    if first.url and not others:
        action = {"type": "URL", "title": first.label, "url": first.url}
        return {"twilio/call-to-action": {"body": part.text, "actions": [action]}}
    answers = [
        (choice.label, payload_of(replace(choice, id=str(place))))
        for place, choice in enumerate(part.choices, start=1)
    ]
    if are_buttons(part.choices):
        actions = [
            {"type": "QUICK_REPLY", "title": label, "id": number}
            for label, number in answers
        ]
        return {"twilio/quick-reply": {"body": part.text, "actions": actions}}
    items = [{"item": label, "id": number} for label, number in answers]
    return {"twilio/list-picker": {"body": part.text, "button": MENU, "items": items}}


def key(part: Part) -> str:
    """The same for the same question."""
    whole = json.dumps(types(part), sort_keys=True).encode()
    return hashlib.sha256(whole).hexdigest()[:32]


def request(part: Part) -> Json:
    """https://www.twilio.com/docs/content/content-api-resources#create-templates"""
    return {
        "friendly_name": NAME + key(part),
        "language": LANGUAGE,
        "variables": {},
        "types": types(part),
    }


def key_of(content: Node) -> str:
    """Of one in Twilio's list; "" if it is no question of ours."""
    name = content.name("friendly_name")
    return name.removeprefix(NAME) if name.startswith(NAME) else ""


def is_old(content: Node) -> bool:
    """Whether it is a question of ours that was made long ago."""
    if not key_of(content):
        return False
    try:
        made = iso(content.text("date_created")).timestamp()
    except (ValueError, OverflowError):
        return False
    return made < time.time() - KEPT.total_seconds()


def as_content(part: Part, sid: str) -> Part:
    return replace(part, choices=(), template={"sid": sid, "variables": {}})


def as_text(part: Part) -> Part:
    """Where Twilio takes no content: the answers with their numbers below."""
    answers = [choice.label for choice in part.choices if not choice.url]
    lines = [f"{place}. {label}" for place, label in enumerate(answers, start=1)]
    lines += [f"{choice.label}: {choice.url}" for choice in part.choices if choice.url]
    text = "\n".join((part.text, "", *lines))
    return replace(part, text=text, choices=())
