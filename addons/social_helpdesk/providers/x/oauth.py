"""OAuth 1.0a signatures, in the name of the account.

https://www.rfc-editor.org/rfc/rfc5849
https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature
"""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote


def encode(value: str) -> str:
    return quote(value, safe="-._~")


def query(params: Mapping[str, str]) -> str:
    """Encoded as it is signed; a library's own encoding may differ."""
    return "&".join(f"{encode(k)}={encode(v)}" for k, v in params.items())


@dataclass(frozen=True, slots=True)
class Keys:
    consumer: str
    consumer_secret: str = field(repr=False)
    token: str
    token_secret: str = field(repr=False)


def signature(method: str, url: str, params: Mapping[str, str], keys: Keys) -> str:
    """:param params: of the query and of OAuth; a JSON or multipart body has none"""
    pairs = sorted((encode(k), encode(v)) for k, v in params.items())
    normal = "&".join(f"{k}={v}" for k, v in pairs)
    base = "&".join((method.upper(), encode(url), encode(normal)))
    key = f"{encode(keys.consumer_secret)}&{encode(keys.token_secret)}"
    digest = hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def header(
    method: str,
    url: str,
    params: Mapping[str, str],
    keys: Keys,
    nonce: str = "",
    timestamp: int = 0,
) -> str:
    """The value of ``Authorization`` for a request of ``url`` without its query."""
    own = {
        "oauth_consumer_key": keys.consumer,
        "oauth_nonce": nonce or secrets.token_hex(16),
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(timestamp or int(time.time())),
        "oauth_token": keys.token,
        "oauth_version": "1.0",
    }
    own["oauth_signature"] = signature(method, url, {**params, **own}, keys)
    return "OAuth " + ", ".join(f'{k}="{encode(v)}"' for k, v in own.items())
