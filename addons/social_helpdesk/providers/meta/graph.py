"""Webhooks and requests as all of Meta's products have them.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started
"""

import hashlib
import hmac
import re
from typing import Any, ClassVar
from urllib.parse import quote

from ..base import Provider
from ..errors import Refused, Uncertain, Unverified
from ..http import Response
from ..types import Request
from .faults import Faults

VERSION = "v23.0"


class GraphProvider(Provider):
    """A channel of Meta. Its credentials are at least ``access_token``,
    ``app_secret`` and ``verify_token``."""

    default_api_url = "https://graph.facebook.com"
    fault_table: ClassVar[Faults]
    # said when it took a message and did not say which one it is
    no_message_id: ClassVar[str]
    bad_parameter: ClassVar[str]

    def handshake(self, request: Request) -> str:
        given = request.query.get("hub.verify_token", "")
        if request.query.get("hub.mode") != "subscribe" or not same(
            given, self.setting("verify_token")
        ):
            raise Unverified("The verify token is missing or wrong.")
        challenge = request.query.get("hub.challenge", "")
        if not re.fullmatch(r"[\w.-]{1,200}", challenge, re.ASCII):
            raise Unverified("The challenge is missing or has an odd shape.")
        return challenge

    def verify(self, request: Request) -> None:
        secret = self.setting("app_secret").encode()
        wanted = hmac.new(secret, request.body, hashlib.sha256).hexdigest()
        given = request.headers.get("x-hub-signature-256", "")
        if not same(given, f"sha256={wanted}"):
            raise Unverified("The signature is missing or wrong.")

    # --- requests ---------------------------------------------------------------

    def _path(self, identity: str) -> str:
        """One segment of a path. :raises Refused: it would be more than that"""
        return address_of(identity, self.bad_parameter)

    def _url(self, path: str) -> str:
        return f"{self.api_url}/{VERSION}/{path}"

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.credential('access_token')}"}

    def _get(self, path: str, params: dict[str, Any] | None = None) -> Response:
        answer = self.http.get(self._url(path), params, self._headers())
        return self._accepted(answer)

    def _post(self, path: str, sends: bool = False, **content: Any) -> Response:
        """
        :param content: ``json``, or ``data`` and ``files``
        """
        answer = self.http.post(
            self._url(path), headers=self._headers(), sends=sends, **content
        )
        # a gateway between us and Meta speaks for itself, not for Meta
        if sends and answer.status in (502, 504):
            raise Uncertain(self.no_message_id, code=str(answer.status))
        return self._accepted(answer)

    def _accepted(self, answer: Response) -> Response:
        if answer.status >= 300 or "error" in answer.json:
            raise self.fault_table.failure(answer, self.http)
        return answer


def same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def address_of(identity: str, bad_parameter: str) -> str:
    """One segment of a path. :raises Refused: it would be more than that"""
    if not re.fullmatch(r"[\w.~:=-]{1,200}", identity, re.ASCII) or set(identity) <= {
        "."
    }:
        raise Refused(bad_parameter)
    return quote(identity, safe="")
