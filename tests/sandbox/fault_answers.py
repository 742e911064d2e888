"""How each provider words its failures."""

import json
import re
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from .telegram.errors import TelegramError
from .whatsapp.errors import GraphError, missing_object

if TYPE_CHECKING:
    from .faults import Fault

_TELEGRAM = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}

FAMILIES = ("meta", "twilio", "x", "program", "feed")
PROVIDERS = ("whatsapp", "telegram", *FAMILIES)


def provider_of(path: str) -> str:
    """Whose address is it? "" for the sandbox's own."""
    if re.match(r"/(file/)?bot\d", path):
        return "telegram"
    if re.match(r"/(v\d+\.\d/|whatsapp_business/)", path):
        return "whatsapp"
    first = path.split("/")[1]
    return first if first in FAMILIES else ""


def refusal(fault: "Fault", provider: str) -> Response:
    if provider == "telegram":
        error = _telegram(fault)
        status, body = error.code, error.body()
        headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
    elif provider in ("whatsapp", "meta"):
        graph = _graph(fault)
        status, body, headers = graph.status, graph.body(), graph.headers
    else:
        status, body, headers = _other(fault)
    if status in (502, 503, 504) and not fault.code:
        # what stands before the provider does not speak its JSON
        html = f"<html><head><title>{status}</title></head><body></body></html>"
        return Response(html, status, headers, mimetype="text/html")
    return Response(json.dumps(body), status, headers, mimetype="application/json")


def _graph(fault: "Fault") -> GraphError:
    if fault.kind == "rate_limit":
        wait = {"Retry-After": str(fault.retry_after)}
        return GraphError(fault.code or 130429, status=429, headers=wait)
    if fault.kind == "expired_token":
        return GraphError(
            190,
            message="Error validating access token: Session has expired on Sunday, "
            "01-Mar-26 10:00:00 PST. The current time is Sunday, 01-Mar-26 11:00:00 "
            "PST.",
            subcode=463,
        )
    if fault.kind == "media_gone":
        error = missing_object("(media)")
        error.status = 404
        return error
    return GraphError(
        fault.code or (131000 if fault.status >= 500 else 100), status=fault.status
    )


def _other(fault: "Fault") -> tuple[int, dict, dict]:
    """Twilio's and X's have little more than the number in common."""
    kinds = {"rate_limit": 429, "expired_token": 401, "media_gone": 404}
    status = kinds.get(fault.kind, fault.status)
    wait = {"Retry-After": str(fault.retry_after)} if status == 429 else {}
    said = "Refused on purpose"
    body = {"status": status, "code": fault.code or status, "message": said}
    return status, body | {"title": said, "detail": said}, wait


def _telegram(fault: "Fault") -> TelegramError:
    if fault.kind == "rate_limit":
        wait = fault.retry_after
        return TelegramError(429, f"Too Many Requests: retry after {wait}", wait)
    if fault.kind == "expired_token":
        return TelegramError(401, "Unauthorized")
    if fault.kind == "media_gone":
        return TelegramError(404, "Not Found")
    words = _TELEGRAM.get(fault.status, "Bad Request: refused on purpose")
    return TelegramError(fault.status, words)
