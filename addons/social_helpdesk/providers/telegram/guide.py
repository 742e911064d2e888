"""How an account is set up, for who has never done it."""

from ..types import Step
from ..words import _

STEPS = (
    Step(
        _(
            "In Telegram write /newbot to @BotFather, choose a name, and copy the "
            "token."
        ),
        "https://t.me/BotFather",
    ),
    Step(
        _(
            "Paste the token below, save and press “Connect”: that registers the "
            "webhook for you."
        ),
    ),
    Step(
        _(
            "For groups, write /setprivacy to @BotFather if the bot shall read what"
            " is not addressed to it."
        ),
    ),
)
