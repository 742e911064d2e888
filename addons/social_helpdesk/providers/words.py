"""Sentences for people that every channel shares."""


def _(text: str) -> str:
    """Mark a sentence: Odoo's export of terms looks for this name."""
    return text


NO_CONNECTION = _("%(host)s could not be reached. It will be tried again.")
NO_CERTIFICATE = _(
    "The connection to %(host)s is not secure (%(reason)s). Check the clock and "
    "the certificates of this server."
)
CUT = _("%(host)s did not answer in time. It will be tried again.")
NO_ANSWER = _(
    "%(host)s did not confirm the message, so nobody knows whether it arrived. "
    "Ask the customer or look at the telephone before sending it again."
)
BAD_ADDRESS = _(
    "An address or a credential holds characters that cannot be used. Check what was "
    "entered for the account."
)
PRIVATE_ADDRESS = _("The link points into a private network and was not followed.")
OTHER_HOST = _("The request would leave for a host that is not the provider's.")
REDIRECTED = _("The link leads from one address to the next without an end.")
TOO_LARGE = _("The file is larger than %(limit)s MB and was not fetched.")
TOO_LONG_ANSWER = _("%(host)s sent an answer that is far too long.")
GONE = _("The provider no longer has this file (HTTP %(status)s).")
ENCODED = _("%(host)s packed its answer in a way that was not asked for.")
MALFORMED = _("The provider sent something unexpected at “%(path)s”.")
NO_CREDENTIAL = _(
    "The account has no value for “%(name)s”. Ask an administrator to enter it."
)
CANNOT_HIDE = _(
    "%(channel)s cannot hide a message. Only people who read it here are spared it."
)
NO_PROFILE = _("%(channel)s does not say more about it.")
NOT_IN_PRIVATE = _("%(channel)s cannot answer a public message in private.")
NO_POLL = _("%(channel)s has nothing to ask for; it delivers by itself.")
NO_SIGNS = _("%(channel)s does not show customers that they are read or answered.")
CANNOT_REACT = _("%(channel)s has no reactions to messages.")
CANNOT_EDIT = _("%(channel)s cannot change or take back a message that was sent.")
NOT_PREPARED = _("This message could not be prepared for sending.")
BROKE_OFF = _("The sending broke off.")
NOTHING = _("There is nothing to send: write a text or add a file.")
EMPTY_FILE = _("The file “%(name)s” is empty.")
FILE_TOO_LARGE = _(
    "The file “%(name)s” has %(size)s MB; %(channel)s takes at most %(limit)s MB. "
    "Send a smaller one or a link."
)
ANSWERS_WELL = _("%(channel)s answers")
CLOCK = _("This server's clock goes right")
CLOCK_WRONG = _(
    "It differs from %(host)s by %(seconds)s seconds. Set the server's clock with NTP: "
    "signatures with a wrong time are refused, and messages stand in a wrong order."
)
REACHED = _("The webhook's address leads to this server")
NOT_HTTPS = _(
    "“%(host)s” is no https address, and providers deliver to nothing else. Enter the "
    "server's public https address as the system parameter web.base.url."
)
NOT_PUBLIC = _(
    "“%(host)s” is in a private network, where no provider can deliver. Enter the "
    "server's public https address as the system parameter web.base.url."
)
UNREACHED = _(
    "“%(host)s” could not be reached from this server. Check its name in the DNS, and "
    "that the firewall and the proxy let requests through."
)
NOT_TRUSTED = _(
    "The certificate of “%(host)s” is not accepted (%(reason)s). Renew it, and let the "
    "proxy send its whole chain."
)
SOMEBODY_ELSE = _(
    "Somebody else answers at “%(host)s” (HTTP %(status)s). Check that the proxy leads "
    "/social/webhook/ to this server, and that the host name leads to this database."
)

ALL = tuple(v for k, v in list(globals().items()) if k.isupper())
