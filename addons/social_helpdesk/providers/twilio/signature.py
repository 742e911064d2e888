"""Proves that a webhook is from Twilio.

https://www.twilio.com/docs/usage/webhooks/webhooks-security

HMAC-SHA1 of the address as Twilio called it, with each parameter's name and value
behind it in the order of the names. A proxy in front of us may have changed the
scheme and the port, so the usual forms of the address are tried.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from ..errors import MalformedBody, Unverified
from ..types import Request

MOST_FIELDS = 500
PORTS = {"http": 80, "https": 443}


def fields(body: bytes) -> list[tuple[str, str]]:
    """:raises MalformedBody: not a form, or one with too many fields"""
    try:
        return parse_qsl(
            body.decode("utf-8", "replace"),
            keep_blank_values=True,
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise MalformedBody("The body is not a usable form.") from None


def verify(token: str, request: Request) -> None:
    """:raises Unverified: the signature is missing or wrong"""
    given = request.headers.get("x-twilio-signature", "").encode("utf-8", "replace")
    signed = _signed(request)
    found = False
    for url in _forms(request.url):
        wanted = hmac.new(token.encode(), (url + signed).encode(), hashlib.sha1)
        found |= hmac.compare_digest(given, base64.b64encode(wanted.digest()))
    if not found:
        raise Unverified("The signature is missing or wrong.")


def _signed(request: Request) -> str:
    """What stands behind the address: the form, or of another body its digest is
    in the address."""
    if digest := request.query.get("bodySHA256", ""):
        real = hashlib.sha256(request.body).hexdigest()
        if not hmac.compare_digest(digest.encode("utf-8", "replace"), real.encode()):
            raise Unverified("The body is not the one that was signed.")
        return ""
    try:
        pairs = fields(request.body)
    except MalformedBody as error:
        raise Unverified(error.text) from None
    return "".join(name + value for name, value in sorted(set(pairs)))


def _forms(url: str) -> Iterator[str]:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    try:
        name = host.rpartition(":")[0] if parts.port else host
    except ValueError:
        name = host
    for scheme, port in PORTS.items():
        for place in dict.fromkeys((host, name, f"{name}:{port}")):
            yield urlunsplit(parts._replace(scheme=scheme, netloc=place))
