"""PostgreSQL clusters of the project's own; the system's is never touched.

A cluster listens on the loopback interface with a generated password: a socket's
path may have 107 bytes, a checkout's more. PostgreSQL refuses to run as root;
then it runs as ``postgres``, in a folder which that user can reach.
"""

import os
import secrets
import shutil
import subprocess
from pathlib import Path

from devkit import files, paths, ports, shell, state
from devkit.errors import DevError
from devkit.pg_host import can_enter, program, unprivileged_user
from devkit.steps import step

ROLE = "odoo"
# What libpq itself reads: with one of these set, the server is the caller's.
GIVEN = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE")
# Set beside them for our own children, which may call ./dev in turn.
OURS = "DEV_CLUSTER"
# Where root's clusters live when the checkout is one that PostgreSQL cannot enter.
OUTSIDE = Path("/var/lib/odoo-dev")

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "password_encryption": "scram-sha-256",
    "log_min_messages": "warning",
}
# What tests store need not survive a power cut, so no flush to the disk; it must
# survive a kill of the server, so synchronous_commit stays on.
TEST_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_wal_size": "4GB",
}


class Server:
    """A PostgreSQL server given by the caller's PG* variables."""

    name = "given"

    @property
    def identity(self) -> str:
        """Tells this server from another one."""
        return " ".join(os.environ.get(variable, "") for variable in GIVEN)

    @property
    def prefix(self) -> str:
        """How the names of our databases begin: here others may live too, who
        also call something "demo"."""
        return f"dev_{paths.checkout_id()}_"

    def ensure_running(self) -> None:
        """Raise DevError, with PostgreSQL's own words, when it cannot be used."""
        shell.run(
            [program("psql"), "-XAtqc", "SELECT 1", "postgres"],
            "Connecting to the PostgreSQL of your PG* variables",
        )

    def env(self) -> dict[str, str]:
        """The PG* variables for child processes (beyond the inherited ones)."""
        return {}

    def stop(self) -> None:
        """Leave it alone: it is not ours."""


