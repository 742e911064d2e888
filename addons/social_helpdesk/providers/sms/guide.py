"""How an account is set up, for who has never done it."""

from ..types import Step
from ..words import _

STEPS = (
    Step(
        _("Buy a number that takes SMS, or set up a messaging service."),
        "https://console.twilio.com/",
    ),
    Step(
        _("Copy the account SID and the auth token from the console's first page."),
    ),
    Step(
        _(
            "Paste them below with the number or the messaging service, save and "
            "press “Connect”: that registers the webhook for you."
        ),
    ),
    Step(
        _(
            "In Brazil and the United States register the sender first, else "
            "operators drop the messages."
        ),
        "https://www.twilio.com/en-us/guidelines",
    ),
)
