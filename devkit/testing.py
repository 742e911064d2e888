"""./dev test: prepare what is missing, then one pytest run over everything."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from devkit import apt, demo, leftovers, odoo_config, paths, shell, word_list
from devkit.database import Databases
from devkit.locks import exclusive
from devkit.steps import step

# Tests of these folders need no Odoo, no database and no browser.
PLAIN = [paths.ROOT / "tests" / name for name in ("unit", "devkit", "sandbox")]
WORKERS = 2


def run(arguments: Sequence[str]) -> int:
    """Run pytest with ``arguments`` (paths relative to the caller's folder or to
    the project's); its exit code."""
    arguments = [_resolve(argument) for argument in arguments]
    if is_plain(arguments):
        return _run_plain(arguments)
    return _run_all(arguments)


def _resolve(argument: str) -> str:
    """Make a path absolute, with its ``::test`` part; leave anything else."""
    name, colons, test = argument.partition("::")
    if argument.startswith("-"):
        return argument
    for folder in (Path.cwd(), paths.ROOT):
        if (folder / name).exists():
            return f"{(folder / name).resolve()}{colons}{test}"
    return argument


def is_plain(arguments: Sequence[str]) -> bool:
    """Whether every path given, and at least one, is in a plain folder."""
    given = [Path(a.partition("::")[0]) for a in arguments if a.startswith("/")]
    return bool(given) and all(
        any(path.is_relative_to(plain) for plain in PLAIN) for path in given
    )


def _run_plain(arguments: Sequence[str]) -> int:
    with exclusive("test"):
        paths.prepare()
        apt.ensure(apt.SERVE)
        demo.ensure_code()
        word_list.ensure()
    return _pytest(["-p", "no:odoo", *arguments], {})


def _run_all(arguments: Sequence[str]) -> int:
    with exclusive("test"):
        databases = demo.prepare("test", browser=True)
        word_list.ensure()
        leftovers.remove(databases)
        template = databases.template()
        database = databases.named(f"run_{os.getpid()}")
        with step("Test database"):
            databases.copy(template, database)
    try:
        options = [
            *("-n", str(WORKERS), "--dist", "loadscope"),
            *("--odoo-http", "--odoo-log-level", "warn"),
            *("--odoo-config", str(_config(databases, database))),
            *("--odoo-database", database),
        ]
        env = {**databases.server.env(), "DEV_TEMPLATE": template}
        return _pytest([*options, *arguments], env)
    finally:
        leftovers.drop_run(databases, os.getpid())


def _config(databases: Databases, database: str) -> Path:
    return odoo_config.write(
        paths.RUN / f"run_{os.getpid()}.conf",
        databases.odoo,
        data_dir=databases.data,
        db_name=database,
        dbfilter=f"^{database}",
        workers=0,
        max_cron_threads=0,
        # Odoo would limit the address space of this process and its children;
        # Chromium reserves more than that at its start.
        limit_memory_hard=0,
    )


def _pytest(arguments: Sequence[str], env: dict[str, str]) -> int:
    process = subprocess.Popen(
        [*shell.tie(), paths.PYTHON, "-m", "pytest", *arguments],
        env={**os.environ, **env},
        cwd=paths.ROOT,
    )
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # pytest got it too and says what it has so far.
