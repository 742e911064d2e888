"""Graph's addresses, for one business's WhatsApp account.

https://developers.facebook.com/docs/graph-api/overview
"""

import base64
import hmac
import json
import time
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, request
from werkzeug.routing import BaseConverter

from .. import violations
from ..accounts import WhatsAppAccount
from ..contract.meta import judge_message, judge_subscription
from ..media import guess_mime
from ..messages import Media
from ..world import World
from . import templates
from .accept import accept
from .errors import GraphError, missing_object
from .limits import check_upload
from .subscribe import handshake

graph = Blueprint("graph", __name__)

PAGE_SIZE = 25


class Version(BaseConverter):
    """``v23.0``: Graph serves many versions, the sandbox serves them alike."""

    regex = r"v\d{1,2}\.\d"


def world() -> World:
    return current_app.config["WORLD"]


@graph.errorhandler(GraphError)
def refuse(error: GraphError) -> Response:
    answer = jsonify(error.body())
    answer.status_code = error.status
    answer.headers.update(error.headers)
    if error.status == 401:
        answer.headers["WWW-Authenticate"] = (
            f'OAuth "Facebook Platform" "invalid_token" "{error.message}"'
        )
    return answer


@graph.before_request
def authenticate() -> None:
    """Find the account whose token it is.

    :raises GraphError: 104 no token, 190 wrong token
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() not in ("bearer", "oauth") or not token:
        token = request.args.get("access_token", "")
    if not token:
        raise GraphError(
            104,
            message="An access token is required to request this resource.",
            status=401,
        )
    for account in world().accounts.values():
        if isinstance(account, WhatsAppAccount) and hmac.compare_digest(
            account.token.encode(), token.strip().encode()
        ):
            g.account = account
            return
    raise GraphError(
        190, message="Invalid OAuth access token - Cannot parse access token"
    )


def json_body() -> dict[str, Any]:
    """The request's JSON object, or its form (Graph takes both)."""
    if request.is_json:
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            raise GraphError(100, message="(#100) The request body is not valid JSON.")
        return body
    return {k: _unpack(v) for k, v in request.values.items() if k != "access_token"}


def _unpack(text: str) -> Any:
    """Form values of Graph carry objects as JSON."""
    if text[:1] not in "{[":
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def keep_contract(problems: list[str], body: dict[str, Any]) -> None:
    """:raises GraphError: the request breaks Meta's description"""
    if not problems:
        return
    line = f"{request.method} {request.path}"
    violations.record(world(), "whatsapp", line, problems, body)
    raise GraphError(100, "; ".join(problems[:5]))


def mine(node: str, expected: str) -> WhatsAppAccount:
    if node != expected:
        raise missing_object(node)
    return g.account


@graph.post("/<version:version>/<node>/messages")
def send(version: str, node: str) -> Response:
    account = mine(node, g.account.id)
    body = json_body()
    keep_contract(judge_message(body), body)
    with world().lock:
        return jsonify(accept(world(), account, body))


@graph.post("/<version:version>/<node>/media")
def upload(version: str, node: str) -> Response:
    """https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#upload-media"""
    account = mine(node, g.account.id)
    if request.form.get("messaging_product") != "whatsapp":
        raise GraphError(
            100, message="(#100) The parameter messaging_product is required."
        )
    file = request.files.get("file")
    if file is None:
        raise GraphError(100, message="(#100) The parameter file is required.")
    content = file.read()
    name = file.filename or "file"
    mime = file.mimetype or request.form.get("type") or guess_mime(name)
    check_upload(mime, len(content))
    with world().lock:
        media = world().media.add(account.key, content, mime, name)
    return jsonify({"id": media.id})


@graph.get("/<version:version>/<waba>/message_templates")
def list_templates(version: str, waba: str) -> Response:
    mine(waba, g.account.waba_id)
    found = [t for t in templates.TEMPLATES if _matches(t)]
    return jsonify(_page(found))


def _matches(template: dict) -> bool:
    return all(
        request.args.get(key, template[key]).lower() in (template[key].lower(), "")
        for key in ("name", "status", "language", "category")
    )


def _page(items: list[dict]) -> dict:
    """Graph's pages: cursors both ways, and ``next`` while there is more.

    https://developers.facebook.com/docs/graph-api/results
    """
    limit = max(1, min(request.args.get("limit", PAGE_SIZE, int), 100))
    start = _cursor(request.args.get("after"))
    page = items[start : start + limit]
    result: dict[str, Any] = {"data": page}
    if page:
        end = start + len(page)
        result["paging"] = {"cursors": {"before": _mark(start), "after": _mark(end)}}
        if end < len(items):
            result["paging"]["next"] = (
                f"{request.base_url}?limit={limit}&after={_mark(end)}"
            )
    return result


def _mark(position: int) -> str:
    return base64.urlsafe_b64encode(f"at:{position}".encode()).decode()


def _cursor(mark: str | None) -> int:
    if not mark:
        return 0
    try:
        return int(base64.urlsafe_b64decode(mark).decode().removeprefix("at:"))
    except ValueError:
        raise GraphError(100, message="(#100) Invalid cursor.") from None


