"""What Graph's error codes mean for us and for the agent.

https://developers.facebook.com/docs/graph-api/guides/error-handling
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ..errors import ProviderError, Refused, RetryLater
from ..http import Http, Response
from ..tame import Node


class Then(Enum):
    """What follows from an error."""

    FAIL = "fail"  # this message cannot be sent
    ALARM = "alarm"  # nothing can be sent until an administrator acts
    WINDOW = "window"  # too late for a free answer
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Fault:
    text: str
    then: Then = Then.FAIL


@dataclass(frozen=True, slots=True)
class Faults:
    """A channel's own sentences for the codes.

    :param codes: by ``error.code``, or by ``(code, subcode)`` where that says more
    """

    codes: Mapping[int | tuple[int, int], Fault]
    unknown: Fault
    token: Fault
    permission: Fault
    media: Fault
    wait: Fault
    again: Fault

    @property
    def sentences(self) -> tuple[str, ...]:
        own = (self.unknown, self.token, self.permission, self.media)
        all_ = (*own, self.wait, self.again, *self.codes.values())
        return tuple(dict.fromkeys(fault.text for fault in all_))

    def of(self, code: int | None, subcode: int | None = None) -> Fault:
        if code is None:
            return self.unknown
        if found := self.codes.get((code, subcode or 0)) or self.codes.get(code):
            return found
        return self.permission if 200 <= code <= 299 else self.unknown

    def failure(self, response: Response, http: Http) -> ProviderError:
        """The exception for an answer that is not a success."""
        error = Node(response.json.get("error"))
        code = error.whole("code")
        known = (
            self._by_status(response.status)
            if code is None
            else self.of(code, error.whole("error_subcode"))
        )
        if known is self.unknown and (
            response.status >= 500 or error.flag("is_transient")
        ):
            known = self.again
        return _exception(known, response, error, http)

    def _by_status(self, status: int) -> Fault:
        return {
            401: self.token,
            403: self.permission,
            413: self.media,
            429: self.wait,
        }.get(status, self.unknown)


def details(error: Node) -> str:
    """The provider's own words: title, code, explanation, link."""
    words = [
        error.name("title") or error.name("message"),
        f"({code})" if (code := error.key("code")) else "",
        error.node("error_data").text("details"),
        error.name("href"),
    ]
    if error.node("error_data").text("details") == words[0]:
        words[2] = ""
    return " ".join(word for word in words if word)[:1000]


def _exception(
    known: Fault, response: Response, error: Node, http: Http
) -> ProviderError:
    words: dict[str, Any] = {
        "code": error.key("code") or str(response.status),
        "details": http.mask(details(error)),
    }
    if known.then is Then.RETRY:
        return RetryLater(known.text, seconds=response.retry_after, **words)
    return Refused(
        known.text,
        alarm=known.then is Then.ALARM,
        window_closed=known.then is Then.WINDOW,
        **words,
    )
