"""What the errors of pages and Messenger mean for us and for the agent.

https://developers.facebook.com/docs/messenger-platform/error-codes
"""

from ..meta.faults import Fault, Faults, Then
from ..words import _

UNKNOWN = Fault(_("Facebook refused the message."))
TOKEN = Fault(
    _(
        "Facebook no longer accepts the page's access token. An administrator has to "
        "enter a new one; incoming messages still arrive."
    ),
    Then.ALARM,
)
PERMISSION = Fault(
    _(
        "The page's access token may not do this. It needs pages_messaging, "
        "pages_manage_metadata, pages_read_engagement, pages_read_user_content and "
        "pages_manage_engagement."
    ),
    Then.ALARM,
)
WAIT = Fault(
    _("Facebook takes no more messages at this pace. Later it will."), Then.RETRY
)
AGAIN = Fault(_("Facebook has a fault of its own now. Later it may work."), Then.RETRY)
PARAMETER = Fault(
    _(
        "Facebook does not accept a value of this request. Check the page's number "
        "and the message."
    )
)
MEDIA = Fault(
    _("Facebook cannot use this file. Send it in another format or as a PDF.")
)
WINDOW = Fault(
    _(
        "Too much time has passed since the customer's last message. You can answer "
        "as soon as the customer writes again."
    ),
    Then.WINDOW,
)
UNAVAILABLE = Fault(
    _(
        "The customer cannot be reached: the account is gone, or it takes no messages "
        "from this page."
    )
)
NO_CONSENT = Fault(
    _("The customer has not allowed Facebook to show the profile to this page.")
)
NOBODY = Fault(_("Facebook knows nobody by this number on this page."))
GONE = Fault(_("The comment is no longer there, or the page may not see it."))
CODES: dict[int | tuple[int, int], Fault] = {
    1: AGAIN,
    2: AGAIN,
    3: PERMISSION,
    4: WAIT,
    (10, 2018065): WINDOW,
    (10, 2018108): UNAVAILABLE,
    (10, 2018278): WINDOW,
    (10, 2018300): WINDOW,
    10: PERMISSION,
    17: WAIT,
    32: WAIT,
    (100, 33): GONE,
    (100, 2018001): NOBODY,
    (100, 2018218): NO_CONSENT,
    100: PARAMETER,
    102: TOKEN,
    190: TOKEN,
    (200, 1545041): UNAVAILABLE,
    (200, 2018028): PERMISSION,
    230: NO_CONSENT,
    368: Fault(
        _(
            "Facebook blocked the page for a breach of its policies. An administrator "
            "finds the details in the page's support inbox."
        ),
        Then.ALARM,
    ),
    551: UNAVAILABLE,
    613: WAIT,
    803: GONE,
    1200: AGAIN,
    1545041: UNAVAILABLE,
    2018047: MEDIA,
    2018218: NO_CONSENT,
}
FACEBOOK = Faults(CODES, UNKNOWN, TOKEN, PERMISSION, MEDIA, WAIT, AGAIN)
