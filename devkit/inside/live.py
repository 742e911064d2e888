"""A whole stack for one test run or benchmark: fresh database, fresh sandbox, a
real multi-worker Odoo, on a PostgreSQL cluster that may be crashed."""

import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import odoorpc
import psutil
import psycopg2

from devkit import files, odoo_tree, paths, state
from devkit.database import Databases, own_modules
from devkit.inside import rpc
from devkit.odoo_log import Allowed, complaints
from devkit.postgres import Clone, Cluster, server
from devkit.stack import Ports, Stack, daemons


class Live:
    """A running stack, as tests see it."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.url = stack.url
        self.db = stack.database
        self.sandbox_url = stack.sandbox_url
        self.env = stack.env
        self.http_url = f"http://127.0.0.1:{stack.ports.http}"
        self._allowed: list[Allowed] = []
        self._troubles: list[range] = []

    def odoo(self, login: str = "admin", password: str | None = None) -> odoorpc.ODOO:
        """An RPC session; the demo users' passwords are their logins."""
        return rpc.connect(self.url, self.db, login, password or login)

    def psql(self, sql: str, *values: Any) -> list[tuple]:
        """Run one statement in a transaction of its own and return its rows."""
        connection = self.connect()
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(sql, values or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def connect(self) -> psycopg2.extensions.connection:
        """A database connection of the caller's own, who closes it."""
        return psycopg2.connect(dbname=self.db, **self._libpq())

    def workers(self) -> list[psutil.Process]:
        """Odoo's HTTP workers and job runner: the children of its master."""
        children = psutil.Process(self.stack.odoo.pid()).children()
        return [child for child in children if _is_worker(child)]

    def kill_workers(self) -> list[int]:
        """SIGKILL all of Odoo's workers at once; their process numbers. Odoo
        starts others by itself."""
        self._expect_dead_jobs()
        killed = [worker.pid for worker in self.workers()]
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        return killed

    def restart_postgres(self) -> None:
        """Crash the database server and start it again."""
        cluster = self.stack.databases.server
        if not isinstance(cluster, Cluster):
            import pytest

            pytest.skip("PostgreSQL is not ours to restart")
        self._expect_dead_jobs()
        cluster.restart()

    def _expect_dead_jobs(self) -> None:
        reason = "the job runner finds a killed job within a minute, in any later test"
        self.allow_log(r"\.queue_job\.jobrunner", "^Re-queued dead job", reason)

    def restart_odoo(self) -> None:
        """Stop Odoo in good order and start it again."""
        self.stack.odoo.stop()
        self.stack.start()

    def log_text(self) -> str:
        """Odoo's log so far."""
        return self.stack.odoo.log.read_text(errors="replace")

    def allow_log(self, logger: str, text: str, reason: str) -> None:
        """Expect a complaint in Odoo's log: a test that breaks things says which
        words that brings, and why."""
        self._allowed.append(Allowed(logger, text, reason))

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """While parts are killed, Odoo and its job runner may complain as they
        like; our add-ons may not."""
        first = len(self.log_text().splitlines())
        yield
        self._troubles.append(range(first, len(self.log_text().splitlines())))

    def log_complaints(self) -> list[str]:
        """What Odoo logged at WARNING or above and nobody expected."""
        lines = [
            line
            for number, line in enumerate(self.log_text().splitlines())
            if _is_ours(line) or not any(number in time for time in self._troubles)
        ]
        return complaints(lines, self._allowed)

    def wait(self, what: str, condition: Any, seconds: float = 20.0) -> Any:
        """Call ``condition`` until it returns something true, and return that.

        Raises AssertionError naming ``what`` after ``seconds``.
        """
        end = time.monotonic() + seconds
        while not (found := condition()):
            assert time.monotonic() < end, f"not within {seconds} s: {what}"
            time.sleep(0.1)
        return found

    def stop(self) -> None:
        """Stop every process and delete the database; the logs stay."""
        databases = self.stack.databases
        for daemon in (self.stack.front, self.stack.odoo, self.stack.sandbox):
            daemon.stop(patience=5.0)
        if isinstance(databases.server, Clone):
            databases.server.remove()
            files.remove(databases.data)
        else:
            databases.drop(self.db)
        files.remove(paths.RUN / f"{self.stack.name}.conf")

    def _libpq(self) -> dict[str, Any]:
        names = {"PGHOST": "host", "PGPORT": "port"}
        names |= {"PGUSER": "user", "PGPASSWORD": "password"}
        env = self.stack.databases.server.env()
        return {names[key]: value for key, value in env.items() if key in names}


def _is_ours(line: str) -> bool:
    """Whether one of our add-ons wrote this line of the log."""
    return any(f" odoo.addons.{module}." in line for module in own_modules())


def _is_worker(child: psutil.Process) -> bool:
    """Whether it is alive and not the web socket server, a program of its own."""
    try:
        return "gevent" not in child.cmdline()
    except psutil.NoSuchProcess:
        return False


@contextmanager
def live(name: str, modules: Sequence[str] = ()) -> Iterator[Live]:
    """Start a stack called ``name`` on a fresh copy of the template database,
    with further ``modules`` installed; stop and remove it at the end.

    What a killed run left under the same name goes first.
    """
    for daemon in daemons(name):
        daemon.kill()
    databases, database = _fresh_database(name)
    if modules:
        databases.odoo_run(
            database, f"{name}-install.log", lambda _: None, "-i", ",".join(modules)
        )
    stack = Stack(name, databases, database, Ports.pick(), state.sandbox_secrets())
    running = Live(stack)
    try:
        stack.start()
        yield running
    finally:
        running.stop()


def _fresh_database(name: str) -> tuple[Databases, str]:
    """A copy of the template, in a cluster of its own unless the server is the
    caller's."""
    odoo = odoo_tree.ensure()
    source = Databases(server("test"), odoo)
    template = os.environ.get("DEV_TEMPLATE") or source.template()
    database = source.named(name.replace("-", "_"))
    if not isinstance(source.server, Cluster):
        source.drop(database)
        source.copy(template, database)
        return source, database
    clone = Clone(name, source.server)
    clone.remove()
    clone.ensure_running()
    databases = Databases(clone, odoo)
    files.link_tree(source.filestore(template), databases.filestore(database))
    databases.sql(f'ALTER DATABASE "{template}" RENAME TO "{database}"')
    return databases, database
