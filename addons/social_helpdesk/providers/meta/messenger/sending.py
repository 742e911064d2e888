"""The messages of the Send API.

https://developers.facebook.com/docs/messenger-platform/reference/send-api
"""

from typing import Any

from ...choices import payload_of
from ...types import Choice, Part

BUTTONS = 3  # of a template, https://developers.facebook.com/docs/messenger-platform/reference/templates/button
BUTTON_TEXT = 640
QUICK_REPLIES = 13
LABEL = 20  # characters
# An agent's own answer, up to seven days after the customer's last message:
# https://developers.facebook.com/docs/messenger-platform/send-messages/message-tags
HUMAN_AGENT = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}


def content(part: Part) -> dict[str, Any]:
    """A text with what can be tapped: links are buttons, answers quick replies."""
    if any(choice.url for choice in part.choices):
        buttons = [_button(choice) for choice in part.choices]
        payload = {"template_type": "button", "text": part.text, "buttons": buttons}
        return {"attachment": {"type": "template", "payload": payload}}
    if part.choices:
        replies = [
            {"content_type": "text", "title": c.label, "payload": payload_of(c)}
            for c in part.choices
        ]
        return {"text": part.text, "quick_replies": replies}
    return {"text": part.text}


def fits(part: Part) -> bool:
    """Whether the choices can be shown: a template with links holds less."""
    if not any(choice.url for choice in part.choices):
        return True
    return len(part.choices) <= BUTTONS and len(part.text) <= BUTTON_TEXT


def _button(choice: Choice) -> dict[str, str]:
    if choice.url:
        return {"type": "web_url", "title": choice.label, "url": choice.url}
    return {
        "type": "postback",
        "title": choice.label,
        "payload": payload_of(choice),
    }
