"""The Bot API's addresses: ``/bot<token>/<method>`` and ``/file/bot<token>/...``.

https://core.telegram.org/bots/api#making-requests
"""

import hmac
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from .. import violations
from ..accounts import BOT_TOKEN, TelegramAccount
from ..contract.telegram import judge_call
from ..world import World
from . import changing, sending, setup
from .errors import TelegramError, bad_request
from .params import Params, read
from .sending import Call

bot = Blueprint("bot", __name__)

#: Method names are case-insensitive.
METHODS: dict[str, Callable[[Call], Any]] = {
    "getme": setup.get_me,
    "setwebhook": setup.set_webhook,
    "deletewebhook": setup.delete_webhook,
    "getwebhookinfo": setup.get_webhook_info,
    "getfile": setup.get_file,
    "getupdates": setup.get_updates,
    "sendmessage": sending.send_message,
    "sendlocation": sending.send_location,
    "sendvenue": sending.send_location,
    "sendcontact": sending.send_contact,
    "sendmediagroup": sending.send_media_group,
    "editmessagetext": changing.edit_message_text,
    "editmessagecaption": changing.edit_message_caption,
    "deletemessage": changing.delete_message,
    "setmessagereaction": changing.set_message_reaction,
    "answercallbackquery": changing.answer_callback_query,
    "sendchataction": changing.send_chat_action,
    **{
        method: lambda call, method=method: sending.send_file(call, method)
        for method in sending.FILE_METHODS
    },
}


def world() -> World:
    return current_app.config["WORLD"]


@bot.errorhandler(TelegramError)
def refuse(error: TelegramError) -> tuple[Response, int]:
    return jsonify(error.body()), error.code


def account(token: str) -> TelegramAccount:
    """:raises TelegramError: 404 for what is no token, 401 for a wrong one"""
    if not BOT_TOKEN.fullmatch(token):
        raise TelegramError(404, "Not Found")
    for known in list(world().accounts.values()):
        if isinstance(known, TelegramAccount) and hmac.compare_digest(
            known.token, token
        ):
            return known
    raise TelegramError(401, "Unauthorized")


@bot.route("/bot<token>/<method>", methods=["GET", "POST"])
def call(token: str, method: str) -> Response:
    known = account(token)
    handler = METHODS.get(method.lower())
    if handler is None:
        raise TelegramError(404, "Not Found: method not found")
    params = read(request)
    keep_contract(method, params)
    with world().lock:
        return jsonify(ok=True, result=handler(Call(world(), known, params)))


def keep_contract(method: str, params: Params) -> None:
    """:raises TelegramError: the call breaks Telegram's description"""
    problems = judge_call(method, params.values, set(params.files))
    if problems:
        line = f"{request.method} {request.path}"
        violations.record(world(), "telegram", line, problems, params.values)
        raise bad_request("; ".join(problems[:5]))


@bot.get("/file/bot<token>/files/<name>")
def file(token: str, name: str) -> Response:
    """Telegram gives every file as plain bytes, whatever it is."""
    known = account(token)
    media = world().media.get(name.rsplit(".", 1)[0])
    if media is None or media.account_key != known.key:
        raise TelegramError(404, "Not Found")
    return Response(media.content, mimetype="application/octet-stream")
