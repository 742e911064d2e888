"""The methods that set a bot up: who it is and where its updates go."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from ..guard import is_loopback
from ..media import extension
from . import channel, objects
from .errors import TelegramError, bad_request
from .sending import Call

#: https://core.telegram.org/bots/api#setwebhook
PORTS = (443, 80, 88, 8443)
#: https://core.telegram.org/bots/api#getfile
DOWNLOAD_LIMIT = 20 * 1024 * 1024


def get_me(call: Call) -> dict[str, Any]:
    abilities = ("can_join_groups", "can_read_all_group_messages")
    return {
        **objects.bot(call.account),
        **dict.fromkeys(abilities, False),
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_webhook(call: Call) -> bool:
    url, secret = call.params.text("url"), call.params.text("secret_token")
    if not url:
        return delete_webhook(call)
    _check_url(url)
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    account = call.account
    if call.params.values.get("allowed_updates") is not None:
        allowed = call.params.data("allowed_updates")
        names = allowed if isinstance(allowed, list) else []
        account.allowed_updates = [str(name) for name in names]
    account.callback_url, account.secret_token = url, secret
    if call.params.values.get("max_connections"):
        account.max_connections = int(call.params.number("max_connections"))
    _resume(call)
    call.world.live.tell("accounts")
    return True


def _check_url(url: str) -> None:
    if is_loopback(url):
        return  # the one thing that is easier here than at Telegram
    try:
        parts = urlsplit(url)
    except ValueError:
        raise bad_request("bad webhook: invalid URL") from None
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    try:
        port = parts.port or 443
    except ValueError:
        raise bad_request("bad webhook: invalid URL") from None
    if port not in PORTS:
        raise bad_request(
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
        )
    if not parts.hostname or "." not in parts.hostname:
        raise bad_request("bad webhook: Failed to resolve host: Name not known")


def _resume(call: Call) -> None:
    """Send what has waited, in its order, to the new address."""
    updates = _take_back(call)
    if not call.params.truth("drop_pending_updates"):
        channel.dispatch(call.world, call.account, updates)


def _take_back(call: Call) -> list[dict]:
    waiting = call.world.postman.recall(f"telegram/{call.account.id}")
    updates = [json.loads(delivery.body) for delivery in waiting]
    updates += call.account.pending
    call.account.pending = []
    return updates


def delete_webhook(call: Call) -> bool:
    updates = _take_back(call)
    if not call.params.truth("drop_pending_updates"):
        call.account.pending = updates
    call.account.callback_url = call.account.secret_token = ""
    call.world.live.tell("accounts")
    return True


def get_webhook_info(call: Call) -> dict[str, Any]:
    account = call.account
    waiting = call.world.postman.in_lane(f"telegram/{account.id}")
    info: dict[str, Any] = {
        "url": account.callback_url,
        "has_custom_certificate": False,
        "pending_update_count": waiting + len(account.pending),
    }
    if account.callback_url:
        info["max_connections"] = account.max_connections
        info["ip_address"] = "127.0.0.1"
    if account.last_error:
        info["last_error_date"] = account.last_error_date
        info["last_error_message"] = account.last_error
    if account.allowed_updates:
        info["allowed_updates"] = account.allowed_updates
    return info


def get_file(call: Call) -> dict[str, Any]:
    media = call.world.media.get(call.params.text("file_id"))
    if media is None or media.account_key != call.account.key:
        raise bad_request("invalid file_id")
    if len(media.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return objects.identity(media) | {
        "file_path": f"files/{media.id}{extension(media)}"
    }


def get_updates(call: Call) -> list:
    if call.account.callback_url:
        raise TelegramError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use "
            "deleteWebhook to delete the webhook first",
        )
    return [*call.account.pending]
