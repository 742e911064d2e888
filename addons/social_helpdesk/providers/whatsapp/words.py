"""What people are told about WhatsApp."""

from ..words import _

# about a message
FORWARDED = _("Forwarded")
FORWARDED_OFTEN = _("Forwarded many times")
PRODUCT = _("Asks about product %(product)s of catalogue %(catalog)s")
ADVERTISEMENT = _("Came from an advertisement: %(title)s %(url)s")
DISAPPEARING = _("Disappearing message: WhatsApp does not hand out its content")
UNSUPPORTED = _("Unsupported message: %(type)s")
UNAVAILABLE = _("This message can only be read in the WhatsApp app on the phone")
ORDER = _("Order from the catalogue")
ANIMATED = _("Animated sticker")
BUTTON_VALUE = _("Value of the button: %(value)s")
FORM = _("Answer to a form")
MEDIA_FAILED = _("WhatsApp could not pass on the file. Ask for it once more.")

MISSED_CALL = _(
    "The customer called. Calls cannot be taken here: write to the customer."
)
CALL = _("Call with the customer, %(seconds)s seconds")

# about the account
PROTOCOL_ERROR = _("WhatsApp reports an error: %(details)s")
TEMPLATE_CHANGED = _("Message template “%(name)s”: %(event)s")
ACCOUNT_CHANGED = _("WhatsApp about the business account: %(event)s")
NUMBER_CHANGED = _("WhatsApp about the telephone number: %(event)s")
LOW_QUALITY = _(
    "Customers block or report this number (quality %(rating)s). WhatsApp may "
    "limit it: write less, and only to people who expect it."
)
NOT_VERIFIED = _("The telephone number is not verified yet (%(status)s).")
NAME_NOT_APPROVED = _("The display name is not approved yet (%(status)s).")

NUMBER_WELL = _("The number is verified, has its name and a good standing")
SUBSCRIBED = _("An app receives what customers write")
NOT_SUBSCRIBED = _("No app does. Press “Connect again”.")
DELIVERED_HERE = _("Messages of the number are delivered to this account")
ELSEWHERE = _("They go to %(url)s. Press “Connect again” to have them here.")

# about an answer that cannot be sent
EMPTY_CARD = _("The contact has no telephone number and no e-mail address to send.")
BAD_RECIPIENT = _("This contact has no address that WhatsApp can send to.")
NO_MESSAGE_ID = _(
    "WhatsApp took the message without giving it a number, so its way cannot be "
    "followed. Ask the customer whether it arrived."
)
VARIABLE_MISSING = _("Fill in “%(name)s” of the template.")
VARIABLE_SHAPE = _(
    "“%(name)s” of the template must be one line without tabs and without more "
    "than four spaces in a row."
)
VARIABLE_LINK = _("“%(name)s” of the template must be a link that begins with https.")
TOO_MANY_TEMPLATES = _(
    "There are more than %(limit)s templates at WhatsApp, so the list would lack some. "
    "Delete those that nobody needs in the WhatsApp Manager, and fetch them again."
)
TEMPLATE_NOT_APPROVED = _(
    "WhatsApp has not approved the template “%(name)s” (%(status)s). Choose another."
)
TEMPLATE_KIND = _(
    "The template “%(name)s” holds a part that cannot be sent from here "
    "(%(part)s). Choose another."
)

ALL = tuple(v for k, v in list(globals().items()) if k.isupper())
