"""What Twilio's errors mean for us and for the agent.

https://www.twilio.com/docs/api/errors
"""

from dataclasses import dataclass
from typing import Any

from ..errors import ProviderError, Refused, RetryLater
from ..http import Http, Response
from ..tame import Node
from . import words


@dataclass(frozen=True, slots=True)
class Fault:
    text: str
    alarm: bool = False
    window_closed: bool = False


FAULTS = {
    "20003": Fault(words.TOKEN, alarm=True),
    "20005": Fault(words.FORBIDDEN, alarm=True),
    "20008": Fault(words.FORBIDDEN, alarm=True),
    "21211": Fault(words.NOT_A_NUMBER),
    "21212": Fault(words.BAD_SENDER, alarm=True),
    "21408": Fault(words.NO_REGION),
    "21606": Fault(words.BAD_SENDER, alarm=True),
    "21610": Fault(words.OPTED_OUT),
    "21612": Fault(words.BAD_SENDER),
    "21614": Fault(words.NOT_A_NUMBER),
    "21620": Fault(words.MEDIA),
    "21623": Fault(words.MEDIA),
    "21703": Fault(words.BAD_SENDER, alarm=True),
    "30002": Fault(words.FORBIDDEN, alarm=True),
    "30003": Fault(words.UNREACHABLE),
    "30004": Fault(words.BLOCKED),
    "30005": Fault(words.UNKNOWN_NUMBER),
    "30006": Fault(words.LANDLINE),
    "30007": Fault(words.FILTERED),
    "30008": Fault(words.FAILED),
    "63003": Fault(words.NOT_A_NUMBER),
    "63007": Fault(words.BAD_SENDER, alarm=True),
    "63015": Fault(words.NOT_A_NUMBER),
    "63016": Fault(words.WINDOW, window_closed=True),
    "63019": Fault(words.MEDIA),
    "63024": Fault(words.NOT_A_NUMBER),
    "63032": Fault(words.BLOCKED),
}
BUSY = {"20429", "14107", "30001", "63018", "63038"}


def of_code(code: str) -> Fault:
    return FAULTS.get(code) or Fault(words.FAILED)


def failure(response: Response, http: Http) -> ProviderError:
    """The exception for an answer that is not a success."""
    error = Node(response.json)
    code = error.key("code") or str(response.status)
    said = http.mask(error.name("message"))[:500]
    extra: dict[str, Any] = {"code": code, "details": said}
    if response.status == 429 or code in BUSY:
        return RetryLater(words.WAIT, seconds=response.retry_after, **extra)
    if response.status >= 500:
        return RetryLater(words.AGAIN, seconds=response.retry_after, **extra)
    fault = FAULTS.get(code)
    if fault is None and response.status == 401:
        fault = FAULTS["20003"]
    if fault is None and response.status == 403:
        fault = FAULTS["20005"]
    fault = fault or Fault(words.REFUSED)
    return Refused(
        fault.text, alarm=fault.alarm, window_closed=fault.window_closed, **extra
    )