@graph.get("/<version:version>/<waba>/subscribed_apps")
def subscriptions(version: str, waba: str) -> Response:
    account = mine(waba, g.account.waba_id)
    return jsonify({"data": [_app(account)] if account.callback_url else []})


@graph.post("/<version:version>/<waba>/subscribed_apps")
def subscribe(version: str, waba: str) -> Response:
    """Webhook override: this account's events go to a callback of its own.

    https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override
    """
    account = mine(waba, g.account.waba_id)
    body = json_body()
    keep_contract(judge_subscription(body), body)
    if url := body.get("override_callback_uri"):
        outcome = handshake(str(url), str(body.get("verify_token") or ""))
        if not outcome["ok"]:
            raise GraphError(
                2200,
                message="(#2200) Callback verification failed with the following "
                f"errors: {outcome['why']}",
            )
        account.callback_url = str(url)
        world().live.tell("accounts")
    data = [_app(account)] if account.callback_url else []
    return jsonify({"success": True, "data": data})


@graph.delete("/<version:version>/<waba>/subscribed_apps")
def unsubscribe(version: str, waba: str) -> Response:
    mine(waba, g.account.waba_id).callback_url = ""
    world().live.tell("accounts")
    return jsonify({"success": True})


def _app(account: WhatsAppAccount) -> dict:
    return {
        "override_callback_uri": account.callback_url,
        "whatsapp_business_api_data": {
            "id": "670843887433847",
            "name": account.name,
            "link": "https://www.facebook.com/games/?app_id=670843887433847",
        },
    }


@graph.get("/<version:version>/<waba>/phone_numbers")
def phone_numbers(version: str, waba: str) -> Response:
    account = mine(waba, g.account.waba_id)
    return jsonify(_page([_fields(_phone(account), _PHONE_DEFAULTS)]))


@graph.get("/<version:version>/<node>")
def read_node(version: str, node: str) -> Response:
    """A phone number, a business account or a file, whichever has the id."""
    account = g.account
    if node == account.id:
        return jsonify(_fields(_phone(account), _PHONE_DEFAULTS))
    if node == account.waba_id:
        return jsonify(_fields(_business(account), ("id", "name")))
    return jsonify(_media_view(_media(node)))


@graph.delete("/<version:version>/<node>")
def delete_node(version: str, node: str) -> Response:
    _media(node).gone = True
    return jsonify({"success": True})


_PHONE_DEFAULTS = (
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
)


def _phone(account: WhatsAppAccount) -> dict:
    """https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status"""
    return {
        "id": account.id,
        "verified_name": account.name,
        "code_verification_status": "VERIFIED",
        "display_phone_number": account.display_number,
        "quality_rating": "GREEN",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
        "status": "CONNECTED",
        "name_status": "APPROVED",
        "messaging_limit_tier": "TIER_1K",
        "account_mode": "LIVE",
        "is_official_business_account": False,
        "webhook_configuration": {"whatsapp_business_account": account.callback_url},
    }


def _business(account: WhatsAppAccount) -> dict:
    return {
        "id": account.waba_id,
        "name": "ERP Horizonte",
        "currency": "BRL",
        "timezone_id": "25",
        "message_template_namespace": "bc3f6a1e_7a44_4c0e_9d0a_3f0f5a6f2f11",
    }


def _fields(node: dict, defaults: tuple[str, ...]) -> dict:
    wanted = request.args.get("fields")
    names = [n.strip() for n in wanted.split(",")] if wanted else list(defaults)
    for name in names:
        if name not in node:
            raise GraphError(
                100,
                message=f"(#100) Tried accessing nonexisting field ({name}) on node "
                "type (WhatsAppBusinessPhoneNumber)",
            )
    return {name: node[name] for name in dict.fromkeys([*names, "id"])}


def _media(node: str) -> Media:
    media = world().media.get(node)
    asked = request.args.get("phone_number_id", g.account.id)
    if media is None or media.account_key != g.account.key or asked != g.account.id:
        raise missing_object(node)
    return media


def _media_view(media: Media) -> dict:
    expires = int(time.time() + world().settings.media_ttl)
    seal = world().media.seal(media.id, expires)
    return {
        "messaging_product": "whatsapp",
        "url": f"{request.host_url}whatsapp_business/attachments/"
        f"?mid={media.id}&source=getMedia&ext={expires}&hash={seal}",
        "mime_type": media.mime,
        "sha256": media.sha256,
        "file_size": str(len(media.content)),
        "id": media.id,
    }


@graph.get("/whatsapp_business/attachments/")
def download() -> Response:
    """The file itself; needs the token as well, and works for minutes only.

    https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#download-media
    """
    media_id = request.args.get("mid", "")
    expires = request.args.get("ext", 0, int)
    seal = world().media.seal(media_id, expires)
    genuine = hmac.compare_digest(seal, request.args.get("hash", ""))
    media = world().media.get(media_id)
    if not genuine or media is None or expires < time.time():
        return Response("Not found: the link has expired.", 404, mimetype="text/plain")
    if media.account_key != g.account.key:
        raise missing_object(media_id)
    answer = Response(media.content)
    answer.headers["Content-Type"] = media.mime
    answer.headers["Content-Disposition"] = "inline"
    return answer
