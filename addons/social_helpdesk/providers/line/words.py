"""What people are told about LINE."""

from ..words import _

# about a message
UNSUPPORTED = _("Unsupported message: %(type)s")
STICKER = _("Sticker: %(keywords)s")
STICKER_NUMBER = _("Sticker %(sticker)s of package %(package)s")
PICTURE_OF = _("Picture %(index)s of %(total)s")
MENTIONS_US = _("Mentions this account")
MENTIONS_ALL = _("Mentions everybody in the group")
BUTTON_VALUE = _("Value of the button: %(value)s")
STANDBY = _(
    "Another system has this chat at LINE now. Let it end there before answering here."
)
NO_ADDRESS = _("LINE names no address for this file.")
NOT_READY = _("LINE is still preparing this file. It will be tried again.")
NOT_PREPARED = _(
    "LINE could not prepare this file. Ask the customer to send it once more."
)

# about the customer's consent
BLOCKED = _("The customer blocked the LINE account")
UNBLOCKED = _("The customer unblocked the LINE account")

# about the account
ATTACHED = _("The channel was attached to a LINE official account")
DETACHED = _(
    "The channel was detached from its LINE official account. An administrator of that "
    "account can attach it again."
)
SUSPENDED = _(
    "LINE suspended the official account. Its administrator finds the reason in LINE "
    "Official Account Manager."
)
RESUMED = _("The LINE official account works again")

# what a test of the account looks at
TOKEN_WELL = _("LINE accepts the channel access token")
HAS_WEBHOOK = _("A webhook address is set at LINE")
SET_WEBHOOK = _("Press “Connect” to deliver messages here.")
WEBHOOK_HERE = _("LINE delivers to this server")
USES_WEBHOOK = _("LINE delivers to the webhook")
TURN_ON = _("Turn on “Use webhook” in LINE Developers Console, Messaging API.")
REACHED = _("LINE reached this server in its test")
NOT_REACHED = _(
    "LINE's test failed (%(reason)s, %(details)s). Check that the address is public, "
    "has a valid certificate, and that the channel secret is right."
)
QUOTA = _("%(used)s of this month's %(limit)s messages are used")
QUOTA_USED = _(
    "No more messages can be sent this month. Take a larger plan in LINE Official "
    "Account Manager."
)

# about an answer that cannot be sent
WAIT = _("LINE takes no more messages at this pace. Later it will.")
AGAIN = _("LINE has a fault of its own now. Later it may work.")
UNCONFIRMED = _(
    "LINE did not confirm the message. Trying it again is safe: LINE takes it only "
    "once."
)
REFUSED = _("LINE refused the message.")
TOKEN = _(
    "LINE no longer accepts the channel access token. An administrator has to issue a "
    "new one in LINE Developers Console; incoming messages still arrive."
)
FORBIDDEN = _(
    "LINE does not allow this account to do that. Check its plan and its permissions "
    "in LINE Official Account Manager."
)
LIMIT_REACHED = _(
    "The LINE account has sent all messages that its plan allows this month. Take a "
    "larger plan or wait for the next month."
)
BAD_RECIPIENT = _("This contact has no address that LINE can send to.")
UNREACHABLE = _(
    "LINE could not deliver to this chat: the customer is unknown, or the account is "
    "no longer in the group."
)
NOBODY = _(
    "LINE does not say who this is: the customer has not added the account as a "
    "friend, or has blocked it."
)
BAD_WEBHOOK = _(
    "LINE does not accept the webhook's address: it must be public and begin with "
    "https."
)
TOO_BIG = _("The message is too large for LINE. Make it shorter.")
NO_LINK = _(
    "LINE shows files by a link, and “%(name)s” has no public https address. Ask an "
    "administrator to set this server's public address."
)
NO_MESSAGE_ID = _(
    "LINE took the message without giving it a number. Ask the customer whether it "
    "arrived."
)

ALL = tuple(v for k, v in list(globals().items()) if k.isupper())
