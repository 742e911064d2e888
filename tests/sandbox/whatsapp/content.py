"""What stands in a message of the business: checked as Graph does, then unpacked.

https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
"""

from typing import Any

import requests

from ..accounts import WhatsAppAccount
from ..guard import is_loopback
from ..messages import Media, Message
from ..tame import obj, objs, text
from ..world import World
from . import templates
from .errors import GraphError
from .limits import TYPES, fits

#: https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


def fill(world: World, account: WhatsAppAccount, message: Message, body: dict) -> int:
    """Give the message its content; returns the code it will fail with, or 0."""
    kind = message.kind
    content = body.get(kind)
    if kind == "contacts":
        message.extra["contacts"] = _list(content, kind)
        return 0
    if not isinstance(content, dict):
        raise GraphError(100, message=f"(#100) The parameter {kind} is required.")
    if kind in TYPES:
        return _fill_media(world, account, message, kind, content)
    filler = _FILLERS.get(kind)
    if filler is None:
        raise GraphError(
            100, message=f"(#100) Param type must be one of the known types, not {kind}"
        )
    return filler(world, account, message, content)


def _text(_world, _account, message: Message, content: dict) -> int:
    body = content.get("body")
    if not isinstance(body, str) or not body.strip():
        raise GraphError(100, message="(#100) The parameter text['body'] is required.")
    if len(body) > TEXT_LIMIT:
        raise GraphError(
            100,
            message=f"(#100) Param text['body'] must be at most {TEXT_LIMIT} "
            "characters long.",
        )
    message.text = body
    return 0


def _location(_world, _account, message: Message, content: dict) -> int:
    try:
        latitude, longitude = (float(content[k]) for k in ("latitude", "longitude"))
    except (KeyError, TypeError, ValueError):
        raise GraphError(
            100, message="(#100) Param location needs latitude and longitude."
        ) from None
    message.extra["location"] = {
        "latitude": latitude,
        "longitude": longitude,
        "name": text(content.get("name")),
        "address": text(content.get("address")),
    }
    return 0


def _reaction(_world, _account, message: Message, content: dict) -> int:
    if not content.get("message_id"):
        raise GraphError(
            100, message="(#100) The parameter reaction['message_id'] is required."
        )
    message.text = text(content.get("emoji"))
    message.reply_to = text(content["message_id"])
    return 0


def _template(world: World, account, message: Message, content: dict) -> int:
    shown = templates.render(content)
    message.text = shown["text"]
    message.extra |= {k: shown[k] for k in ("header", "footer", "buttons")}
    message.extra["template"] = text(content.get("name"))
    if shown["media"]:
        kind = next(k for k in ("document", "image", "video") if k in _header(content))
        return _attach(world, account, message, kind, shown["media"])
    return 0


def _header(template: dict) -> dict:
    for component in objs(template.get("components")):
        if text(component.get("type")).lower() == "header":
            return component["parameters"][0]
    return {}


def _interactive(world: World, account, message: Message, content: dict) -> int:
    """https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages"""
    action = obj(content.get("action"))
    message.text = text(obj(content.get("body")).get("text"))
    message.extra["footer"] = text(obj(content.get("footer")).get("text"))
    message.extra["buttons"] = [
        {"kind": "reply", **_pick(obj(b.get("reply")))}
        for b in objs(action.get("buttons"))
    ]
    rows = [r for s in objs(action.get("sections")) for r in objs(s.get("rows"))]
    message.extra["rows"] = [
        {**_pick(r), "description": text(r.get("description"))} for r in rows
    ]
    message.extra["list_button"] = text(action.get("button"))
    header = obj(content.get("header"))
    message.extra["header"] = text(header.get("text"))
    kind = text(header.get("type"))
    if kind in ("image", "video", "document"):
        return _attach(world, account, message, kind, obj(header.get(kind)))
    return 0


def _pick(button: dict) -> dict:
    return {"id": text(button.get("id")), "title": text(button.get("title"))}


_FILLERS = {
    "text": _text,
    "location": _location,
    "reaction": _reaction,
    "template": _template,
    "interactive": _interactive,
}


def _fill_media(
    world: World, account: WhatsAppAccount, message: Message, kind: str, content: dict
) -> int:
    caption = text(content.get("caption"))
    if len(caption) > CAPTION_LIMIT:
        raise GraphError(
            100,
            message=f"(#100) Param {kind}['caption'] must be at most {CAPTION_LIMIT} "
            "characters long.",
        )
    message.text = caption
    if kind == "audio" and content.get("voice"):
        message.kind = "voice"
    failure = _attach(world, account, message, kind, content)
    if message.media and content.get("filename"):
        message.extra["filename"] = str(content["filename"])
    return failure


def _attach(
    world: World, account: WhatsAppAccount, message: Message, kind: str, content: dict
) -> int:
    """Find the file by id or fetch its link; problems come by webhook (131053)."""
    if content.get("id"):
        media = world.media.get(str(content["id"]))
        if media is None or media.account_key != account.key:
            raise GraphError(
                131009, f"Media ID {content['id']} does not exist or is not yours"
            )
    elif content.get("link"):
        media = _fetch(world, account, str(content["link"]))
    else:
        raise GraphError(
            100, message=f"(#100) Param {kind} needs either an id or a link."
        )
    if media is None or not fits(kind, media.mime, len(media.content)):
        return 131053
    message.media = media
    return 0


def _fetch(world: World, account: WhatsAppAccount, link: str) -> Media | None:
    """Graph gets a link by itself; the sandbox only from this machine."""
    if not is_loopback(link):
        return None
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(link, timeout=5, allow_redirects=False)
    except requests.RequestException:
        return None
    if answer.status_code != 200:
        return None
    mime = answer.headers.get("Content-Type", "application/octet-stream")
    name = link.split("?", maxsplit=1)[0].rsplit("/", 1)[-1]
    return world.media.add(account.key, answer.content, mime, name)


def _list(content: Any, kind: str) -> list[dict]:
    if not isinstance(content, list) or not content:
        raise GraphError(100, message=f"(#100) The parameter {kind} is required.")
    return [c for c in content if isinstance(c, dict)]
