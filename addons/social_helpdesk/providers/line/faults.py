"""What LINE's errors mean for us and for the agent.

https://developers.line.biz/en/reference/messaging-api/#status-codes
https://developers.line.biz/en/reference/messaging-api/#error-messages

LINE has no codes: the status as in HTTP, a sentence, and where something is wrong.
"""

from typing import Any

from ..errors import ProviderError, Refused, RetryLater
from ..http import Http, Response
from ..tame import Node
from . import words

# part of what LINE says, in lower case -> our sentence
REFUSALS = {
    "failed to send messages": words.UNREACHABLE,
    "property, 'to'": words.BAD_RECIPIENT,
    "webhook": words.BAD_WEBHOOK,
}
# of a reply: the token was used, or its time is over
BAD_REPLY_TOKEN = "invalid reply token"


def failure(response: Response, http: Http) -> ProviderError:
    """The exception for an answer that is not a success."""
    status, said = response.status, http.mask(details(response.json))
    extra: dict[str, Any] = {"code": str(status), "details": said}
    if status == 429 and "monthly limit" in said.lower():
        return Refused(words.LIMIT_REACHED, alarm=True, **extra)
    if status == 429:
        return RetryLater(words.WAIT, seconds=response.retry_after, **extra)
    if status >= 500:
        return RetryLater(words.AGAIN, **extra)
    if status == 401:
        return Refused(words.TOKEN, alarm=True, **extra)
    if status == 403:
        return Refused(words.FORBIDDEN, alarm=True, **extra)
    known = {404: words.NOBODY, 413: words.TOO_BIG}
    return Refused(known.get(status) or _sentence(said), **extra)


def _sentence(said: str) -> str:
    lower = said.lower()
    return next(
        (ours for part, ours in REFUSALS.items() if part in lower), words.REFUSED
    )


def details(answer: dict[str, Any]) -> str:
    """LINE's own words: the sentence, then each place and what is wrong there."""
    error = Node(answer)
    places = [
        ": ".join(filter(None, (one.name("property"), one.name("message"))))
        for one in error.nodes("details")[:10]
    ]
    return "; ".join(filter(None, (error.name("message"), *places)))[:1000]
