"""What people are told about a direct message."""

from ...words import _

UNSUPPORTED = _("Unsupported message: %(type)s")
SHARED = _("Shared: %(title)s %(url)s")
LOCATION = _("Location: %(title)s %(url)s")
ADVERTISEMENT = _("Came from an advertisement: %(title)s %(url)s")
REFERRED = _("Came by the link “%(ref)s”")
BUTTON_VALUE = _("Value of the button: %(value)s")
VANISHES = _("Disappearing message: its content is not handed out")
STORY_REPLY = _("Answers the story %(url)s")
STORY_MENTION = _("Mentioned the account in a story, for 24 hours: %(url)s")
PRODUCT = _("Asks about the product %(id)s")

ALL = tuple(v for k, v in list(globals().items()) if k.isupper())
