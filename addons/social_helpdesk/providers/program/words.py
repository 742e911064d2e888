"""Sentences of the API channel."""

from ..words import _

NO_CALLBACK = _(
    "The account has no callback address, so answers cannot be delivered. Ask an "
    "administrator to enter where your program takes them."
)
REFUSED = _("The program refused the message: %(reason)s")
NO_REASON = _("HTTP %(status)s without a reason")
AGAIN = _("The program does not take messages now. It will be tried again.")
UNCONFIRMED = _(
    "The program did not confirm the message. It will be sent again with the same "
    "Idempotency-Key, so that it is taken once only."
)
FORBIDDEN = _(
    "The program does not accept our signature. Enter the same secret on both sides."
)
TOO_LARGE = _("The file is too large to be taken.")
BAD_FILE = _("The file's content is not readable: it is no base64.")
NO_FILE = _("The file has neither a content nor an https link.")
UNSUPPORTED = _("Unsupported message: %(type)s")
STOPPED = _("The customer wants no messages any more: %(reason)s")
WANTED = _("The customer wants messages again: %(reason)s")
FAILED = _("The program could not deliver the message.")
ANSWERS = _("The program answers at its callback address")
ONE_WAY = _(
    "There is no callback address: messages come in, answers cannot go out. Enter one "
    "to answer."
)

ALL = tuple(v for k, v in list(globals().items()) if k.isupper())
