"""A provider on loopback that answers as it is told, and remembers."""

import json
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Received:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)


def answer(status: int = 200, value: Any = None, **headers: str) -> Answer:
    """An answer with a JSON body."""
    return Answer(
        status, json.dumps(value if value is not None else {}).encode(), headers
    )


CUT = Answer(status=0)  # take the request, then hang up


class Wire:
    """``answers`` are given one after the other; the last one stays. One may be
    a function of the request."""

    def __init__(self, family: int = socket.AF_INET, host: str = "127.0.0.1"):
        self.received: list[Received] = []
        self.answers: list[Answer | Callable[[Received], Answer]] = [answer()]
        wire = self

        class Server(ThreadingHTTPServer):
            address_family = family
            daemon_threads = True

            def handle_error(self, request, client_address):
                """A client that hangs up is part of the tests."""

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_any(self):
                size = int(self.headers.get("content-length") or 0)
                headers = {k.lower(): v for k, v in self.headers.items()}
                body = self.rfile.read(size)
                wire.received.append(Received(self.command, self.path, headers, body))
                wire.reply(self, wire.received[-1])

            do_GET = do_POST = do_PUT = do_DELETE = do_any  # noqa: N815 - http.server's names

            def log_message(self, *args):
                pass

        self.server = Server((host, 0), Handler)
        self.port = self.server.server_port
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{self.port}"
        serve = self.server.serve_forever
        threading.Thread(target=serve, args=(0.02,), daemon=True).start()

    def reply(self, handler: BaseHTTPRequestHandler, request: Received) -> None:
        given = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        given = given(request) if callable(given) else given
        if given.status == 0:
            handler.close_connection = True
            handler.connection.shutdown(socket.SHUT_RDWR)
            return
        if "Date" in given.headers:  # else it would say its own as well
            handler.send_response_only(given.status)
        else:
            handler.send_response(given.status)
        for name, value in given.headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in given.headers:
            handler.send_header("Content-Length", str(len(given.body)))
        handler.end_headers()
        with suppress(OSError):  # the client may have hung up
            handler.wfile.write(given.body)
        if "Content_Length" in given.headers:
            handler.close_connection = True

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
