"""What each command of ./dev does, in a few lines each."""

import argparse
import os
import subprocess
from collections.abc import Mapping, Sequence

from devkit import (
    apt,
    demo,
    environment,
    files,
    leftovers,
    paths,
    postgres,
    terms,
    testing,
    word_list,
)
from devkit import lint as linting
from devkit.errors import DevError
from devkit.locks import exclusive
from devkit.process import Daemon
from devkit.stack import daemons

Options = argparse.Namespace


def up(options: Options) -> None:
    """Everything from nothing, then the addresses and logins."""
    with exclusive("up"):
        stack = demo.up(options.port, options.fresh)
    print(f"\nOdoo     {stack.url}/odoo")
    for role, login in demo.LOGINS:
        print(f"         {role:<14} {login} / {login}")
    print(f"Phone    {stack.sandbox_url}/   (write as a customer)")
    print("Stop     ./dev down")


def update(_options: Options) -> None:
    """Upgrade our add-ons in the demo database and restart it."""
    with exclusive("update"):
        demo.upgrade(demo.up())
        demo.up()


def down(_options: Options) -> None:
    """Stop everything of this checkout; data stay."""
    with exclusive("down"):
        _stop_all()


def _stop_all() -> None:
    for pid_file in sorted(paths.RUN.glob("*.pid")):
        Daemon(pid_file.stem).stop()
    for cluster in postgres.clusters():
        cluster.stop()


def clean(_options: Options) -> None:
    """Stop everything and remove all that ./dev ever made here."""
    if not paths.HOME.exists():
        return
    with exclusive("clean"):
        _stop_all()
        postgres.remove_all()
        files.remove(paths.HOME)


def test(options: Options) -> int:
    """Everything from nothing, then pytest."""
    return testing.run(options.extra)


def lint(options: Options) -> int:
    """Every checker over everything."""
    return linting.run(options.fix)


def export_terms(_options: Options) -> None:
    """Collect what is to be translated."""
    with exclusive("terms"):
        terms.export(demo.prepare("test"))


def shot(options: Options) -> int:
    """A picture of a page of the demo, with somebody logged in."""
    stack = demo.existing()
    apt.ensure(apt.BROWSER)
    given = ["--base", stack.url, "--database", stack.database]
    return _inside("shot", [*options.extra, *given], {})


def doctor(options: Options) -> int:
    """Whether a running Odoo, anybody's, is fit for the suite."""
    with exclusive("doctor"):
        paths.prepare()
        apt.ensure(apt.SERVE)
        demo.ensure_code()
    return _inside("doctor", options.extra, {})


def bench(options: Options) -> int:
    """Measure on a stack made for it."""
    with exclusive("bench"):
        databases = demo.prepare("test")
        word_list.ensure()
        leftovers.remove(databases)
        template = databases.template()
    env = {**databases.server.env(), "DEV_TEMPLATE": template}
    return _inside("bench", options.extra, env)


def _inside(program: str, arguments: Sequence[str], env: Mapping[str, str]) -> int:
    """Run a program of devkit.inside, which finds the caller's files by
    DEV_CALLER (``devkit.inside.caller``)."""
    return subprocess.run(
        [paths.PYTHON, "-m", f"devkit.inside.{program}", *arguments],
        cwd=paths.ROOT,
        env={**os.environ, **env, "DEV_CALLER": os.getcwd()},
    ).returncode


def logs(options: Options) -> None:
    """Show the demo's logs, all of them or one."""
    parts = daemons("demo")
    if options.part:
        parts = [part for part in parts if part.name == f"demo-{options.part}"]
    found = [part.log for part in parts if part.log.exists()]
    if not found:
        raise DevError("There is no log yet; run ./dev up first.")
    tail = ["tail", "-n", "200", *(["-F"] if options.follow else []), *found]
    subprocess.run(tail, check=False)


def shell(options: Options) -> None:
    """Odoo's shell on the demo database."""
    stack = demo.existing()
    stack.databases.server.ensure_running()
    config = paths.RUN / "demo.conf"
    command = [paths.PYTHON, paths.ODOO_BIN, "shell", "-c", config, "--no-http"]
    env = {**os.environ, **stack.databases.server.env(), **stack.env}
    os.chdir(paths.RUN)
    os.execve(paths.PYTHON, [*command, *options.extra], env)


def psql(options: Options) -> None:
    """psql on the demo database."""
    stack = demo.existing()
    stack.databases.server.ensure_running()
    program = postgres.program("psql")
    arguments = [program, *options.extra, "-d", stack.database]
    os.execve(program, arguments, {**os.environ, **stack.databases.server.env()})


def lock(_options: Options) -> None:
    """Lock the newest fitting Python packages."""
    with exclusive("lock"):
        environment.relock()
