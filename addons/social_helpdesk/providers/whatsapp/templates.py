"""Messages that WhatsApp approved beforehand.

https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates
"""

import re
from typing import Any

from ..errors import Refused
from ..tame import Node
from ..types import Part, Template
from . import words

PLACE = re.compile(r"\{\{\s*(\w{1,60})\s*\}\}")
# WhatsApp refuses these in a value (132018)
BAD_VALUE = re.compile(r"[\n\t]| {5,}")
MEDIA = ("image", "video", "document")
# buttons that need more than a text to be sent
UNKNOWN_BUTTONS = {"catalog", "mpm", "spm", "order_details"}


def read_template(node: Node) -> Template | None:
    """One template of the list; None if it has no name or language."""
    name, language = node.name("name"), node.name("language")
    if not name or not language:
        return None
    parts = {part.name("type").lower(): part for part in node.nodes("components")}
    header, body = parts.get("header", Node({})), parts.get("body", Node({}))
    kind = header.name("format").lower() or "text"
    buttons = parts.get("buttons", Node({})).nodes("buttons")
    return Template(
        external_id=node.key("id") or f"{name}:{language}",
        name=name,
        language=language,
        category=node.name("category").lower(),
        status=node.name("status").lower(),
        body=body.text("text"),
        header=header.text("text"),
        header_kind=kind,
        footer=parts.get("footer", Node({})).text("text"),
        buttons=tuple(button.name("text") for button in buttons),
        variables=_variables(header, kind, body, buttons),
        components=tuple(part.value for part in node.nodes("components")),
    )


def _variables(header: Node, kind: str, body: Node, buttons: list[Node]):
    names = [f"header:{place}" for place in _places(header.text("text"))]
    if kind in MEDIA:
        names = ["header:1"]  # the link of the file
    names += [f"body:{place}" for place in _places(body.text("text"))]
    for index, button in enumerate(buttons):
        dynamic = button.name("type").lower() == "url" and _places(button.text("url"))
        if dynamic or button.name("type").lower() == "copy_code":
            names.append(f"button:{index}:1")
    return tuple(names)


def _places(text: str) -> list[str]:
    return list(dict.fromkeys(PLACE.findall(text)))


# --- sending --------------------------------------------------------------------


def fill(template: Template, values: dict[str, str]) -> Part:
    """
    :raises Refused: not approved, a value is missing or has a shape that
        WhatsApp refuses, or it holds a part that we cannot fill
    """
    if template.status not in ("approved", ""):
        names = {"name": template.name, "status": template.status}
        raise Refused(words.TEMPLATE_NOT_APPROVED, values=names)
    values = {name: _checked(template, name, values) for name in template.variables}
    components = [
        *_header(template, values),
        *_body(template, values),
        *_buttons(template, values),
    ]
    request = {
        "name": template.name,
        "language": {"policy": "deterministic", "code": template.language},
    }
    if components:
        request["components"] = components
    return Part("template", preview(template, values), template=request)


def preview(template: Template, values: dict[str, str]) -> str:
    """The text as the customer will read it; open places stay visible."""

    def filled(text: str, where: str) -> str:
        return PLACE.sub(lambda m: values.get(f"{where}:{m[1]}") or m[0], text)

    texts = [
        filled(template.header, "header"),
        filled(template.body, "body"),
        template.footer,
    ]
    return "\n\n".join(text for text in texts if text)


def _checked(template: Template, name: str, values: dict[str, str]) -> str:
    value = (values.get(name) or "").strip()
    if not value:
        raise Refused(words.VARIABLE_MISSING, values={"name": name})
    if BAD_VALUE.search(value):
        raise Refused(words.VARIABLE_SHAPE, values={"name": name})
    is_link = name == "header:1" and template.header_kind in MEDIA
    if is_link and not value.startswith("https://"):
        raise Refused(words.VARIABLE_LINK, values={"name": name})
    return value


def _texts(where: str, values: dict[str, str]) -> list[dict[str, Any]]:
    parameters = []
    for name, value in values.items():
        place = name.removeprefix(where + ":")
        if place != name:
            named = {} if place.isdigit() else {"parameter_name": place}
            parameters.append({"type": "text", **named, "text": value})
    return parameters


def _header(template: Template, values: dict[str, str]) -> list[dict[str, Any]]:
    kind = template.header_kind
    if kind in MEDIA:
        parameters = [{"type": kind, kind: {"link": values["header:1"]}}]
    elif kind == "text":
        parameters = _texts("header", values)
    else:
        raise _unknown(template, kind)
    return [{"type": "header", "parameters": parameters}] if parameters else []


def _body(template: Template, values: dict[str, str]) -> list[dict[str, Any]]:
    parameters = _texts("body", values)
    return [{"type": "body", "parameters": parameters}] if parameters else []


def _buttons(template: Template, values: dict[str, str]) -> list[dict[str, Any]]:
    result = []
    for index, button in enumerate(_button_nodes(template)):
        kind = button.name("type").lower()
        if kind in UNKNOWN_BUTTONS:
            raise _unknown(template, kind)
        if parameter := _button_value(template, kind, index, values):
            result.append(
                {
                    "type": "button",
                    "sub_type": "url" if kind == "otp" else kind,
                    "index": str(index),
                    "parameters": [parameter],
                }
            )
    return result


def _button_value(
    template: Template, kind: str, index: int, values: dict[str, str]
) -> dict[str, Any] | None:
    value = values.get(f"button:{index}:1", "")
    if kind == "flow":
        return {"type": "action", "action": {}}
    if kind == "otp":  # the code stands in the text and again in the button
        return {"type": "text", "text": values.get("body:1", "")}
    if kind == "copy_code":
        return {"type": "coupon_code", "coupon_code": value}
    return {"type": "text", "text": value} if value else None


def _button_nodes(template: Template) -> list[Node]:
    for component in map(Node, template.components):
        if component.name("type").lower() == "buttons":
            return component.nodes("buttons")
    return []


def _unknown(template: Template, part: str) -> Refused:
    values = {"name": template.name, "part": part}
    return Refused(words.TEMPLATE_KIND, values=values)
