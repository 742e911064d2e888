"""What can go wrong between us and a provider; the type is the instruction.

Every error carries ``text``: one sentence for a person (what happened, why,
what to do), already free of secrets. ``note`` is the same to be translated,
``code`` the provider's own code, ``details`` the provider's own words, if any.
"""

# ruff: noqa: N818 - the names are instructions to the caller, not complaints

from collections.abc import Mapping

from .types import Note

LONGEST_WAIT = 24 * 3600  # seconds


class ProviderError(Exception):
    """Base of all; never raised itself."""

    def __init__(
        self,
        text: str,
        code: str = "",
        *,
        values: Mapping[str, str] | None = None,
        details: str = "",
    ):
        self.note = Note(text, values or {})
        self.text = text % values if values else text
        super().__init__(self.text)
        self.code = str(code)
        self.details = details


# --- the webhook's side ------------------------------------------------------


class Unverified(ProviderError):
    """The request does not prove that it comes from the provider: answer 401."""


class MalformedBody(ProviderError):
    """A verified body that cannot be split into events: answer 400."""


class MalformedEvent(ProviderError):
    """One event that cannot be read: park it with its reason, go on."""


# --- the sending side --------------------------------------------------------


class Refused(ProviderError):
    """Final: sending this again cannot succeed. The agent is told ``text``.

    :param alarm: the account itself is broken (token expired, number locked):
        raise the alarm on it, keep accepting what comes in.
    :param window_closed: only a template message is possible now.
    """

    def __init__(
        self,
        text: str,
        code: str = "",
        *,
        alarm: bool = False,
        window_closed: bool = False,
        values: Mapping[str, str] | None = None,
        details: str = "",
    ):
        super().__init__(text, code, values=values, details=details)
        self.alarm = alarm
        self.window_closed = window_closed


class RetryLater(ProviderError):
    """Nothing was sent and it may work later.

    :param seconds: the provider's Retry-After, or None for our own back-off.
    """

    def __init__(
        self,
        text: str,
        code: str = "",
        seconds: float | None = None,
        *,
        values: Mapping[str, str] | None = None,
        details: str = "",
    ):
        super().__init__(text, code, values=values, details=details)
        # No server's word lets a message wait longer than an agent would.
        self.seconds = None if seconds is None else min(seconds, LONGEST_WAIT)


class Uncertain(ProviderError):
    """The request left, no answer came: it may or may not have been sent.

    Never retried by a program. A status webhook or a person settles it.
    """
