"""What people are told about Instagram."""

from ..words import _

# about what is written in public
MENTION_CAPTION = _("Mentioned the account in a caption")
MENTION_COMMENT = _("Mentioned the account in a comment")
LIVE = _("Commented during a live broadcast")
ADVERTISED = _("Under the advertisement “%(title)s”")

# about the account
NOT_SUBSCRIBED = _(
    "Instagram does not deliver the account's messages and comments here yet. Press "
    "“Connect”."
)
ENTER_ADDRESS = _(
    "With a token of Instagram Login, enter the webhook's address and the verify token "
    "in the Meta app yourself: Instagram, API setup, Configure webhooks."
)
RIGHT_ACCOUNT = _("The access token is of this account")
OTHER_ACCOUNT = _(
    "It is of the account %(id)s. Enter that account's ID or another token."
)

# about an answer that cannot be sent
BAD_RECIPIENT = _("This contact has no address that Instagram can send to.")
NO_MESSAGE_ID = _(
    "Instagram took the message without giving it a number. Ask the customer "
    "whether it arrived."
)
COMMENT_FILES = _(
    "Under a picture Instagram shows a text only. Send the files in a private message."
)
COMMENT_LINKS = _(
    "A comment on Instagram holds at most one link and four hashtags. Take some out or "
    "answer in private."
)
COMMENT_CAPITALS = _(
    "Instagram takes no comment in capital letters only. Write it in small letters."
)
HEART_ONLY = _("Instagram takes only the heart (❤️) from businesses.")
MENTION_ONLY = _(
    "Where the account was only mentioned, Instagram allows a public answer and "
    "nothing else."
)

ALL = tuple(v for k, v in list(globals().items()) if k.isupper())
