"""What people are told about an account of Meta."""

from ..words import _

TOKEN_WORKS = _("The access token works")
TOKEN_ENDED = _("Meta no longer accepts it. Make a new one and enter it.")
PERMISSIONS = _("The access token has every permission")
MISSING = _("It lacks %(names)s. Make a new one that has them.")
APP = _("The app's ID and secret fit together")
NOT_THE_APP = _("Meta does not accept them. Copy both again from the app's settings.")
SUBSCRIBED = _("Messages and comments are delivered here")

ALL = tuple(v for k, v in list(globals().items()) if k.isupper())
