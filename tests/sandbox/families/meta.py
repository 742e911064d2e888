"""Graph for a Facebook page and an Instagram account, below ``/meta``.

https://developers.facebook.com/docs/graph-api/overview
https://developers.facebook.com/docs/messenger-platform/reference/send-api

Nothing machine-readable describes these requests: they are judged here, by what the
documentation calls required.
"""

import time
import zlib
from typing import Any

from flask import Blueprint, Response, g, jsonify, request

from ..tame import obj, text
from ..whatsapp.base import json_body, refuse
from ..whatsapp.envelope import sign
from ..whatsapp.errors import GraphError, missing_object
from ..whatsapp.subscribe import handshake
from . import base
from .base import FamilyAccount, judged, sent

CODES = ("facebook", "instagram")
OBJECTS = {"page": "facebook", "instagram": "instagram"}
OWN = {"facebook": "page_id", "instagram": "instagram_id"}
TEXT = {"facebook": 2000, "instagram": 1000}
SCOPES = [
    *("pages_messaging", "pages_manage_metadata", "pages_read_engagement"),
    *("pages_read_user_content", "pages_manage_engagement", "instagram_basic"),
    *("instagram_manage_messages", "instagram_manage_comments"),
]
TYPES = ("RESPONSE", "UPDATE", "MESSAGE_TAG")

meta = Blueprint("meta", __name__, url_prefix="/meta/<version:version>")
meta.register_error_handler(GraphError, refuse)


def seal(account: FamilyAccount, _url: str, body: bytes) -> dict[str, str]:
    return {"X-Hub-Signature-256": sign(account.settings["app_secret"], body)}


