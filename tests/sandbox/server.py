"""Listening, on loopback and nowhere else."""

import threading

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from .app import create_app
from .guard import is_loopback_host
from .world import World


class Quiet(WSGIRequestHandler):
    """No access log: a bot's token is part of its address."""

    def log(self, *_args) -> None:
        """Said nothing."""


def listen(world: World, host: str, port: int) -> BaseWSGIServer:
    """A server that is bound but not serving yet.

    Werkzeug's, because it has a thread for every connection (event streams stay
    open for hours) and gives access to the socket, which a fault has to cut.

    :raises ValueError: ``host`` is not on loopback
    """
    if not is_loopback_host(host):
        raise ValueError(
            f"The sandbox has no passwords and does not listen on {host}. "
            "Use 127.0.0.1."
        )
    server = make_server(
        host, port, create_app(world), threaded=True, request_handler=Quiet
    )
    server.daemon_threads = True
    return server


def start(world: World, port: int = 0) -> BaseWSGIServer:
    """Serve in a thread of this process, as the tests do; ends with ``shutdown()``."""
    server = listen(world, "127.0.0.1", port)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server
