"""X's API v2 below ``/x``: who asks is proved with oauthlib, what he sends is judged by
X's own description.

https://docs.x.com/x-api/introduction
"""

import base64
import hashlib
import hmac
import secrets
import time
from typing import Any

import requests
from flask import Blueprint, Response, g, jsonify, request
from oauthlib.common import Request
from oauthlib.oauth1.rfc5849.signature import collect_parameters, verify_hmac_sha1

from ..contract.openapi import judge
from ..guard import is_loopback
from ..tame import obj, text
from . import base
from .base import FamilyAccount, judged, sent

CODES = ("x",)
HOOK = "1900000000000000001"

x = Blueprint("x", __name__, url_prefix="/x")


def seal(account: FamilyAccount, _url: str, body: bytes) -> dict[str, str]:
    return {"x-twitter-webhooks-signature": _digest(account, body)}


def _digest(account: FamilyAccount, data: bytes) -> str:
    secret = account.settings["consumer_secret"].encode()
    digest = hmac.new(secret, data, hashlib.sha256).digest()
    return "sha256=" + base64.b64encode(digest).decode()


@x.before_request
def authenticate() -> tuple[Response, int] | None:
    found = [account for account in base.accounts(*CODES) if _is(account)]
    if not found:
        return jsonify(title="Unauthorized", status=401, detail="Unauthorized"), 401
    g.account, g.body = found[0], obj(request.get_json(silent=True))
    if request.path.startswith("/x/2/") and not request.files:
        given = g.body if request.is_json else request.args.to_dict()
        path = request.path.removeprefix("/x")
        judged(g.account, judge("x", request.method, path, given), given)
    return None


def _is(account: FamilyAccount) -> bool:
    """Whether the request is this account's, or its app's."""
    keys = account.settings
    given = request.headers.get("Authorization", "")
    pair = base64.b64encode(
        f"{keys['consumer_key']}:{keys['consumer_secret']}".encode()
    )
    if given in (f"Basic {pair.decode()}", f"Bearer {_app_token(account)}"):
        return True
    if not given.startswith("OAuth ") or keys["access_token"] not in given:
        return False
    signed = Request(request.base_url, request.method)
    query, head = request.query_string.decode(), {"Authorization": given}
    found = collect_parameters(query, headers=head, exclude_oauth_signature=False)
    signed.signature = dict(found).get("oauth_signature", "")
    signed.params = [pair for pair in found if pair[0] != "oauth_signature"]
    return verify_hmac_sha1(
        signed, keys["consumer_secret"], keys["access_token_secret"]
    )


def _app_token(account: FamilyAccount) -> str:
    secret = account.settings["consumer_secret"].encode()
    return "AAAA" + hashlib.sha256(secret).hexdigest()


# --- set up ---------------------------------------------------------------------------


@x.post("/oauth2/token")
def token() -> Response:
    return jsonify(token_type="bearer", access_token=_app_token(g.account))


@x.get("/2/webhooks")
def webhooks() -> Response:
    return jsonify(data=[_hook()] if g.account.callback_url else [])


@x.post("/2/webhooks")
def add_webhook() -> tuple[Response, int]:
    """After the challenge-response check.

    https://docs.x.com/x-api/webhooks/introduction
    """
    url = text(g.body.get("url"))
    challenge = secrets.token_urlsafe(16)
    wanted = {"response_token": _digest(g.account, challenge.encode())}
    if not is_loopback(url) or _asked(url, challenge) != wanted:
        detail = "CRC GET request failed"
        return jsonify(title="Invalid Request", status=400, detail=detail), 400
    g.account.callback_url = url
    return jsonify(data=_hook()), 200


def _asked(url: str, challenge: str) -> Any:
    """The answer's JSON; None when nobody gives any."""
    with requests.Session() as session:
        session.trust_env = False
        try:
            return session.get(url, params={"crc_token": challenge}, timeout=10).json()
        except (requests.RequestException, ValueError):
            return None


def _hook() -> dict:
    now = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
    url = g.account.callback_url
    return {"id": HOOK, "url": url, "valid": True, "created_at": now}


@x.route(
    "/2/account_activity/webhooks/<hook>/subscriptions/all", methods=["GET", "POST"]
)
def subscriptions(hook: str) -> Response:
    g.account.subscribed = g.account.subscribed or request.method == "POST"
    return jsonify(data={"subscribed": g.account.subscribed})


@x.get("/2/users/me")
def me() -> Response:
    who = {"id": g.account.id, "name": g.account.name, "username": "erphorizonte"}
    return jsonify(data=who)


# --- speak ----------------------------------------------------------------------------


@x.post("/2/tweets")
def post() -> tuple[Response, int]:
    said, to = text(g.body.get("text")), obj(g.body.get("reply"))
    target = text(to.get("in_reply_to_tweet_id"))
    identity = sent(g.account, "post", target, said, g.body, base.number(19))
    return jsonify(data={"id": identity, "text": said}), 201


@x.post("/2/dm_conversations/<talk>/messages")
@x.post("/2/dm_conversations/with/<talk>/messages")
def direct(talk: str) -> tuple[Response, int]:
    said = text(g.body.get("text"))
    identity = sent(g.account, "message", talk, said, g.body, base.number(19))
    return jsonify(data={"dm_conversation_id": talk, "dm_event_id": identity}), 201


@x.post("/2/users/<own>/likes")
def like(own: str) -> Response:
    sent(g.account, "like", text(g.body.get("tweet_id")), "", g.body)
    return jsonify(data={"liked": True})


@x.put("/2/tweets/<post_id>/hidden")
def hide(post_id: str) -> Response:
    hidden = bool(g.body.get("hidden"))
    sent(g.account, "hide", post_id, str(hidden).lower(), g.body)
    return jsonify(data={"hidden": hidden})


@x.post("/2/media/upload")
def upload() -> Response:
    judged(g.account, [] if request.files else ["media is required"], {})
    return jsonify(data={"id": base.number(19)})


# --- asked for news -------------------------------------------------------------------


@x.get("/2/users/<own>/mentions")
def mentions(own: str) -> Response:
    """The things that are posts and newer than ``since_id``, newest first."""
    since = int(request.args.get("since_id", 0))
    known = g.account.things.items()
    new = [{"id": k, **v} for k, v in known if "author_id" in v and int(k) > since]
    people = [{"id": k, **v} for k, v in known if "username" in v]
    data = sorted(new, key=lambda found: -int(found["id"]))
    counted = {"result_count": len(data)}
    if not data:
        return jsonify(meta=counted)
    return jsonify(data=data, includes={"users": people}, meta=counted)


@x.get("/2/dm_events")
def direct_events() -> Response:
    return jsonify(meta={"result_count": 0})
