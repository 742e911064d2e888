"""Sentences of the channels that go through Twilio."""

from ..words import _

BAD_RECIPIENT = _("The conversation has no number that Twilio could send to.")
NO_SID = _("Twilio answered without a message id, so nobody knows what became of it.")
NO_LINK = _(
    "Twilio fetches files from a link, and this server has no public https address. "
    "Ask an administrator to set web.base.url."
)
AGAIN = _("Twilio cannot take messages now. It will be tried again.")
WAIT = _("Too many messages in a short time. It will be tried again.")
TOKEN = _(
    "Twilio does not accept the account's credentials. Ask an administrator to enter "
    "the account SID and the auth token again."
)
FORBIDDEN = _("The Twilio account may not do this. Look at its state in the console.")
SUSPENDED = _("The Twilio account is %(status)s. Look at it in Twilio's console.")
REFUSED = _("Twilio refused the message.")
NOT_A_NUMBER = _("The customer's number is not valid, or cannot get such messages.")
NO_REGION = _(
    "The Twilio account may not send to this country. Allow it in the console, under "
    "Messaging, Geo permissions."
)
BAD_SENDER = _(
    "The sender of the account cannot send this. Ask an administrator to look at the "
    "number or messaging service that is entered."
)
OPTED_OUT = _(
    "The customer wrote STOP to this number, so Twilio delivers nothing until the "
    "customer writes START."
)
WINDOW = _(
    "More than 24 hours have passed since the customer's last message, so WhatsApp "
    "takes a template message only."
)
UNREACHABLE = _("The telephone is switched off or cannot be reached now.")
BLOCKED = _("The network or the customer blocks messages from this number.")
UNKNOWN_NUMBER = _("The number does not exist any more.")
LANDLINE = _("The number is a landline or its network does not take messages.")
FILTERED = _("The network took the message for unwanted advertising. Change its text.")
FAILED = _("The message could not be delivered.")
MEDIA = _("Twilio could not fetch the file, or the telephone does not take its type.")
NO_FILE = _("Twilio sent no link to the file.")
UNSUPPORTED = _("Unsupported message: %(type)s")
FORWARDED = _("Forwarded")
OFTEN_FORWARDED = _("Forwarded many times")
FROM_AD = _("Came from an advertisement: %(title)s")
ASKS_HELP = _("The customer asked for help with a keyword.")
STOPPED = _("The customer wrote %(word)s: no messages are wanted.")
STARTED = _("The customer wrote %(word)s: messages are wanted again.")
ACCOUNT = _("Twilio accepts the credentials, and the account is active")
NUMBER = _("The sender belongs to the account")
NUMBER_MISSING = _(
    "Twilio does not know %(sender)s in this account. Enter one of its numbers as "
    "+5511…, or a messaging service (MG…)."
)
WEBHOOK = _("Incoming messages are delivered to this server")
WEBHOOK_ELSEWHERE = _(
    "They go to %(url)s. Press “Connect again”, and the number delivers here."
)
WEBHOOK_BY_HAND = _(
    "Twilio lets nobody look at it from here. Enter the webhook address in the "
    "console, for incoming messages (HTTP POST)."
)
TRIAL = _(
    "It is a trial account: messages go to verified numbers only, with a text of "
    "Twilio's before them."
)
NOT_APPROVED = _("The template “%(name)s” is not approved (%(status)s).")
TOO_MANY_TEMPLATES = _(
    "There are more than %(limit)s templates at Twilio, so the list would lack some. "
    "Delete those that nobody needs in Twilio's console, and fetch them again."
)
VARIABLE_MISSING = _("A value for “%(name)s” is missing.")

ALL = tuple(v for k, v in list(globals().items()) if k.isupper())
