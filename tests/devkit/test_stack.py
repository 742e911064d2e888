import sys
import time

import pytest

from devkit import ports, stack
from devkit.errors import DevError
from devkit.process import Daemon
from devkit.stack import Ports, Stack

SERVER = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/good" else 500)
        self.end_headers()
HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def test_ports_differ_and_the_front_is_the_wanted_one():
    wanted = ports.pick()
    chosen = Ports.pick(wanted)
    assert chosen.front == wanted
    assert len({chosen.front, chosen.http, chosen.socket, chosen.sandbox}) == 4
    assert chosen.all_free()


def test_one_taken_port_spoils_the_set():
    import socket

    chosen = Ports.pick()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", chosen.socket))
        taken.listen()
        assert not chosen.all_free()


def test_addresses_and_shared_secrets():
    made = Stack("demo", None, "demo", Ports(1, 2, 3, 4), {"TOKEN": "t"})
    assert made.url == "http://127.0.0.1:1"
    assert made.sandbox_url == "http://127.0.0.1:4"
    assert made.env == {"TOKEN": "t", "SOCIAL_SANDBOX_URL": "http://127.0.0.1:4"}
    names = [made.sandbox.name, made.odoo.name, made.front.name]
    assert names == [daemon.name for daemon in stack.daemons("demo")]


@pytest.fixture
def daemon(home):
    made = Daemon("demo-odoo")
    yield made
    made.kill()


def test_waits_until_it_answers(daemon, home):
    port = ports.pick()
    daemon.start([sys.executable, "-c", SERVER, str(port)], {}, cwd=home)
    stack.answers(f"http://127.0.0.1:{port}/good", daemon)
    assert daemon.pid()


def test_a_server_that_ends_gives_its_reason_at_once(daemon, home):
    script = "import time; time.sleep(0.3); raise ValueError('bad option')"
    daemon.start([sys.executable, "-c", script], {}, cwd=home)
    started = time.monotonic()
    with pytest.raises(DevError, match=r"demo-odoo does not answer: ValueError: bad"):
        stack.answers("http://127.0.0.1:9/", daemon)
    assert time.monotonic() - started < 10


def test_a_taken_port_is_called_so(daemon, home):
    script = "import time; time.sleep(0.3); raise OSError('Address already in use')"
    daemon.start([sys.executable, "-c", script], {}, cwd=home)
    with pytest.raises(DevError, match="its port is in use by another program"):
        stack.answers("http://127.0.0.1:9/", daemon)


def test_errors_are_no_answer(daemon, home, monkeypatch):
    monkeypatch.setattr(stack, "START_SECONDS", 1)
    port = ports.pick()
    daemon.start([sys.executable, "-c", SERVER, str(port)], {}, cwd=home)
    with pytest.raises(DevError, match="does not answer"):
        stack.answers(f"http://127.0.0.1:{port}/bad", daemon)


def test_stop_ends_every_part(home):
    made = Stack("demo", None, "demo", Ports(1, 2, 3, 4), {})
    processes = [
        daemon.start(["/bin/sleep", "60"], {}, cwd=home)
        for daemon in stack.daemons("demo")
    ]
    end = time.monotonic() + 5
    while not made.is_running() and time.monotonic() < end:
        time.sleep(0.02)
    assert made.is_running()
    made.stop()
    assert not made.is_running()
    assert all(process.wait(5) for process in processes)
