"""A provider with troubles: WhatsApp's Graph API as a neighbour may meet it."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

PAGE = 100


class Graph(BaseHTTPRequestHandler):
    """Answers nothing but sending and the list of templates."""

    templates: ClassVar[int] = 0
    #: "slow": ten seconds a message; "limited": come again in an hour
    mood: ClassVar[str] = "slow"
    asked: ClassVar[int] = 0

    def do_POST(self) -> None:
        type(self).asked += 1
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.mood == "limited":
            error = {"error": {"code": 80007, "message": "Rate limit issues"}}
            self._answer(429, error, {"Retry-After": "3600"})
            return
        time.sleep(10)
        self._answer(200, {"messages": [{"id": f"wamid.late{id(self)}"}]})

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        first = int(query.get("after", ["0"])[0])
        last = min(first + PAGE, self.templates)
        paging = {"cursors": {"after": str(last)}}
        if last < self.templates:
            paging["next"] = "more"
        self._answer(
            200, {"data": list(map(template, range(first, last)))} | {"paging": paging}
        )

    def _answer(self, status: int, body: Any, headers: dict | None = None) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Nothing to say on the console."""


def template(number: int) -> dict[str, Any]:
    return {
        "id": str(10_000 + number),
        "name": f"aviso_{number}",
        "language": "pt_BR",
        "status": "APPROVED",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": f"Aviso {number}: nota autorizada."}],
    }


def start() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Graph)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
