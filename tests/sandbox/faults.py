"""Misbehaviour on demand: the provider is slow, broken, or hangs up.

A fault stands in front of the application. Kinds that end in ``_before`` do
nothing, kinds that end in ``_after`` do everything and only the answer is lost:
from outside they look the same, which is the point.
"""

import itertools
import random
import re
import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Response

from .fault_answers import PROVIDERS, provider_of, refusal
from .tame import number, text, whole

#: kind -> (does the application run?, does an answer come?)
KINDS = (
    "status",
    "rate_limit",
    "expired_token",
    "media_gone",
    "bad_json",
    "slow",
    "cut_before",
    "cut_after",
    "timeout_before",
    "timeout_after",
)
#: Files: a media id, a download link, Telegram's file address (a 404 of a method
#: like getFile would say that the token is wrong).
_MEDIA = r"^GET /(v[\d.]+/\d{16,}$|whatsapp_business/attachments/|file/bot)"
_DEFAULT_SECONDS = {"slow": 2.0, "timeout_before": 30.0, "timeout_after": 30.0}


@dataclass
class Fault:
    """What goes wrong, where, and how often."""

    kind: str
    provider: str = ""
    path: str = ""
    status: int = 500
    code: int = 0
    retry_after: int = 1
    seconds: float = 0.0
    probability: float = 1.0
    times: int | None = None
    seed: int | None = None
    id: int = 0
    hits: int = 0
    _random: random.Random = field(default_factory=random.Random, repr=False)

    def strikes(self, provider: str, request_line: str) -> bool:
        """Does this request ("POST /v23.0/1/messages") meet the fault?"""
        if self.provider not in ("", provider) or self.times == 0:
            return False
        if self.path and not re.search(self.path, request_line):
            return False
        if self._random.random() >= self.probability:
            return False
        if self.times is not None:
            self.times -= 1
        self.hits += 1
        return True

    def view(self) -> dict:
        return {k: v for k, v in vars(self).items() if not k.startswith("_")}


def make(values: dict[str, Any]) -> Fault:
    """Make a fault from ``POST /sandbox/faults``.

    :raises ValueError: with what is wrong about it
    """
    kind = text(values.get("kind"))
    kind = "timeout_before" if kind == "timeout" else kind
    if kind not in KINDS:
        raise ValueError(f"“kind” is one of {', '.join(KINDS)}.")
    if values.get("provider") not in (None, "", *PROVIDERS):
        raise ValueError(f"“provider” is one of {', '.join(PROVIDERS)}, or left out.")
    path = text(values.get("path")) or (_MEDIA if kind == "media_gone" else "")
    try:
        re.compile(path)
    except re.error as error:
        raise ValueError(f"“path” is not a regular expression: {error}.") from None
    seed = None if values.get("seed") is None else whole(values, "seed", 0)
    return Fault(
        kind=kind,
        provider=text(values.get("provider")),
        path=path,
        status=whole(values, "status", 500, 400, 599),
        code=whole(values, "code", 0, 0, 10**7),
        retry_after=whole(values, "retry_after", 1, 0, 86400),
        seconds=number(values, "seconds", _DEFAULT_SECONDS.get(kind, 0.0), most=600),
        probability=number(values, "probability", 1.0, most=1),
        times=None if values.get("times") is None else whole(values, "times", 1, 1),
        seed=seed,
        _random=random.Random(seed),
    )


class FaultBook:
    """All faults that are switched on; the first that strikes wins."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._count = itertools.count(1)

    def add(self, fault: Fault) -> Fault:
        with self._lock:
            fault.id = next(self._count)
            self._faults.append(fault)
        return fault

    def clear(self, fault_id: int | None = None) -> None:
        with self._lock:
            self._faults = [f for f in self._faults if fault_id not in (None, f.id)]

    def views(self) -> list[dict]:
        with self._lock:
            return [fault.view() for fault in self._faults]

    def strike(self, provider: str, request_line: str) -> Fault | None:
        with self._lock:
            for fault in self._faults:
                if fault.strikes(provider, request_line):
                    return fault
        return None


class Misbehave:
    """WSGI middleware in front of the providers' addresses only."""

    def __init__(self, app: Callable, book: FaultBook) -> None:
        self.app = app
        self.book = book

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        provider = provider_of(path)
        line = f"{environ['REQUEST_METHOD']} {path}"
        fault = self.book.strike(provider, line) if provider else None
        if fault is None:
            return self.app(environ, start_response)
        if fault.kind in ("status", "rate_limit", "expired_token", "media_gone"):
            _read_body(environ)
            return refusal(fault, provider)(environ, start_response)
        if fault.kind == "slow":
            time.sleep(fault.seconds)
            return self.app(environ, start_response)
        if fault.kind == "bad_json":
            return self._broken(environ, start_response)
        return self._hang_up(fault, environ)

    def _broken(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Half of a true answer."""
        answer = Response.from_app(self.app, environ)
        text = answer.get_data()
        half = Response(text[: len(text) // 2], answer.status_code)
        half.headers["Content-Type"] = answer.headers.get("Content-Type", "")
        return half(environ, start_response)

    def _hang_up(self, fault: Fault, environ: dict) -> Iterable[bytes]:
        if fault.kind.endswith("_after"):
            Response.from_app(self.app, environ, buffered=True)
        else:
            _read_body(environ)
        if fault.kind.startswith("timeout"):
            time.sleep(fault.seconds)
        # the server has no way to say "no answer", so the socket itself is shut
        connection: socket.socket = environ["werkzeug.socket"]
        connection.shutdown(socket.SHUT_RDWR)
        raise ConnectionAbortedError(f"fault {fault.id}: {fault.kind}")


def _read_body(environ: dict) -> None:
    """Take the request off the wire, or closing would look like a reset."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    environ["wsgi.input"].read(length)
