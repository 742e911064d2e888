"""What Twilio's documentation requires of a content that WhatsApp shows within the
24 hours, without approval.

https://www.twilio.com/docs/content/content-api-resources
"""

from typing import Any

from ..tame import obj, objs, text

TEXT, ID = 1024, 200
#: type -> (list, most, title's field, its characters, fields of an entry)
TYPES = {
    "twilio/quick-reply": ("actions", 3, "title", 20, {"type", "title", "id"}),
    "twilio/list-picker": ("items", 10, "item", 24, {"item", "id", "description"}),
    "twilio/call-to-action": ("actions", 2, "title", 20, {"type", "title", "url"}),
}
FIELDS = {"friendly_name", "language", "variables", "types"}


def problems(given: Any) -> list[str]:
    """Of the body of ``POST /v1/Content``; none when it is right."""
    body = obj(given)
    found = [f"{name} is not in the documentation" for name in set(body) - FIELDS]
    if not text(body.get("language")):
        found.append("language is required")
    types = obj(body.get("types"))
    if not types:
        found.append("types is required")
    for kind, content in types.items():
        found += _type(kind, obj(content)) if kind in TYPES else [f"{kind} is unknown"]
    return found


def _type(kind: str, content: dict[str, Any]) -> list[str]:
    field, most, *_rest = TYPES[kind]
    found = []
    if not 0 < len(text(content.get("body"))) <= TEXT:
        found.append(f"{kind}: body has 1 to {TEXT} characters")
    if kind == "twilio/list-picker" and not 0 < len(text(content.get("button"))) <= 20:
        found.append(f"{kind}: button has 1 to 20 characters")
    entries = objs(content.get(field))
    if not 1 <= len(entries) <= most:
        found.append(f"{kind}: 1 to {most} {field}")
    for entry in entries:
        found += _entry(kind, entry)
    return found


def _entry(kind: str, entry: dict[str, Any]) -> list[str]:
    _list, _most, title, length, fields = TYPES[kind]
    found = [
        f"{kind}: {name} is not in the documentation" for name in set(entry) - fields
    ]
    if not 0 < len(text(entry.get(title))) <= length:
        found.append(f"{kind}: {title} has 1 to {length} characters")
    needed = "url" if kind == "twilio/call-to-action" else "id"
    if not 0 < len(text(entry.get(needed))) <= (2048 if needed == "url" else ID):
        found.append(f"{kind}: {needed} is required")
    return found
