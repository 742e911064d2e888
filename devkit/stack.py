"""Sandbox, Odoo and their one address, started and stopped together.

The demo is one stack, every end-to-end test run makes another; they share
nothing but code.
"""

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devkit import odoo_config, paths, ports
from devkit.database import Databases
from devkit.errors import DevError
from devkit.process import Daemon

START_SECONDS = 90


@dataclass(frozen=True)
class Ports:
    """Where each part listens, on the loopback interface."""

    front: int
    http: int
    socket: int
    sandbox: int

    @classmethod
    def pick(cls, front: int | None = None) -> "Ports":
        """Four free ports; ``front`` is tried first for the address people see."""
        taken = [ports.pick(front)]
        for _ in range(3):
            taken.append(ports.pick(taken=taken))
        return cls(*taken)

    def all_free(self) -> bool:
        """Whether the whole set can still be used."""
        return all(
            map(ports.is_free, (self.front, self.http, self.socket, self.sandbox))
        )


def daemons(name: str) -> list[Daemon]:
    """The processes of stack ``name``, in the order in which they start."""
    return [Daemon(f"{name}-{part}") for part in ("sandbox", "odoo", "front")]


@dataclass
class Stack:
    """Everything that serves one database."""

    name: str
    databases: Databases
    database: str
    ports: Ports
    secrets: Mapping[str, str]

    @property
    def url(self) -> str:
        """Odoo's address."""
        return f"http://{ports.LOOPBACK}:{self.ports.front}"

    @property
    def sandbox_url(self) -> str:
        """The provider sandbox's address: its page is the customers' phone."""
        return f"http://{ports.LOOPBACK}:{self.ports.sandbox}"

    @property
    def env(self) -> dict[str, str]:
        """The SOCIAL_SANDBOX_* variables that Odoo and the sandbox share."""
        return {**self.secrets, "SOCIAL_SANDBOX_URL": self.sandbox_url}

    @property
    def odoo(self) -> Daemon:
        """Odoo's master process; its children are the workers."""
        return daemons(self.name)[1]

    @property
    def sandbox(self) -> Daemon:
        """The provider sandbox's process."""
        return daemons(self.name)[0]

    @property
    def front(self) -> Daemon:
        """The process at the one address."""
        return daemons(self.name)[2]

    def is_running(self) -> bool:
        """Whether every part is alive."""
        return all(daemon.pid() for daemon in daemons(self.name))

    def start(self) -> None:
        """Start what is not running; return when all of it answers.

        Raises DevError with the part's last words when it does not.
        """
        self._set_base_url()
        if not self.sandbox.pid():
            self.start_sandbox()
        if not self.odoo.pid():
            self.start_odoo()
        if not self.front.pid():
            numbers = (self.ports.front, self.ports.http, self.ports.socket)
            self.front.start(
                [paths.PYTHON, "-m", "devkit.frontdoor", *map(str, numbers)], {}
            )
        self.wait()

    def start_sandbox(self) -> None:
        """Start the provider sandbox without waiting for it."""
        port = str(self.ports.sandbox)
        self.sandbox.start(
            [paths.PYTHON, "-m", "tests.sandbox", "--port", port], self.env
        )

    def start_odoo(self) -> None:
        """Start Odoo without waiting for it."""
        env = {**self.databases.server.env(), **self.env}
        command = [paths.PYTHON, paths.ODOO_BIN, "-c", self._config()]
        self.odoo.start(command, env, cwd=paths.RUN)

    def wait(self) -> None:
        """Return when the sandbox, Odoo and its web socket server answer."""
        answers(self.sandbox_url + "/sandbox/health", self.sandbox)
        answers(self.url + "/web/health", self.odoo)
        # Its process is started last, and a page would miss its first updates.
        socket = f"http://{ports.LOOPBACK}:{self.ports.socket}"
        answers(socket + "/websocket/health", self.odoo)

    def stop(self) -> None:
        """Stop every part, the newest first."""
        for daemon in reversed(daemons(self.name)):
            daemon.stop()

    def _config(self) -> Path:
        return odoo_config.write(
            paths.RUN / f"{self.name}.conf",
            self.databases.odoo,
            data_dir=self.databases.data,
            db_name=self.database,
            dbfilter=f"^{self.database}$",
            http_port=self.ports.http,
            gevent_port=self.ports.socket,
            workers=odoo_config.WORKERS,
            max_cron_threads=1,
            limit_time_real=300,
        )

    def _set_base_url(self) -> None:
        """Without the freeze, an administrator's login would rewrite it."""
        for key, value in (("web.base.url", self.url), ("web.base.url.freeze", "True")):
            self.databases.sql(
                "INSERT INTO ir_config_parameter (key, value) "
                f"VALUES ('{key}', '{value}') "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                self.database,
            )


def answers(url: str, daemon: Daemon) -> None:
    """Wait until ``url`` answers 200.

    Raises DevError when its process ends, or after START_SECONDS.
    """
    end = time.monotonic() + START_SECONDS
    seen = False
    while time.monotonic() < end:
        alive = daemon.pid() is not None
        if seen and not alive:
            break
        seen = seen or alive
        if alive and _is_up(url):
            return
        time.sleep(0.1)
    reason = daemon.last_words()
    if "Address already in use" in daemon.log.read_text(errors="replace"):
        reason = "its port is in use by another program; run it again"
    raise DevError(f"{daemon.name} does not answer: {reason}. Its log is {daemon.log}.")


def _is_up(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except (OSError, http.client.HTTPException, urllib.error.URLError):
        return False
