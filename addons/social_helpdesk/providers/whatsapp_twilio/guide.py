"""How an account is set up, for who has never done it."""

from ..types import Step
from ..words import _

STEPS = (
    Step(
        _("Register a WhatsApp sender in Twilio's console."),
        "https://console.twilio.com/us1/develop/sms/senders/whatsapp-senders",
    ),
    Step(
        _("Copy the account SID and the auth token from the console's first page."),
    ),
    Step(
        _(
            "Paste them below with the number, save and press “Connect”. If Twilio "
            "cannot be told the webhook address, enter it in the sender's settings "
            "by hand."
        ),
    ),
    Step(
        _(
            "Templates for writing first are made under “Content Template Builder” "
            "and fetched from there."
        ),
        "https://console.twilio.com/us1/develop/sms/content-template-builder",
    ),
)
