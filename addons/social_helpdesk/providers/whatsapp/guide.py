"""How an account is set up, for who has never done it."""

from ..types import Step
from ..words import _

STEPS = (
    Step(
        _(
            "In Meta's console create an app of type “Business” and add the product"
            " WhatsApp."
        ),
        "https://developers.facebook.com/apps",
    ),
    Step(
        _(
            "Under “API setup” add your number, and copy the phone number ID and "
            "the WhatsApp Business Account ID."
        ),
    ),
    Step(
        _(
            "In the business settings create a system user, give it the app and the"
            " WhatsApp account, and make a token that does not expire, with "
            "whatsapp_business_messaging and whatsapp_business_management."
        ),
        "https://business.facebook.com/settings/system-users",
    ),
    Step(
        _("Copy the app secret from “App settings, Basic”."),
    ),
    Step(
        _(
            "Paste all of it below, save and press “Connect”: that registers the "
            "webhook for you. If Meta refuses, enter the webhook address and the "
            "verify token by hand under “WhatsApp, Configuration”."
        ),
    ),
    Step(
        _(
            "Write to the number from your own telephone: the ticket is there "
            "within seconds."
        ),
    ),
)
