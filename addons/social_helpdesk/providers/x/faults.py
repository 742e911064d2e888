"""What X's errors mean for us and for the agent.

https://docs.x.com/x-api/fundamentals/response-codes-and-errors
"""

import time
from typing import Any

from ..errors import ProviderError, Refused, RetryLater
from ..http import Http, Response
from ..tame import Node
from . import words

NO_DM = ("cannot send messages", "not following", "not permitted to send")


def failure(answer: Response, http: Http) -> ProviderError:
    """The exception for an answer that is not a success."""
    status, said = answer.status, http.mask(details(answer.json))
    extra: dict[str, Any] = {"code": str(status), "details": said}
    lower = said.lower()
    if status == 429:
        return RetryLater(words.WAIT, seconds=seconds(answer), **extra)
    if status >= 500:
        return RetryLater(words.AGAIN, seconds=answer.retry_after, **extra)
    if status == 401:
        return Refused(words.TOKEN, alarm=True, **extra)
    if status == 403 and "duplicate" in lower:
        return Refused(words.DUPLICATE, **extra)
    if status == 403 and any(part in lower for part in NO_DM):
        return Refused(words.NO_DM, **extra)
    if status == 403:
        return Refused(words.FORBIDDEN, alarm=True, **extra)
    return Refused(words.GONE if status == 404 else words.REFUSED, **extra)


def seconds(answer: Response) -> float | None:
    """Until the window of the rate limit ends."""
    reset = answer.headers.get("x-rate-limit-reset", "")
    if reset.isascii() and reset.isdigit():
        return max(1.0, float(reset[:12]) - time.time())
    return answer.retry_after


def details(body: dict[str, Any]) -> str:
    """X's own words: of a problem, and of the errors in it."""
    problem = Node(body)
    errors = [e.name("message") or e.name("detail") for e in problem.nodes("errors")]
    own = (problem.name("title"), problem.name("detail"))
    return ": ".join(filter(None, (*own, *errors[:10])))[:1000]