class Cluster(Server):
    """A cluster of this checkout: ``main`` for the demo, ``test`` for tests."""

    prefix = ""

    def __init__(self, name: str) -> None:
        self.name = name
        self.user = unprivileged_user()
        self.folder = self._place()
        inside = self.folder.is_relative_to(paths.HOME)
        self.log = (
            paths.LOG if inside else self.folder.parent
        ) / f"postgres-{name}.log"

    @property
    def identity(self) -> str:
        """Its name: there is one of each in a checkout."""
        return self.name

    @property
    def port(self) -> int:
        """The port it was given once; replaced only while it is stopped."""
        return state.keep(f"postgres_{self.name}_port", ports.pick)

    def env(self) -> dict[str, str]:
        """PGHOST, PGPORT, PGUSER and PGPASSWORD, and that they are ours."""
        return {
            "PGHOST": ports.LOOPBACK,
            "PGPORT": str(self.port),
            "PGUSER": ROLE,
            "PGPASSWORD": self._password(),
            OURS: self.name,
        }

    def ensure_running(self) -> None:
        """Create the cluster when there is none, start it when it is stopped."""
        if not (self.folder / "PG_VERSION").is_file():
            with step(f"PostgreSQL cluster ({self.name})"):
                self._create()
        if not self.is_running():
            with step(f"PostgreSQL start ({self.name})") as current:
                self._start()
                current.note = f"port {self.port}"

    def is_running(self) -> bool:
        """Whether the cluster's own server process is alive."""
        return self._pid() is not None

    def stop(self, mode: str = "fast") -> None:
        """Stop it if it runs; ``mode`` as in pg_ctl (smart, fast, immediate)."""
        if self.is_running():
            self._control("stop", "-m", mode)

    def restart(self) -> None:
        """What a crash of the database server looks like to its clients."""
        self.stop("immediate")
        self._start()

    def remove(self) -> None:
        """Stop and delete it, with everything in it."""
        self.stop("immediate")
        files.remove(self.folder)

    def _move(self) -> None:
        """Take another port: a stranger has ours."""
        state.store(f"postgres_{self.name}_port", ports.pick())

    def _password(self) -> str:
        return state.keep(f"postgres_{self.name}_password", secrets.token_hex)

    def _place(self) -> Path:
        inside = paths.HOME / "pg" / self.name
        if self.user is None or can_enter(paths.ROOT, self.user):
            return inside
        return OUTSIDE / paths.checkout_id() / self.name

    def _create(self) -> None:
        temporary = self.folder.with_name(f"{self.name}.part")
        files.remove(temporary)
        temporary.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        temporary.mkdir(mode=0o700)
        self._give(temporary)
        # A password file only its reader can open, gone when initdb has read it.
        secret = temporary.with_suffix(".password")
        files.write(secret, self._password(), 0o600)
        self._give(secret)
        try:
            shell.run(
                [
                    *(program("initdb"), "-D", temporary, "-U", ROLE, "--no-sync"),
                    *("--auth=scram-sha-256", f"--pwfile={secret}"),
                    *("--encoding=UTF8", "--locale=C.UTF-8"),
                ],
                "Creating the PostgreSQL cluster",
                user=self.user,
                cwd=temporary,
                log=paths.LOG / "initdb.log",
            )
        finally:
            files.remove(secret)
        temporary.rename(self.folder)

    def _start(self) -> None:
        if not ports.is_free(self.port):
            self._move()
        self._remove_stale_pid()
        files.write(self.folder / "postgresql.conf", self._settings(), 0o600)
        self._give(self.folder / "postgresql.conf")
        self.log.touch(0o600)
        self._give(self.log)
        self._control("start", "-l", str(self.log), "-t", "60")

    def _settings(self) -> str:
        values = {**SETTINGS, "port": str(self.port)}
        if self.name != "main":
            values |= TEST_SETTINGS
        return "".join(f"{key} = '{value}'\n" for key, value in values.items())

    def _control(self, *arguments: str) -> None:
        # pg_ctl's server inherits our pipe and would hold it open: a file instead.
        with open(paths.LOG / "pg_ctl.log", "w+") as output:
            done = subprocess.run(
                [program("pg_ctl"), "-D", self.folder, "-w", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
                check=False,
            )
        if done.returncode:
            raise DevError(
                f"PostgreSQL ({self.name}) does not {arguments[0]}: {self._why()} "
                f"Its log is {self.log}."
            )

    def _why(self) -> str:
        lines = self.log.read_text().splitlines() if self.log.is_file() else []
        fatal = [line for line in lines[-40:] if "FATAL" in line or "PANIC" in line]
        return fatal[-1] if fatal else "it gives no reason."

    def _pid(self) -> int | None:
        """The server's process, None when postmaster.pid is missing or stale
        (its number may belong to any other process by now)."""
        try:
            pid = int((self.folder / "postmaster.pid").read_text().split()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            return None
        return pid if os.fsencode(self.folder) in command.split(b"\0") else None

    def _remove_stale_pid(self) -> None:
        # PostgreSQL itself gives up when the number is in use by another process.
        files.remove(self.folder / "postmaster.pid")

    def _give(self, path: Path) -> None:
        if self.user:
            shutil.chown(path, self.user, self.user)


class Clone(Cluster):
    """A copy of another cluster, for one test run that may crash it."""

    def __init__(self, name: str, source: Cluster) -> None:
        super().__init__(name)
        self.source = source
        self._port = ports.pick()

    @property
    def port(self) -> int:
        """A free port, kept while the clone lives and no longer."""
        return self._port

    def _move(self) -> None:
        self._port = ports.pick()

    def _password(self) -> str:
        return self.source._password()

    def _create(self) -> None:
        files.remove(self.folder)
        self.folder.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.folder.mkdir(mode=0o700)
        self._give(self.folder)
        shell.run(
            [
                *(program("pg_basebackup"), "-D", self.folder, "--no-sync"),
                *("--wal-method=stream", "--checkpoint=fast"),
            ],
            "Copying the PostgreSQL cluster",
            env=self.source.env(),
            user=self.user,
            cwd=self.folder,
        )


def server(name: str) -> Server:
    """The caller's server when PG* variables name one, else the cluster."""
    return Cluster(name) if is_ours() else Server()


def is_ours() -> bool:
    """Whether no PG* variable names a server of the caller's."""
    if os.environ.get(OURS):
        return True
    return not any(os.environ.get(variable) for variable in GIVEN)


def remove_all() -> None:
    """Stop and delete every cluster of this checkout, wherever it is."""
    for cluster in clusters():
        cluster.remove()
    files.remove(Cluster("main").folder.parent)


def clusters() -> list[Cluster]:
    """Every cluster of this checkout that is on the disk, whole or half-made."""
    anchor = Cluster("main").folder.parent
    names = sorted(path.name for path in anchor.glob("*") if path.is_dir())
    return [Cluster(name) for name in names if "." not in name]
