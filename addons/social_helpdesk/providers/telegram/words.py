"""What people are told about Telegram."""

from ..words import _

# about a message
FORWARDED = _("Forwarded from %(name)s")
UNSUPPORTED = _("Unsupported message: %(type)s")
ANIMATED = _("Animated sticker")
LIVE_LOCATION = _("Live location: only the first position is shown")
ENDED = _("The customer ended the conversation")
STORY = _("Reply to a story")
QUOTED = _("About: “%(text)s”")
BUTTON_VALUE = _("Value of the button: %(value)s")
TOO_LARGE = _(
    "Telegram gives bots files of up to 20 MB only, and this one is larger. Ask the "
    "customer for a link to it."
)

# about the customer's consent
BLOCKED_BOT = _("The customer blocked the bot")
UNBLOCKED_BOT = _("The customer allows the bot's messages again")

# about the account
BUSINESS_ON = _("%(name)s connected the bot to his Telegram business account")
BUSINESS_OFF = _("%(name)s took the bot off his Telegram business account")
LAST_ERROR = _("Telegram could not deliver to this server: %(details)s")
PENDING = _("%(count)s updates wait at Telegram to be delivered.")
OTHER_WEBHOOK = _(
    "Telegram delivers to another address. Press “Connect” to deliver here."
)

TOKEN_WORKS = _("The bot's token works")
DELIVERED = _("Telegram delivers to this account")
ARRIVES = _("What it delivers arrives")
UPDATES = _("Edits, reactions, buttons and business chats are delivered as well")
UPDATES_MISSING = _("Not delivered: %(names)s. Press “Connect again”.")
PRIVACY = _("In groups the bot reads only what is addressed to it (privacy mode)")

# about an answer that cannot be sent
NOT_A_MESSAGE = _("This is no message that Telegram could change or mark.")
WAIT = _("Telegram takes no more messages at this pace. Later it will.")
AGAIN = _("Telegram has a fault of its own now. Later it may work.")
REFUSED = _("Telegram refused the message.")
TOKEN = _(
    "Telegram no longer accepts the bot's token. An administrator has to enter the "
    "one that @BotFather shows; incoming messages still arrive."
)
BLOCKED = _(
    "The customer has blocked the bot or left the chat. He has to write again first."
)
NO_CHAT = _("Telegram does not know this chat: the customer has to write first.")
NEW_GROUP = _(
    "The group has a new number since it became a supergroup. Answer in the "
    "conversation that its next message opens."
)
NO_RIGHTS = _("The bot may not write in this chat. An administrator can allow it.")
BAD_TEXT = _("Telegram cannot show this text. Remove the formatting and try again.")
BAD_FILE = _("Telegram cannot use this file. Send it in another format or as a PDF.")
BAD_ITEM = _(
    "Telegram cannot use the file “%(name)s” (number %(place)s of %(count)s), so none "
    "of them went out. Send it in another format, or the others without it."
)
BAD_WEBHOOK = _(
    "Telegram does not accept the webhook's address: it must be public, begin with "
    "https, and use port 80, 88, 443 or 8443."
)
BAD_RECIPIENT = _("This contact has no address that Telegram can send to.")
NO_MESSAGE_ID = _(
    "Telegram took the message without giving it a number. Ask the customer "
    "whether it arrived."
)

ALL = tuple(v for k, v in list(globals().items()) if k.isupper())
