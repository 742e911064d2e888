"""Any program, below ``/program/<its id>``: takes agents' answers and checks our
signature as the README tells its readers to.

The description is the add-on's own, ``static/api/social-helpdesk-v1.yaml``.
"""

import hashlib
import hmac
import time

from flask import Blueprint, Response, jsonify, request

from ..contract.openapi import judge_program
from ..tame import obj, text
from . import base
from .base import FamilyAccount, judged, sent

CODES = ("program",)
TOLERANCE = 300  # seconds

program = Blueprint("program", __name__, url_prefix="/program")


def seal(account: FamilyAccount, _url: str, body: bytes) -> dict[str, str]:
    now = str(int(time.time()))
    return {
        "X-Social-Timestamp": now,
        "X-Social-Signature": _signature(account, now, body),
    }


def _signature(account: FamilyAccount, now: str, body: bytes) -> str:
    secret = account.settings["secret"].encode()
    digest = hmac.new(secret, f"{now}.".encode() + body, hashlib.sha256)
    return f"v1={digest.hexdigest()}"


@program.post("/<name>")
def take(name: str) -> tuple[Response, int]:
    account = next((a for a in base.accounts(*CODES) if a.id == name), None)
    if account is None:
        return jsonify(error="There is no such program."), 404
    body = obj(request.get_json(silent=True))
    if problem := _unproved(account):
        judged(account, [problem], body)
        return jsonify(error=problem), 401
    judged(account, judge_program(body), body)
    if body.get("type") == "ping":
        return jsonify(ok=True), 200
    key = request.headers.get("Idempotency-Key", "")
    if key and key in account.things:
        return jsonify(error="You have sent this before."), 409
    kind, to = text(body.get("type")), text(body.get("conversation"))
    identity = sent(account, kind, to, text(body.get("text")), body)
    if key:
        account.things[key] = {"id": identity}
    return jsonify(id=identity), 200


def _unproved(account: FamilyAccount) -> str:
    """What is wrong with the signature, "" if it is right and new."""
    now = request.headers.get("X-Social-Timestamp", "")
    given = request.headers.get("X-Social-Signature", "")
    if not now.isdigit() or abs(time.time() - int(now)) > TOLERANCE:
        return "X-Social-Timestamp is missing or not of now"
    wanted = _signature(account, now, request.get_data())
    return "" if hmac.compare_digest(given, wanted) else "X-Social-Signature is wrong"
