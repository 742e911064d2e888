"""The one way out: every request to a provider goes through :class:`Http`.

It bounds time and size, masks secrets in every error and log line, lets a link
from outside reach public addresses only (:mod:`.network`), and translates what
can go wrong into the three words a sender has to know (:mod:`.errors`).

A proxy named in the environment (``HTTPS_PROXY``, ``NO_PROXY``) is used. The
peer is then the proxy, so a link's host name is resolved here first and refused
if it has a private address; what the proxy itself resolves is its own matter.
"""

import contextvars
import json
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timezone
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.parse import quote, urljoin

import requests
from requests.exceptions import RequestException, SSLError
from urllib3.exceptions import HTTPError

from .errors import ProviderError, Refused, RetryLater, Uncertain
from .network import Adapter, Line, is_public, origin
from .words import (
    BAD_ADDRESS,
    CUT,
    ENCODED,
    NO_ANSWER,
    NO_CERTIFICATE,
    NO_CONNECTION,
    OTHER_HOST,
    PRIVATE_ADDRESS,
    REDIRECTED,
    TOO_LARGE,
    TOO_LONG_ANSWER,
)

_logger = logging.getLogger(__name__)

MB = 1024 * 1024
ANSWER_LIMIT = 8 * MB  # a full page of templates has well under 1 MB
ANSWER_SECONDS = 60
FILE_SECONDS = 300  # 100 MB at 350 kB/s
REDIRECTS = 3
CHUNK = 64 * 1024
T = TypeVar("T")
FAILURES = (RequestException, HTTPError, HTTPException, OSError)


@dataclass(frozen=True, slots=True)
class Response:
    """Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The object in the body, or {} when there is none."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait as RFC 9110 says them: a number or a date."""
        value = self.headers.get("retry-after", "")
        if value.isascii() and value.isdigit():
            return float(value[:6])
        at = _moment(value)
        return None if at is None else max(0.0, at - time.time())


def _moment(value: str) -> float | None:
    """An HTTP date as Unix time."""
    try:
        date = parsedate_to_datetime(value)
        return (date if date.tzinfo else date.replace(tzinfo=timezone.utc)).timestamp()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def ahead(date: str, began: float, took: float) -> float | None:
    """How far a server's clock is ahead of ours, in seconds.

    Its answer is from some moment between the question and now, so a slow one is
    not held against the clock, nor are the fractions that a Date has not.

    :param date: the header of RFC 9110
    :param began: Unix time of the question
    :return: None: there is no such date
    """
    at = _moment(date)
    if at is None:
        return None
    if at < began - 1:
        return at - began
    return max(0.0, at - (began + took))


