"""Whether a webhook's address leads here from outside, and our clock goes right."""

from urllib.parse import urlencode

from . import words
from .errors import ProviderError
from .http import Http
from .network import origin
from .types import Check, Note

CLOCK_TOLERANCE = 5  # seconds
QUESTION = "social_reach"  # the parameter that our webhook answers


def clock(http: Http) -> tuple[Check, ...]:
    """By the Date of the provider's last answer; nothing where it gave none."""
    if http.ahead is None or not http.trusted:
        return ()
    todo = None
    if abs(http.ahead) > CLOCK_TOLERANCE:
        values = {"host": http.trusted[1], "seconds": str(round(abs(http.ahead)))}
        todo = Note(words.CLOCK_WRONG, values)
    return (Check(Note(words.CLOCK), todo),)


def reach(url: str, question: str, expected: str, api_url: str = "") -> Check:
    """Ask ``url`` as a provider would: over https, and on the open Internet only.

    :param question: what the webhook is asked, and ``expected`` what it answers
    :param api_url: where the account's provider is. One that stands on the very
        host of ``url`` (a sandbox, a gateway of one's own) needs neither.
    """
    return Check(Note(words.REACHED), _trouble(url, question, expected, api_url))


def _trouble(url: str, question: str, expected: str, api_url: str) -> Note | None:
    try:
        scheme, host, _port = origin(url)
    except ValueError:
        return Note(words.NOT_HTTPS, {"host": url[:100]})
    at_home = _host(api_url) == host
    if scheme != "https" and not at_home:
        return Note(words.NOT_HTTPS, {"host": host})
    http = Http(trusted=url if at_home else "")
    try:
        answer = http.download(f"{url}?{urlencode({QUESTION: question})}", limit=1024)
    except ProviderError as error:
        return _unreached(error, host)
    if answer.status == 200 and answer.body == expected.encode():
        return None
    return Note(words.SOMEBODY_ELSE, {"host": host, "status": str(answer.status)})


def _unreached(error: ProviderError, host: str) -> Note:
    if error.note.text == words.PRIVATE_ADDRESS:
        return Note(words.NOT_PUBLIC, {"host": host})
    if error.note.text == words.NO_CERTIFICATE:
        reason = error.note.values["reason"]
        return Note(words.NOT_TRUSTED, {"host": host, "reason": reason})
    return Note(words.UNREACHED, {"host": host})


def _host(url: str) -> str:
    try:
        return origin(url)[1]
    except ValueError:
        return ""
