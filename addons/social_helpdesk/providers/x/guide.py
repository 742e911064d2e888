"""How an account is set up, for who has never done it."""

from ..types import Step
from ..words import _

STEPS = (
    Step(
        _(
            "In X's developer console create a project and an app with permission "
            "to read, write and send direct messages."
        ),
        "https://developer.x.com/en/portal/dashboard",
    ),
    Step(
        _(
            "Under “Keys and tokens” copy the API key and its secret, and make the "
            "access token and its secret for your account."
        ),
    ),
    Step(
        _(
            "Paste them below with the user ID and the app ID, save and press "
            "“Connect”: that registers the webhook."
        ),
    ),
    Step(
        _(
            "If your access level has no webhooks, write “yes” in the last line: X "
            "is then asked every few minutes."
        ),
    ),
)
