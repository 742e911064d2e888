"""Proves that a request is from who knows the secret, and that it is new.

``X-Social-Timestamp``: seconds since 1970. ``X-Social-Signature``: ``v1=`` and the
hexadecimal HMAC-SHA256 of ``<timestamp>.<body>``. Both directions alike.
"""

import hashlib
import hmac
import time
from collections.abc import Mapping

from ..errors import Unverified

TIMESTAMP = "x-social-timestamp"
SIGNATURE = "x-social-signature"
TOLERANCE = 300  # seconds; older ones may be somebody's recording


def signature(secret: str, timestamp: str, body: bytes) -> str:
    signed = timestamp.encode("utf-8", "replace") + b"." + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def headers(secret: str, body: bytes) -> dict[str, str]:
    """What goes with a request of ours."""
    now = str(int(time.time()))
    return {TIMESTAMP: now, SIGNATURE: signature(secret, now, body)}


def verify(secret: str, given: Mapping[str, str], body: bytes) -> None:
    """
    :param given: the request's headers, names in lower case
    :raises Unverified: wrong, missing, or of another time
    """
    timestamp = given.get(TIMESTAMP, "")
    wanted = signature(secret, timestamp, body).encode()
    found = given.get(SIGNATURE, "").encode("utf-8", "replace")
    if not hmac.compare_digest(found, wanted):
        raise Unverified("The signature is missing or wrong.")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 16):
        raise Unverified("The timestamp is no number of seconds.")
    if abs(time.time() - int(timestamp)) > TOLERANCE:
        raise Unverified("The timestamp is too old, or a clock is wrong.")