class Http:
    """
    :param trusted: the provider's API address, set by an administrator: may be
        private, and is the only place that :meth:`get`, :meth:`post`,
        :meth:`put` and :meth:`delete` go to
    :param secrets: values that no error and no log line may show
    """

    def __init__(self, trusted: str, secrets: tuple[str, ...] = ()):
        try:
            self.trusted = origin(trusted)
        except ValueError:
            self.trusted = None
        self.secrets = tuple(sorted(_forms(secrets), key=len, reverse=True))
        self.line = Line(self.trusted)
        # seconds that the provider's clock is ahead of ours; None: it did not say
        self.ahead: float | None = None
        self.session = _session(self.line)

    def hide(self, *values: str) -> None:
        """Mask these as well: keys of one message, which are no credentials."""
        forms = {*self.secrets, *_forms(values)}
        self.secrets = tuple(sorted(forms, key=len, reverse=True))

    def mask(self, text: str) -> str:
        return _mask(str(text), self.secrets)

    def get(
        self,
        url: str,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """:raises RetryLater: no answer; :raises Refused: not the provider's host"""
        return self._api("GET", url, params=params, headers=headers)

    def post(
        self,
        url: str,
        *,
        json: Any = None,
        data: Any = None,
        files: Any = None,
        headers: Mapping[str, str] | None = None,
        sends: bool = False,
    ) -> Response:
        """
        :param sends: this request makes a message appear at a customer, so a
            lost answer is :class:`Uncertain` and never tried again
        :raises RetryLater: nothing was sent
        :raises Uncertain: only with ``sends``
        """
        kwargs = {"json": json, "data": data, "files": files, "headers": headers}
        return self._api("POST", url, sends, **kwargs)

    def put(
        self, url: str, *, json: Any = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """:raises RetryLater: no answer; :raises Refused: not the provider's host"""
        return self._api("PUT", url, json=json, headers=headers)

    def delete(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        """:raises RetryLater: no answer; :raises Refused: not the provider's host"""
        return self._api("DELETE", url, headers=headers)

    def download(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        limit: int = 20 * MB,
        hosts: tuple[str, ...] = (),
    ) -> Response:
        """Fetch a file from an address that came from outside.

        :param headers: sent to the trusted address, and over https to ``hosts``
            (a name, or ".name" for everything below it); never elsewhere
        :param limit: bytes
        :raises Refused: too large, or an address that must not be followed
        """
        too_large = Refused(TOO_LARGE, values={"limit": f"{limit // MB}"})

        def work():
            sent = headers if self._may_hold_secrets(url, hosts) else None
            answer = self._send("GET", url, headers=sent)
            target = answer.headers.get("Location")
            if 300 <= answer.status_code < 400 and target:
                answer.close()
                return target
            return self._read(answer, limit, too_large)

        for _hop in range(REDIRECTS + 1):
            result = self._exchange(url, work, FILE_SECONDS)
            if isinstance(result, Response):
                return result
            url = _redirect(url, result)
        raise Refused(REDIRECTED)

    # --- inside -------------------------------------------------------------

    def _api(self, method: str, url: str, sends: bool = False, **kwargs) -> Response:
        if not self.trusted or _origin(url) != self.trusted:
            raise Refused(OTHER_HOST)
        # an answer cut short by us says nothing about the message either
        too_long = (Uncertain if sends else RetryLater)(
            NO_ANSWER if sends else TOO_LONG_ANSWER, values={"host": self.trusted[1]}
        )

        def work():
            answer = self._send(method, url, **kwargs)
            return self._read(answer, ANSWER_LIMIT, too_long)

        seconds = FILE_SECONDS if kwargs.get("files") else ANSWER_SECONDS
        return self._exchange(url, work, seconds, sends)

    def _send(self, method: str, url: str, **kwargs) -> requests.Response:
        start, began = time.monotonic(), time.time()
        request = requests.Request(method, url, **kwargs)
        prepared = self.session.prepare_request(request)
        proxies = requests.utils.get_environ_proxies(prepared.url)
        proxied = bool(requests.utils.select_proxy(prepared.url, proxies))
        if proxied and _origin(url) != self.trusted:
            _check_name(_origin(url)[1])
        self.line.start(proxied)
        answer = self.session.send(
            prepared, stream=True, allow_redirects=False, proxies=proxies
        )
        took = time.monotonic() - start
        if _origin(url) == self.trusted:
            self.ahead = ahead(answer.headers.get("Date", ""), began, took)
        place = self.mask(prepared.url.partition("?")[0])
        _logger.debug("%s %s: %s, %.2f s", method, place, answer.status_code, took)
        return answer

    def _read(
        self, answer: requests.Response, limit: int, too_large: ProviderError
    ) -> Response:
        headers = {k.lower(): v for k, v in answer.headers.items()}
        with answer:
            size = headers.get("content-length", "")
            size = int(size) if size.isascii() and size.isdigit() else None
            if size is not None and size > limit:
                raise too_large
            body = bytearray()
            for chunk in _chunks(answer, headers):
                body += chunk
                if len(body) > limit:
                    raise too_large
            if self.line.late or (size is not None and len(body) < size):
                raise TimeoutError("the answer ended early")
        return Response(answer.status_code, headers, bytes(body))

    def _exchange(
        self, url: str, work: Callable[[], T], seconds: float, sends: bool = False
    ) -> T:
        """Do ``work`` in bounded time and turn the libraries' exceptions into
        ours. Ours is raised outside of the handler: the original one, whose
        text has the whole URL, must not travel along as its context."""
        timer = threading.Timer(seconds, self.line.cut)
        timer.daemon = True
        timer.start()
        token = _hidden.set(self.secrets)
        try:
            return work()
        except FAILURES as error:
            failure = self._failure(error, url, sends)
        except ValueError:  # an address or a header that no library accepts
            failure = Refused(BAD_ADDRESS)
        finally:
            timer.cancel()
            _hidden.reset(token)
            self.line.release()
        raise failure

    def _failure(self, error: Exception, url: str, sends: bool) -> ProviderError:
        values = {"host": self.mask((_origin(url) or ("", "?"))[1])}
        if isinstance(error, ValueError):  # requests' InvalidURL and its kin
            return Refused(BAD_ADDRESS)
        if self.line.connecting and isinstance(error, SSLError):
            values["reason"] = self.mask(_reason(error))
            return RetryLater(NO_CERTIFICATE, values=values)
        if self.line.connecting:
            return RetryLater(NO_CONNECTION, values=values)
        if sends:
            return Uncertain(NO_ANSWER, values=values)
        return RetryLater(CUT, values=values)

    def _may_hold_secrets(self, url: str, hosts: tuple[str, ...]) -> bool:
        place = _origin(url)
        if not place or place == self.trusted:
            return bool(place)
        scheme, name, _port = place
        return scheme == "https" and any(
            name == host or (host.startswith(".") and name.endswith(host))
            for host in hosts
        )


def _session(line: Line) -> requests.Session:
    session = requests.Session()
    # no .netrc: it would replace our Authorization; proxies are asked for above
    session.trust_env = False
    session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or True
    # not packed: a small answer cannot grow into a large one behind our limit
    session.headers.update({"Accept-Encoding": "identity", "User-Agent": "odoo"})
    # requests reads a redirect's whole body on its own; we follow by hand
    session.get_redirect_target = lambda response: None
    for scheme in ("http://", "https://"):
        session.mount(scheme, Adapter(line))
    return session


def _chunks(answer: requests.Response, headers: Mapping[str, str]):
    if answer.raw is None:  # made by a test, without a connection
        yield answer.content
        return
    if headers.get("content-encoding", "identity").lower() not in ("", "identity"):
        host = _origin(answer.url) or ("", "?")
        raise RetryLater(ENCODED, values={"host": host[1]})
    yield from answer.raw.stream(CHUNK, decode_content=False)


def _origin(url: str):
    try:
        return origin(url)
    except (ValueError, HTTPError):
        return None


def _redirect(url: str, target: str) -> str:
    """:raises Refused: it leads away from http(s), or from https to http"""
    target = urljoin(url, target)
    old, new = _origin(url), _origin(target)
    if not old or not new or (old[0] == "https" and new[0] != "https"):
        raise Refused(BAD_ADDRESS)
    return target


def _check_name(host: str) -> None:
    """:raises Refused: a name of a private address; :raises OSError: unknown"""
    for *_rest, address in socket.getaddrinfo(host, None):
        if not is_public(address[0]):
            raise Refused(PRIVATE_ADDRESS)


def _reason(error: BaseException) -> str:
    """OpenSSL's own words out of two layers of wrapping."""
    reason = getattr(error.args[0] if error.args else error, "reason", error)
    inner = reason.args[0] if getattr(reason, "args", None) else reason
    return str(getattr(inner, "verify_message", "") or "TLS")[:200]


# --- secrets stay out of other people's log lines ---------------------------

_hidden: contextvars.ContextVar[tuple[str, ...]] = contextvars.ContextVar(
    "hidden", default=()
)


def _forms(secrets: tuple[str, ...]):
    for secret in secrets:
        if len(secret) > 3:  # a shorter one would tear every text apart
            yield from {secret, quote(secret, safe=""), quote(secret)}


def _mask(text: str, secrets: tuple[str, ...]) -> str:
    for secret in secrets:
        text = text.replace(secret, "***")
    return text


class _Hide(logging.Filter):
    """urllib3 logs whole paths, and Telegram's token is part of the path."""

    def filter(self, record: logging.LogRecord) -> bool:
        if secrets := _hidden.get():
            record.msg, record.args = _mask(record.getMessage(), secrets), None
        return True


for _name in ("urllib3.connectionpool", "urllib3.connection", "urllib3.response"):
    logging.getLogger(_name).addFilter(_Hide())
