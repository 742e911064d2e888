"""Twilio's REST API for SMS and WhatsApp, below ``/twilio``; signed with Twilio's own
library.

https://www.twilio.com/docs/messaging/api/message-resource
https://www.twilio.com/docs/content/content-api-resources
"""

import secrets
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, current_app, g, jsonify, request
from twilio.request_validator import RequestValidator

from ..contract.openapi import judge
from ..tame import obj
from . import base, twilio_content
from .base import FamilyAccount, judged, sent

CODES = ("sms", "whatsapp_twilio")
ROOT = "/2010-04-01/Accounts"
FORM = "application/x-www-form-urlencoded"
NUMBER = "PN" + "0" * 32

twilio = Blueprint("twilio", __name__, url_prefix="/twilio")


def seal(account: FamilyAccount, url: str, body: bytes) -> dict[str, str]:
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    validator = RequestValidator(account.settings["auth_token"])
    return {
        "Content-Type": FORM,
        "X-Twilio-Signature": validator.compute_signature(url, form),
    }


@twilio.before_request
def authenticate() -> tuple[Response, int] | None:
    """Of two channels of one Twilio account, the one whose sender it is."""
    given = request.authorization
    pair = (given.username, given.password) if given else None
    found = [
        account
        for account in base.accounts(*CODES)
        if pair == (account.settings["account_sid"], account.settings["auth_token"])
    ]
    path = request.path.removeprefix("/twilio")
    if not found or not _of_account(path, found[0]):
        return jsonify(code=20003, message="Authenticate", status=401), 401
    by_whatsapp = request.form.get("To", "").startswith("whatsapp:")
    wanted = CODES[by_whatsapp]
    g.account = next((a for a in found if a.provider == wanted), found[0])
    if path.startswith(ROOT):
        problems = judge("twilio", request.method, path, request.form.to_dict())
        judged(g.account, problems, request.form.to_dict())
    return None


def _of_account(path: str, account: FamilyAccount) -> bool:
    """Contents have no account in their address."""
    return not path.startswith(ROOT) or account.settings["account_sid"] in path


@twilio.get(f"{ROOT}/<sid>.json")
def account(sid: str) -> Response:
    name = g.account.name
    return jsonify(sid=sid, friendly_name=name, status="active", type="Full")


@twilio.get(f"{ROOT}/<sid>/IncomingPhoneNumbers.json")
def numbers(sid: str) -> Response:
    own = {"sid": NUMBER, "sms_url": g.account.callback_url}
    mine = request.args.get("PhoneNumber") in (None, g.account.settings["sender"])
    return jsonify(incoming_phone_numbers=[own] if mine else [])


@twilio.post(f"{ROOT}/<sid>/IncomingPhoneNumbers/<number>.json")
def change_number(sid: str, number: str) -> Response:
    g.account.callback_url = request.form.get("SmsUrl", g.account.callback_url)
    return jsonify(sid=number, sms_url=g.account.callback_url)


@twilio.post(f"{ROOT}/<sid>/Messages.json")
def message(sid: str) -> tuple[Response, int]:
    """Accepted; ``sent`` and ``delivered`` follow at the message's own address."""
    form = request.form.to_dict()
    to, said = form.get("To", ""), form.get("Body", "")
    if not (said or form.get("MediaUrl") or form.get("ContentSid")):
        return jsonify(code=21602, message="Message body is required", status=400), 400
    if number := form.get("ContentSid"):
        content = g.account.things.get(number)
        if content is None:
            text = "The ContentSid is Invalid"
            return jsonify(code=21655, message=text, status=400), 400
        said = next(iter(content["types"].values()))["body"]
    identity = sent(g.account, "message", to, said, form, "SM" + secrets.token_hex(16))
    tell = partial(_told, current_app.app_context(), g.account, form, identity)
    settings = base.world().settings
    base.world().timers.after(settings.sent_after, partial(tell, "sent"))
    after = settings.sent_after + settings.delivered_after
    base.world().timers.after(after, partial(tell, "delivered"))
    return jsonify(sid=identity, status="queued", to=to, body=said), 201


@twilio.post("/v1/Content")
def content() -> tuple[Response, int]:
    """Nothing machine-readable describes it: what its documentation requires stands
    in ``twilio_content``."""
    given = request.get_json(silent=True)
    judged(_by_whatsapp(), twilio_content.problems(given), given)
    sid = "HX" + secrets.token_hex(16)
    _by_whatsapp().learn(sid, obj(given))
    return jsonify(sid=sid, **obj(given)), 201


def _by_whatsapp() -> FamilyAccount:
    """Contents are the Twilio account's; here only its WhatsApp sends them."""
    pair = g.account.settings["account_sid"]
    same = (a for a in base.accounts(CODES[1]) if a.settings["account_sid"] == pair)
    return next(same, g.account)


def _told(context: Any, account: FamilyAccount, form: dict, sid: str, state: str):
    url = form.get("StatusCallback", "")
    fields = {
        "AccountSid": account.settings["account_sid"],
        "ApiVersion": "2010-04-01",
        "From": form.get("From", account.settings["sender"]),
        "To": form.get("To", ""),
        "MessageSid": sid,
        "SmsSid": sid,
        "MessageStatus": state,
        "SmsStatus": state,
    }
    body = urlencode(fields).encode()
    with context:
        base.news(account, url, body, seal(account, url, body), f"status {state}")