@meta.url_value_preprocessor
def _any_version(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    (values or {}).pop("version", None)


@meta.before_request
def authenticate() -> None:
    """With the account's token, or with the app's own: its id, a bar, its secret."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    g.as_app = [a for a in base.accounts(*CODES) if given == _app_token(a)]
    own = [a for a in base.accounts(*CODES) if given == a.settings["access_token"]]
    if not own and not g.as_app:
        raise GraphError(190, message="Invalid OAuth access token", status=401)
    g.account = (own or g.as_app)[0]


def _app_token(account: FamilyAccount) -> str:
    return f"{account.settings['app_id']}|{account.settings['app_secret']}"


# --- set up ---------------------------------------------------------------------------


@meta.post("/<app>/subscriptions")
def subscribe(app: str) -> Response:
    """The app's one address for all accounts of a kind, after the handshake."""
    body = json_body()
    url = text(body.get("callback_url"))
    outcome = handshake(url, text(body.get("verify_token")))
    if not outcome["ok"]:
        raise GraphError(2200, outcome["why"])
    for account in g.as_app:
        if account.provider == OBJECTS.get(text(body.get("object"))):
            account.callback_url = url
    return jsonify(success=True)


@meta.route("/<node>/subscribed_apps", methods=["GET", "POST"])
def subscribed_apps(node: str) -> Response:
    _own(node)
    if request.method == "POST":
        problems = [] if json_body().get("subscribed_fields") else ["no fields"]
        judged(g.account, problems, json_body())
        g.account.subscribed = True
        return jsonify(success=True)
    apps = [{"id": g.account.settings["app_id"]}] if g.account.subscribed else []
    return jsonify(data=apps)


@meta.get("/debug_token")
def debug_token() -> Response:
    known = [a.settings["access_token"] for a in g.as_app]
    valid = request.args.get("input_token") in known
    return jsonify(data={"is_valid": valid, "expires_at": 0, "scopes": SCOPES})


@meta.get("/<node>")
def read(node: str) -> Response:
    """The account itself, or what ``POST /sandbox/things`` has told of an id."""
    account = g.account
    own = {"id": account.id, "name": account.name, "username": "erphorizonte"}
    known = own if node in ("me", account.id) else account.things.get(node)
    if known is None:
        raise missing_object(node)
    asked = request.args.get("fields", "name").split(",")
    return jsonify({"id": node} | {k: known[k] for k in asked if k in known})


# --- speak ----------------------------------------------------------------------------


@meta.post("/<node>/messages")
def messages(node: str) -> Response:
    """A message, a private reply to a comment, or a small sign ("typing_on")."""
    _own(node)
    account, body = g.account, json_body()
    judged(account, _problems(account, body), body)
    to, comment = (
        text(obj(body.get("recipient")).get(k)) for k in ("id", "comment_id")
    )
    if comment:
        to = str(10**15 + zlib.crc32(comment.encode()))  # its author, in private
    if action := text(body.get("sender_action")):
        sent(account, "sign", to, action, body)
        return jsonify(recipient_id=to)
    message = obj(body.get("message"))
    kind = "private_reply" if comment else "message"
    identity = sent(account, kind, to, text(message.get("text")), body, _mid())
    _told(account, to, {"message": _echo(account, identity, message)})
    mids = {"mids": [identity], "watermark": round(time.time() * 1000)}
    _told(account, to, {"delivery": mids}, own=False)
    return jsonify(recipient_id=to, message_id=identity)


def _mid() -> str:
    return f"m_{base.number(24)}"


def _problems(account: FamilyAccount, body: dict) -> list[str]:
    """https://developers.facebook.com/docs/messenger-platform/reference/send-api"""
    found, message = [], obj(body.get("message"))
    if len(obj(body.get("recipient"))) != 1:
        found.append("recipient has one of id, comment_id")
    if bool(message) == bool(body.get("sender_action")):
        found.append("either message or sender_action")
    if len(text(message.get("text"))) > TEXT[account.provider]:
        found.append("message.text is too long")
    if text(body.get("messaging_type")) not in ("", *TYPES):
        found.append("messaging_type is not one of Meta's")
    if body.get("tag") and body.get("messaging_type") != "MESSAGE_TAG":
        found.append("a tag goes with MESSAGE_TAG")
    return found


@meta.post("/<node>/comments")
@meta.post("/<node>/replies")
@meta.post("/<node>/mentions")
def comment(node: str) -> Response:
    body = json_body()
    said = text(body.get("message"))
    there = said or request.files
    judged(g.account, [] if there else ["message is required"], body)
    identity = f"{node.rpartition('_')[0] or node}_{base.number(12)}"
    return jsonify(id=sent(g.account, "comment", node, said, body, identity))


@meta.post("/<node>/likes")
def like(node: str) -> Response:
    sent(g.account, "like", node, text(json_body().get("method")), json_body())
    return jsonify(success=True)


@meta.post("/<node>")
def change(node: str) -> Response:
    """Hide a comment, or show it again."""
    body = json_body()
    hidden = body.get("is_hidden", body.get("hide"))
    judged(g.account, ["is_hidden or hide"] if hidden is None else [], body)
    sent(g.account, "hide", node, str(hidden).lower(), body)
    return jsonify(success=True)


@meta.post("/<node>/message_attachments")
def attachments(node: str) -> Response:
    _own(node)
    missing = [] if request.files else ["filedata is required"]
    judged(g.account, missing, json_body())
    return jsonify(attachment_id=base.number())


def _own(node: str) -> None:
    if node not in ("me", g.account.id):
        raise missing_object(node)


# --- what Meta tells about what we did ------------------------------------------------


def _echo(account: FamilyAccount, identity: str, message: dict) -> dict:
    own = {"mid": identity, "is_echo": True, "app_id": account.settings["app_id"]}
    kept = {k: v for k, v in message.items() if k in ("text", "metadata")}
    return own | kept


def _told(account: FamilyAccount, customer: str, what: dict, own: bool = True) -> None:
    """:param own: whether the account did it, or the customer"""
    sides = [{"id": account.id}, {"id": customer}]
    sender, recipient = sides if own else reversed(sides)
    now = round(time.time() * 1000)
    item = {"sender": sender, "recipient": recipient, "timestamp": now, **what}
    names = {code: name for name, code in OBJECTS.items()}
    entry = {"id": account.id, "time": now, "messaging": [item]}
    body = base.json_bytes({"object": names[account.provider], "entry": [entry]})
    headers = {"Content-Type": "application/json", **seal(account, "", body)}
    base.news(account, account.callback_url, body, headers, next(iter(what)))
