"""What all orders share: JSON in and out, and errors in words."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from ..messages import Conversation
from ..tame import text
from ..world import World

control = Blueprint("control", __name__, url_prefix="/sandbox")


def world() -> World:
    return current_app.config["WORLD"]


@control.errorhandler(ValueError)
def wrong(error: ValueError) -> tuple[Response, int]:
    return jsonify(error=str(error)), 400


@control.errorhandler(LookupError)
def unknown(error: LookupError) -> tuple[Response, int]:
    return jsonify(error=str(error.args[0] if error.args else error)), 404


def order() -> dict[str, Any]:
    """The JSON object of the request (or its form, with an upload).

    :raises ValueError: something else was sent
    """
    if request.mimetype == "multipart/form-data":
        return dict(request.form)
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise ValueError("Send a JSON object with Content-Type: application/json.")
    return body


def conversation(values: Any) -> Conversation:
    """The conversation that ``channel``, ``customer`` and ``account`` name."""
    account = world().account(text(values.get("channel")), text(values.get("account")))
    customer = world().customer(text(values.get("customer")))
    return world().conversation(account, customer)
