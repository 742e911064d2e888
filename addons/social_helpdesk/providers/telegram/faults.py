"""What Telegram's errors mean for us and for the agent.

https://core.telegram.org/bots/api#making-requests

Telegram has no list of errors: a number as in HTTP and a sentence.
"""

from ..errors import ProviderError, Refused, RetryLater
from ..http import Http, Response
from ..tame import Node
from . import words

# part of the description, in lower case -> our sentence
REFUSALS = {
    "can't parse entities": words.BAD_TEXT,
    "message is too long": words.BAD_TEXT,
    "caption is too long": words.BAD_TEXT,
    "chat not found": words.NO_CHAT,
    "not enough rights": words.NO_RIGHTS,
    "have no rights": words.NO_RIGHTS,
    "need administrator rights": words.NO_RIGHTS,
    "upgraded to a supergroup": words.NEW_GROUP,
    "webhook": words.BAD_WEBHOOK,
    "photo_": words.BAD_FILE,
    "image_process": words.BAD_FILE,
    "wrong file": words.BAD_FILE,
    "failed to get http url content": words.BAD_FILE,
    "entity too large": words.BAD_FILE,
    "file is too big": words.TOO_LARGE,
}


def failure(response: Response, http: Http) -> ProviderError:
    """The exception for an answer that is not a success."""
    answer = Node(response.json)
    status = answer.whole("error_code") or response.status
    said = http.mask(answer.text("description")[:500])
    extra = {"code": str(status), "details": said}
    if status == 429:
        wait = answer.node("parameters").size("retry_after")
        seconds = float(wait) if wait is not None else response.retry_after
        return RetryLater(words.WAIT, seconds=seconds, **extra)
    if status >= 500:
        return RetryLater(words.AGAIN, **extra)
    if status in (401, 404):  # a path with a wrong token does not exist
        return Refused(words.TOKEN, alarm=True, **extra)
    text = words.BLOCKED if status == 403 else _sentence(said)
    return Refused(text, **extra)


def _sentence(said: str) -> str:
    lower = said.lower()
    return next(
        (ours for part, ours in REFUSALS.items() if part in lower), words.REFUSED
    )
