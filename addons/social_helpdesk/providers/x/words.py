"""What people are told about X."""

from ..words import _

# about a message
UNSUPPORTED = _("Unsupported message: %(type)s")
QUOTE = _("Quotes a post: %(url)s")
BLOCKED = _("The account is blocked by, or has blocked, the author of this post")

# about the account
REVOKED = _(
    "X no longer lets this account be used here: its permission was taken back. An "
    "administrator has to enter new access tokens."
)
TOKEN_WELL = _("X accepts the account's keys and tokens")
SAME_USER = _("The tokens belong to the user ID that was entered")
OTHER_USER = _("Enter the user ID %(id)s, or the tokens of the other account.")
SUBSCRIBED = _("X delivers the account's messages and mentions here")
NOT_SUBSCRIBED = _("Press “Connect”, or let the account ask X for news by itself.")

# about an answer that cannot be sent
BAD_RECIPIENT = _("This contact has no address that X can send to.")
NO_TARGET = _("A public answer on X needs the post that it answers.")
NO_MESSAGE_ID = _(
    "X took the message without giving it a number. Ask the customer whether it "
    "arrived."
)
FILE = _(
    "X takes pictures (JPEG, PNG, WebP) of at most 5 MB here. Send “%(name)s” in "
    "another form or as a link."
)
ONLY_LIKE = _("On X a post can be liked with ❤ here; nothing else is possible.")
TOKEN = _(
    "X does not accept the account's keys or tokens. An administrator has to enter "
    "new ones; incoming messages still arrive."
)
FORBIDDEN = _(
    "X does not allow this to the account. Its app needs the permission to read, write "
    "and send direct messages, and a plan that includes it."
)
DUPLICATE = _("X takes the same post only once. Change the text.")
NO_DM = _(
    "The customer cannot be sent direct messages by this account. Ask in public "
    "to write one first."
)
WAIT = _("X takes no more requests at this pace. Later it will.")
AGAIN = _("X has a fault of its own now. Later it may work.")
GONE = _("The post or the person is no longer on X.")
REFUSED = _("X refused the request.")

ALL = tuple(v for k, v in list(globals().items()) if k.isupper())
