"""What all of Graph's addresses share: who asks, for what, and how Graph says no.

https://developers.facebook.com/docs/graph-api/overview
"""

import hmac
import json
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, request

from .. import violations
from ..accounts import WhatsAppAccount
from ..world import World
from .errors import GraphError, missing_object

graph = Blueprint("graph", __name__)


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
    for account in list(world().accounts.values()):
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
