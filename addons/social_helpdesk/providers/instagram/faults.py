"""What the errors of Instagram mean for us and for the agent.

https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes
https://developers.facebook.com/docs/messenger-platform/error-codes
"""

from ..meta.faults import Fault, Faults, Then
from ..words import _

UNKNOWN = Fault(_("Instagram refused the message."))
TOKEN = Fault(
    _(
        "Instagram no longer accepts the access token. An administrator has to enter a "
        "new one; incoming messages still arrive."
    ),
    Then.ALARM,
)
PERMISSION = Fault(
    _(
        "The access token may not do this. It needs the permissions to manage "
        "Instagram's messages and comments, and the account has to allow access to its "
        "messages."
    ),
    Then.ALARM,
)
WAIT = Fault(
    _("Instagram takes no more messages at this pace. Later it will."), Then.RETRY
)
AGAIN = Fault(_("Instagram has a fault of its own now. Later it may work."), Then.RETRY)
PARAMETER = Fault(
    _(
        "Instagram does not accept a value of this request. Check the account's number "
        "and the message."
    )
)
MEDIA = Fault(
    _("Instagram cannot use this file. Send it in another format or as a PDF.")
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
        "from this business."
    )
)
NO_CONSENT = Fault(
    _("The customer has not allowed Instagram to show the profile to this account.")
)
NOBODY = Fault(_("Instagram knows nobody by this number."))
GONE = Fault(
    _("The comment or picture is no longer there, or the account may not see it.")
)
BLOCKED = Fault(
    _(
        "Instagram blocked the account for a breach of its policies. An administrator "
        "finds the details in the account's status."
    ),
    Then.ALARM,
)
CODES: dict[int | tuple[int, int], Fault] = {
    1: AGAIN,
    2: AGAIN,
    3: PERMISSION,
    4: WAIT,
    9: WAIT,
    (10, 2018065): WINDOW,
    (10, 2018108): UNAVAILABLE,
    (10, 2018278): WINDOW,
    (10, 2018300): WINDOW,
    (10, 2534022): WINDOW,
    10: PERMISSION,
    17: WAIT,
    32: WAIT,
    (100, 33): GONE,
    (100, 2018001): NOBODY,
    (100, 2018218): NO_CONSENT,
    (100, 2534014): NOBODY,
    100: PARAMETER,
    102: TOKEN,
    190: TOKEN,
    (200, 1545041): UNAVAILABLE,
    (200, 2018028): PERMISSION,
    230: NO_CONSENT,
    368: BLOCKED,
    551: UNAVAILABLE,
    613: WAIT,
    803: GONE,
    1200: AGAIN,
    9010: NOBODY,
    1545041: UNAVAILABLE,
    2018047: MEDIA,
    2018218: NO_CONSENT,
}
INSTAGRAM = Faults(CODES, UNKNOWN, TOKEN, PERMISSION, MEDIA, WAIT, AGAIN)
