"""How an account is set up, for who has never done it."""

from ..types import Step
from ..words import _

STEPS = (
    Step(
        _(
            "In Meta's console create an app of type “Business” and add the product"
            " Messenger."
        ),
        "https://developers.facebook.com/apps",
    ),
    Step(
        _(
            "In the business settings create a system user, give it the page with "
            "full control, and make a token of the page with the permissions named "
            "below."
        ),
        "https://business.facebook.com/settings/system-users",
    ),
    Step(
        _(
            "Copy the app ID and the app secret from “App settings, Basic”, and the"
            " page's ID from its “About”."
        ),
    ),
    Step(
        _(
            "Enter the webhook address and the verify token in the app under "
            "“Webhooks, Page”."
        ),
    ),
    Step(
        _(
            "Paste the values below, save and press “Connect”: that subscribes the "
            "page."
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
