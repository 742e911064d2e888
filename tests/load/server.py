"""The server that is measured: a live stack with the benchmark's add-ons."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from devkit import environment, files, paths
from devkit.inside.live import Live, live

HERE = Path(__file__).parent
PEER = paths.HOME / "bench-peer"
MODULES = ("social_bench", "mail_gateway_telegram")


@contextmanager
def server() -> Iterator[Live]:
    """A fresh database with what is compared, served by the usual workers.

    The test cluster does not wait for the disk; a webhook that loses nothing
    does, so here it has to.
    """
    _install_peer()
    addons = f"{HERE / 'addons'},{PEER / 'odoo' / 'addons'}"
    base = paths.RUN / "bench-base.conf"
    files.write(base, f"[options]\naddons_path = {addons}\n")
    os.environ["ODOO_RC"] = str(base)
    os.environ["PYTHONPATH"] = str(PEER)
    with live("bench-ingest", MODULES) as running:
        databases = running.stack.databases
        databases.sql("ALTER SYSTEM SET fsync = on")
        databases.sql("ALTER SYSTEM SET synchronous_commit = on")
        databases.sql("SELECT pg_reload_conf()")
        yield running


def _install_peer() -> None:
    marker = PEER / "complete"
    locked = HERE / "peer.txt"
    if marker.is_file() and marker.read_text() == locked.read_text():
        return
    files.remove(PEER)
    environment.install(locked, "--target", str(PEER))
    files.write(marker, locked.read_text())


class Cpu:
    """Processor seconds that Odoo and PostgreSQL have used, by wall or by load
    of the machine untouched: the steadier of the two measures."""

    def __init__(self, running: Live):
        self.odoo = psutil.Process(running.stack.odoo.pid())
        self.postgres = self._postmaster(running)

    def _postmaster(self, running: Live) -> psutil.Process:
        [[pid]] = running.stack.databases.sql(
            "SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)"
        )
        return psutil.Process(int(pid))

    def seconds(self) -> float:
        return sum(map(used, (self.odoo, self.postgres)))


def used(parent: psutil.Process) -> float:
    """Of a process, its living children and those it has waited for."""
    times = parent.cpu_times()
    total = times.user + times.system + times.children_user + times.children_system
    for child in parent.children(recursive=True):
        try:
            own = child.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += own.user + own.system
    return total
