"""Message templates: the list, and what the customer sees of one.

https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates
"""

import json
import re
from pathlib import Path
from typing import Any

from ..tame import obj, objs, text
from .errors import GraphError

TEMPLATES: list[dict[str, Any]] = [
    {"parameter_format": "POSITIONAL", **template}
    for template in json.loads(
        (Path(__file__).parent / "templates.json").read_text("utf-8")
    )
]
_VARIABLE = re.compile(r"\{\{\s*\w+\s*\}\}")


def find(name: str, language: str) -> dict[str, Any]:
    """An approved template.

    :raises GraphError: 132001, as for one that was never approved
    """
    for template in TEMPLATES:
        wanted = (template["name"], template["language"]) == (name, language)
        if wanted and template["status"] == "APPROVED":
            return template
    raise GraphError(
        132001,
        f"template name ({name}) does not exist in {language}",
    )


def render(sent: dict[str, Any]) -> dict[str, Any]:
    """What the phone shows: ``{"text", "header", "footer", "buttons", "media"}``.

    ``media`` is the header's ``{"id"}`` or ``{"link"}`` object, or None.

    :param sent: the ``template`` object of the request
    :raises GraphError: unknown template, or variables that do not fit it
    """
    language = obj(sent.get("language"))
    template = find(str(sent.get("name")), str(language.get("code")))
    given = _given(objs(sent.get("components")))
    shown: dict[str, Any] = {
        "text": "",
        "header": "",
        "footer": "",
        "buttons": [],
        "media": None,
    }
    for component in template["components"]:
        kind = component["type"].lower()
        if kind == "header" and component["format"] != "TEXT":
            shown["media"] = _header_media(component["format"].lower(), given)
        elif kind == "buttons":
            shown["buttons"] = _buttons(component["buttons"], given)
        else:
            key = {"body": "text"}.get(kind, kind)
            shown[key] = _fill(component["text"], given.get(kind, []), kind)
    return shown


def _given(components: list[dict]) -> dict[str, list[dict]]:
    given: dict[str, list[dict]] = {}
    for component in components:
        kind = text(component.get("type")).lower()
        if kind == "button":
            kind = f"button{component.get('index')}"
        given[kind] = objs(component.get("parameters"))
    return given


def _fill(words: str, parameters: list[dict], where: str) -> str:
    """Put the values in. Every variable needs one, and none may be left over."""
    expected = len(_VARIABLE.findall(words))
    if expected != len(parameters):
        raise GraphError(
            132000,
            f"{where}: number of localizable_params ({len(parameters)}) does not "
            f"match the expected number of params ({expected})",
        )
    values = iter(parameters)
    return _VARIABLE.sub(lambda _: _value(next(values), where), words)


def _value(parameter: dict, where: str) -> str:
    kind = parameter.get("type")
    if kind in ("currency", "date_time"):
        return text(obj(parameter.get(kind)).get("fallback_value"))
    words = text(parameter.get("text"))
    if not words or re.search(r"[\n\t]| {5,}", words):
        raise GraphError(
            132012,
            f"{where}: a parameter cannot be empty, nor have new-line or tab "
            "characters or more than 4 consecutive spaces",
        )
    return words


def _header_media(kind: str, given: dict[str, list[dict]]) -> dict:
    media = next(iter(given.get("header", [])), {}).get(kind)
    if not isinstance(media, dict):
        raise GraphError(132012, f"header: Format mismatch, expected {kind.upper()}")
    return media


def _buttons(buttons: list[dict], given: dict[str, list[dict]]) -> list[dict]:
    shown = []
    for index, button in enumerate(buttons):
        parameters = given.get(f"button{index}", [])
        payload = text(next(iter(parameters), {}).get("payload")) or button["text"]
        entry = {"kind": button["type"].lower(), "title": button["text"], "id": payload}
        if "url" in button:
            entry["url"] = _fill(button["url"], parameters, f"button {index}")
        shown.append(entry)
    return shown
