"""What WhatsApp's error codes mean for us and for the agent.

https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
"""

from ..meta.faults import Fault, Faults, Then, details
from ..words import _

__all__ = ["AGAIN", "PARAMETER", "SENTENCES", "WHATSAPP", "Then", "details", "fault"]

UNKNOWN = Fault(_("WhatsApp refused the message."))
TOKEN = Fault(
    _(
        "WhatsApp no longer accepts the account's access token. An administrator "
        "has to enter a new one; incoming messages still arrive."
    ),
    Then.ALARM,
)
PERMISSION = Fault(
    _(
        "The access token may not do this. Give its system user the permissions "
        "whatsapp_business_messaging and whatsapp_business_management."
    ),
    Then.ALARM,
)
# of a request that is refused these are tried again; of a message that failed
# on its way it is the agent who tries
WAIT = Fault(
    _("WhatsApp takes no more messages at this pace. Later it will."), Then.RETRY
)
AGAIN = Fault(_("WhatsApp has a fault of its own now. Later it may work."), Then.RETRY)
PARAMETER = Fault(
    _(
        "WhatsApp does not accept a value of this request. Check the account's "
        "numbers (phone number ID, business account ID) and the message."
    )
)
MEDIA = Fault(
    _("WhatsApp cannot use this file. Send it in another format or as a PDF.")
)
TEMPLATE = Fault(
    _("The template and its values do not fit. Synchronise the templates and retry.")
)

FAULTS: dict[int | tuple[int, int], Fault] = {
    0: TOKEN,
    1: AGAIN,
    2: AGAIN,
    3: PERMISSION,
    4: WAIT,
    10: PERMISSION,
    17: WAIT,
    32: WAIT,
    33: PARAMETER,
    100: PARAMETER,
    190: TOKEN,
    368: Fault(
        _(
            "WhatsApp blocked the account for a breach of its policies. An "
            "administrator finds the details in the WhatsApp Manager."
        ),
        Then.ALARM,
    ),
    613: WAIT,
    80007: WAIT,
    130429: WAIT,
    130472: Fault(
        _(
            "WhatsApp did not deliver this message because the customer's number "
            "is part of an experiment of Meta. Wait until he writes."
        )
    ),
    130497: Fault(
        _("WhatsApp does not let this business write to people in that country.")
    ),
    131000: AGAIN,
    131005: PERMISSION,
    131008: PARAMETER,
    131009: PARAMETER,
    131016: AGAIN,
    131021: Fault(_("The recipient is the business's own number.")),
    131026: Fault(
        _(
            "The message cannot be delivered: the number may have no WhatsApp, an "
            "old version of it, or has not accepted its terms."
        )
    ),
    131030: Fault(
        _(
            "The customer's number is not on the list of recipients of this test "
            "number. Add it in the WhatsApp settings of the Meta app."
        )
    ),
    131031: Fault(
        _(
            "WhatsApp locked the account. An administrator finds the reason in the "
            "WhatsApp Manager."
        ),
        Then.ALARM,
    ),
    131037: Fault(
        _("The number's display name must be approved before it can send."),
        Then.ALARM,
    ),
    131042: Fault(
        _("WhatsApp waits for a payment method: add one in the WhatsApp Manager."),
        Then.ALARM,
    ),
    131045: Fault(
        _("The telephone number is not registered with WhatsApp: register it again."),
        Then.ALARM,
    ),
    131047: Fault(
        _(
            "More than 24 hours have passed since the customer's last message. "
            "Send a template; once he answers you can write freely."
        ),
        Then.WINDOW,
    ),
    131048: Fault(
        _(
            "WhatsApp limits this number because too many of its messages were "
            "blocked or reported. Wait, and write only to those who expect it."
        ),
        Then.ALARM,
    ),
    131049: Fault(
        _(
            "WhatsApp did not deliver the message, to keep the customer from "
            "getting too much advertising. Try it on another day."
        )
    ),
    131050: Fault(_("The customer does not want advertising from this business.")),
    131051: Fault(_("WhatsApp does not support this type of message.")),
    131052: Fault(_("WhatsApp could not fetch the file of this message.")),
    131053: MEDIA,
    131056: WAIT,
    131057: AGAIN,
    131060: Fault(_("WhatsApp cannot show this message to businesses.")),
    131062: Fault(
        _("This message needs the customer's telephone number, which is not known.")
    ),
    132000: TEMPLATE,
    132001: Fault(
        _("WhatsApp has no approved template of this name in this language.")
    ),
    132005: TEMPLATE,
    132007: Fault(_("The template breaks WhatsApp's policies. Choose another.")),
    132012: TEMPLATE,
    132015: Fault(_("The template is paused for low quality. Choose another.")),
    132016: Fault(_("The template is switched off for good. Choose another.")),
    133004: AGAIN,
    133010: Fault(
        _("The telephone number is not registered with WhatsApp: register it."),
        Then.ALARM,
    ),
}
WHATSAPP = Faults(FAULTS, UNKNOWN, TOKEN, PERMISSION, MEDIA, WAIT, AGAIN)
SENTENCES = WHATSAPP.sentences
fault = WHATSAPP.of
