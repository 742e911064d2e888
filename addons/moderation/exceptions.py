"""What the gate says to an author who is there to be told."""

import logging

from odoo.exceptions import UserError


class Refused(UserError):  # noqa: N818 what happened to the text, not an error
    """The text is not published. Nothing of it is stored, and nothing of it is in
    ``str(error)``, which ends up in logs; ``context`` goes to the author's page.

    ``context``: see ``moderation.scanner._advice``.
    """

    loglevel = logging.INFO  # a rule that works is no incident
    http_status = 422

    def __init__(self, message, advice):
        super().__init__(message)
        self.context = {"moderation": advice}


class Coached(Refused):
    """The author can set it right and send it again, or insist where he may."""
