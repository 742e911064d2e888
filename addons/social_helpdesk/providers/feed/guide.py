"""How an account is set up, for who has never done it."""

from ..types import Step
from ..words import _

STEPS = (
    Step(
        _(
            "Create an alert for your company's and your product's name, delivered as "
            "an RSS feed."
        ),
        "https://www.google.com/alerts",
    ),
    Step(
        _(
            "Or take the feed of a place where people write about you: a complaint "
            "site, a forum, an app store's reviews, a blog. The address of the page "
            "will do, the test names its feed."
        )
    ),
    Step(
        _(
            "Enter it below; with keywords only items that name one become mentions. "
            "Then save and press “Connect”."
        )
    ),
    Step(
        _(
            "An item is answered where it stands: the ticket has the link, and takes "
            "a note of what was answered."
        )
    ),
)
