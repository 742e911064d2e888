"""The demo: database ``demo``, its stack, its addresses and logins."""

from dataclasses import asdict

from devkit import apt, environment, odoo_tree, paths, ports, postgres, shell, state
from devkit.database import Databases, own_modules
from devkit.errors import DevError
from devkit.odoo_tree import Odoo
from devkit.stack import Ports, Stack, daemons
from devkit.steps import step

PREFERRED_PORT = 8069
LOGINS = [
    ("administrator", "admin"),
    ("agent", "agent"),
    ("customer", "customer"),
    ("moderator", "moderator"),
    ("second moderator", "moderator2"),
]


def prepare(server_name: str, *, browser: bool = False) -> Databases:
    """Everything up to a running PostgreSQL; each step only when missing."""
    paths.prepare()
    wanted = dict(apt.SERVE)
    wanted |= apt.DATABASE if postgres.is_ours() else apt.CLIENT
    if browser:
        wanted |= apt.BROWSER
    apt.ensure(wanted)
    odoo = ensure_code()
    server = postgres.server(server_name)
    server.ensure_running()
    return Databases(server, odoo)


def ensure_code() -> Odoo:
    """Odoo and the virtual environment."""
    if not paths.TREE.is_dir() or not paths.VENV.is_dir():
        odoo_tree.check_space()
    odoo = odoo_tree.ensure()
    environment.ensure(odoo)
    return odoo


def up(port: int | None = None, fresh: bool = False) -> Stack:
    """Bring the demo up from whatever state the checkout is in.

    ``port`` is where Odoo is to answer; ``fresh`` throws the old demo away.
    """
    databases = prepare("main")
    stack = _stack(databases, _ports(port))
    _prepare_database(stack, fresh)
    if not stack.is_running():
        with step("Sandbox and Odoo") as current:
            stack.start()
            current.note = stack.url
    _connect_accounts(stack)
    return stack


def existing() -> Stack:
    """The demo of this checkout, running or not.

    Raises DevError when there has been no ``./dev up`` yet.
    """
    known = state.load().get("ports")
    if not known or not paths.PYTHON.exists():
        raise DevError("There is no demo here yet; run ./dev up first.")
    return _stack(
        Databases(postgres.server("main"), odoo_tree.ensure()), Ports(**known)
    )


def _stack(databases: Databases, numbers: Ports) -> Stack:
    database = databases.named("demo")
    return Stack("demo", databases, database, numbers, state.sandbox_secrets())


def stop() -> None:
    """Stop the demo's servers; PostgreSQL goes on."""
    for daemon in reversed(daemons("demo")):
        daemon.stop()


def _ports(wanted: int | None) -> Ports:
    """The ports chosen once; chosen anew when a stranger sits on one of them."""
    known = state.load().get("ports")
    kept = Ports(**known) if known and wanted in (None, known["front"]) else None
    if kept and all(daemon.pid() for daemon in daemons("demo")):
        return kept
    stop()
    if kept and kept.all_free():
        return kept
    if wanted and not ports.is_free(wanted):
        raise DevError(f"Port {wanted} is in use by another program; give another.")
    chosen = Ports.pick(wanted or (kept.front if kept else PREFERRED_PORT))
    state.store("ports", asdict(chosen))
    return chosen


def _prepare_database(stack: Stack, fresh: bool) -> None:
    """Make the demo database, or upgrade it when the add-ons have changed."""
    databases = stack.databases
    there = stack.database in databases.names()
    current = f"{databases.server.identity} {databases.template_name()}"
    if there and not fresh:
        if state.load().get("demo_made_from") != current:
            upgrade(stack)
            state.store("demo_made_from", current)
        return
    template = databases.template()
    with step("Demo database"):
        stop()
        databases.drop(stack.database)
        databases.copy(template, stack.database)
        state.store("demo_made_from", current)


def upgrade(stack: Stack) -> None:
    """Upgrade our add-ons in the demo database, keeping what is in it."""
    with step("Upgrading the demo database") as current:
        stack.odoo.stop()
        ours = ",".join(own_modules())
        arguments = ("-i", ours, "-u", ours) if ours else ()
        stack.databases.odoo_run(
            *(stack.database, "upgrade.log", current.progress, "--with-demo"),
            *arguments,
        )


def _connect_accounts(stack: Stack) -> None:
    """Let the demo's accounts register their webhooks with the sandbox."""
    if "social_helpdesk" not in own_modules():
        return
    with step("Demo accounts") as current:
        said = shell.run(
            [paths.PYTHON, "-m", "devkit.inside.connect", stack.url, stack.database],
            "Connecting the demo accounts",
            cwd=paths.ROOT,
        )
        current.note = said.strip()
