"""How an account is set up, for who has never done it."""

from ..types import Step
from ..words import _

STEPS = (
    Step(
        _(
            "Copy the shared secret below into your program, or enter one of your own "
            "in both places. Everything is signed with it."
        ),
    ),
    Step(
        _(
            "Your program sends what customers write to the webhook address above; "
            "the interface is described here."
        ),
        "/social_helpdesk/static/api/social-helpdesk-v1.yaml",
    ),
    Step(
        _(
            "Enter below where your program takes answers, save and press "
            "“Connect”: it gets a signed “ping” and answers with any 2xx."
        ),
    ),
)
