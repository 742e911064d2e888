"""What people are told about Facebook."""

from ..words import _

# about what is written in public
VISITOR_POST = _("Wrote on the page")
MENTION = _("Mentioned the page")
RECOMMENDS = _("Recommends the page")
ADVISES_AGAINST = _("Does not recommend the page")
STARS = _("Gives the page %(rating)s of 5 stars")
REVIEW = _("Reviewed the page")

# about the account
NOT_SUBSCRIBED = _(
    "Facebook does not deliver the page's messages and comments here yet. Press "
    "“Connect”."
)

# about an answer that cannot be sent
BAD_RECIPIENT = _("This contact has no address that Facebook can send to.")
NO_MESSAGE_ID = _(
    "Facebook took the message without giving it a number. Ask the customer "
    "whether it arrived."
)
LIKES_ONLY = _("Facebook lets a page only like a comment (👍).")
COMMENT_FILE = _(
    "Under a comment Facebook shows a text and one picture. Send “%(name)s” in a "
    "private message."
)
COMMENT_FILES = _(
    "Under a comment Facebook shows a text and one picture. Send the other files in a "
    "private message."
)

ALL = tuple(v for k, v in list(globals().items()) if k.isupper())
