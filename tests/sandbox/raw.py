"""Any body to the business's webhook, signed rightly, wrongly or not at all."""

import base64
import json
from typing import Any
from urllib.parse import urlencode

import requests

from .accounts import Account, WhatsAppAccount
from .families import SEALS, FamilyAccount
from .guard import is_loopback
from .tame import obj, text
from .whatsapp.envelope import sign

_TOKEN = "X-Telegram-Bot-Api-Secret-Token"
_WAYS = ("right", "wrong", "missing")


def post(account: Account, order: dict[str, Any]) -> dict:
    """Post once and tell the answer.

    :param order: ``{"json"}``, ``{"form"}``, ``{"text"}`` or ``{"base64"}``, and
        ``sign`` (right, wrong, missing), ``headers``, ``url`` (the callback by default)
    :return: ``{"status", "body", "headers", "ms"}``, the body cut to 2,000
    :raises ValueError: no body, no address, or an address elsewhere
    """
    url = text(order.get("url")) or account.callback_url
    if not is_loopback(url):
        raise ValueError("Give a “url” on this machine, or register a webhook first.")
    body = _body(order)
    seal = _seal(account, url, body, order)
    headers = {"Content-Type": "application/json", **seal}
    headers |= {str(k): str(v) for k, v in obj(order.get("headers")).items()}
    with requests.Session() as session:
        session.trust_env = False
        try:
            answer = session.post(
                url, data=body, headers=headers, timeout=30, allow_redirects=False
            )
        except requests.RequestException as problem:
            raise ValueError(
                f"Nobody took it at {url} ({type(problem).__name__})."
            ) from None
    return {
        "status": answer.status_code,
        "body": answer.text[:2000],
        "headers": dict(answer.headers),
        "ms": round(answer.elapsed.total_seconds() * 1000, 1),
    }


def _body(order: dict[str, Any]) -> bytes:
    if "json" in order:
        return json.dumps(order["json"]).encode()
    if "form" in order:
        return urlencode(obj(order["form"])).encode()
    if "text" in order:
        return str(order["text"]).encode()
    if "base64" in order:
        try:
            return base64.b64decode(text(order["base64"]), validate=True)
        except ValueError:
            raise ValueError("“base64” is not base64.") from None
    raise ValueError("Give the body as “json”, “form”, “text” or “base64”.")


def _seal(
    account: Account, url: str, body: bytes, order: dict[str, Any]
) -> dict[str, str]:
    way = text(order.get("sign")) or "right"
    if way not in _WAYS:
        raise ValueError(f"“sign” is one of {', '.join(_WAYS)}.")
    if way == "missing":
        return {}
    if isinstance(account, FamilyAccount):
        signed = body + b"x" * (way == "wrong")
        return SEALS[account.provider](account, url, signed)
    if isinstance(account, WhatsAppAccount):
        secret = account.app_secret + ("x" if way == "wrong" else "")
        return {"X-Hub-Signature-256": sign(secret, body)}
    token = getattr(account, "secret_token", "") + ("x" if way == "wrong" else "")
    return {_TOKEN: token}
