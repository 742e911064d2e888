"""How an account is set up, for who has never done it."""

from ..types import Step
from ..words import _

STEPS = (
    Step(
        _("Make the account a professional one and link it to your Facebook page."),
        "https://business.facebook.com/settings/instagram-accounts",
    ),
    Step(
        _(
            "In the Instagram app allow access to messages: Settings, Messages, "
            "Message controls, Connected tools."
        ),
    ),
    Step(
        _(
            "In Meta's console add the product Instagram to your app, and enter the"
            " webhook address and the verify token under “Webhooks, Instagram”."
        ),
        "https://developers.facebook.com/apps",
    ),
    Step(
        _(
            "Make a token with the permissions named below, paste it with the other"
            " values, save and press “Connect”."
        ),
    ),
    Step(
        _(
            "Before customers can write, Meta has to approve the app's permissions "
            "(App Review). Until then only people with a role in the app reach you."
        ),
        "https://developers.facebook.com/docs/app-review",
    ),
)
