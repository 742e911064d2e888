"""TCP ports on the loopback interface."""

import random
import socket
from collections.abc import Collection

LOOPBACK = "127.0.0.1"
# Below those that the kernel gives to outgoing connections: a server that comes
# back would now and then find its port taken by one of them.
RANGE = range(20000, 32000)


def is_free(port: int) -> bool:
    """Whether a server could listen on ``port`` now."""
    with socket.socket() as probe:
        # Servers set it too: a port in TIME_WAIT counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def pick(preferred: int | None = None, taken: Collection[int] = ()) -> int:
    """``preferred`` when it is free and not in ``taken``, else any free port."""
    if preferred and preferred not in taken and is_free(preferred):
        return preferred
    while True:
        port = random.choice(RANGE)
        if port not in taken and is_free(port):
            return port
