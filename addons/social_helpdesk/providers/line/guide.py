"""How an account is set up, for who has never done it."""

from ..types import Step
from ..words import _

STEPS = (
    Step(
        _("Create a provider and a Messaging API channel for your official account."),
        "https://developers.line.biz/console/",
    ),
    Step(
        _(
            "Copy the channel secret (“Basic settings”) and make a long-lived "
            "channel access token (“Messaging API”)."
        ),
    ),
    Step(
        _(
            "Paste both below, save and press “Connect”: that registers the "
            "webhook. Then switch on “Use webhook” in LINE's console."
        ),
    ),
    Step(
        _(
            "In the official account's manager switch the automatic answers off, "
            "else customers get two."
        ),
        "https://manager.line.biz/",
    ),
)
