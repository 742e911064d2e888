"""The one exception a person is meant to read."""


class DevError(Exception):
    """Something a person can act on: what happened, why, what to do.

    ``./dev`` prints it as one sentence on stderr and exits with 1.
    """
