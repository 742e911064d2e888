"""Debian's package manager: what is missing, how it is installed."""

import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from devkit import paths, shell
from devkit.errors import DevError
from devkit.steps import step

# Debian's postgresql package would create and start a cluster "main" on port
# 5432. This drop-in forbids that for the time of our installation only.
CREATE_NO_CLUSTER = "/etc/postgresql-common/createcluster.d/odoo-dev.conf"
INSTALL = f"""set -e
export DEBIAN_FRONTEND=noninteractive
mkdir -p {os.path.dirname(CREATE_NO_CLUSTER)}
trap 'rm -f {CREATE_NO_CLUSTER}' EXIT
echo 'create_main_cluster = false' > {CREATE_NO_CLUSTER}
apt-get -q update
apt-get -q -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"
"""


def _has_file(*patterns: str) -> bool:
    return any(any(Path("/").glob(pattern)) for pattern in patterns)


def _has_venv() -> bool:
    """Debian keeps the bundled pip, which venv needs, in a package apart."""
    return importlib.util.find_spec("ensurepip") is not None


# Package -> whether what we need of it is here, however it was installed.
SERVE: dict[str, Callable[[], bool]] = {
    "python3-venv": _has_venv,
    "libmagic1": lambda: _has_file("usr/lib/*/libmagic.so.1", "usr/lib/libmagic.so.1"),
}
DATABASE: dict[str, Callable[[], bool]] = {
    "postgresql": lambda: (
        _has_file("usr/lib/postgresql/*/bin/initdb") or bool(shutil.which("initdb"))
    ),
}
CLIENT: dict[str, Callable[[], bool]] = {
    "postgresql-client": lambda: bool(shutil.which("psql")),
}
BROWSER: dict[str, Callable[[], bool]] = {
    "chromium": lambda: bool(shutil.which("chromium")),
    # Playwright's own Node wants it.
    "libatomic1": lambda: _has_file(
        "usr/lib/*/libatomic.so.1", "usr/lib/libatomic.so.1"
    ),
    # In Odoo's list of fonts; without it digits and spaces come from the emoji.
    "fonts-roboto-unhinted": lambda: _has_file(
        "usr/share/fonts/truetype/roboto/**/Roboto-Regular.*"
    ),
    "fonts-dejavu-core": lambda: _has_file(
        "usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    ),
    "fonts-noto-color-emoji": lambda: _has_file(
        "usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
    ),
}


def missing(wanted: dict[str, Callable[[], bool]]) -> list[str]:
    """The packages of ``wanted`` whose purpose nothing on this machine serves."""
    return [name for name, is_here in wanted.items() if not is_here()]


def ensure(wanted: dict[str, Callable[[], bool]]) -> None:
    """Install what is missing of ``wanted``, saying so before."""
    packages = missing(wanted)
    if not packages:
        return
    by_hand = f"apt-get install {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise DevError(
            f"This machine lacks {', '.join(packages)} (Debian's names) and has no "
            "apt-get; install them with its own package manager and run this again."
        )
    print(f"Installing Debian packages: {', '.join(packages)}", flush=True)
    with step("System packages") as current:
        shell.run(
            [*_as_root(by_hand), "sh", "-c", INSTALL, "sh", *packages],
            f"Installing {', '.join(packages)} (by hand: {shlex.quote(by_hand)})",
            log=paths.LOG / "apt.log",
            on_line=current.progress,
        )


def _as_root(by_hand: str) -> list[str]:
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        raise DevError(f"System packages are missing; run as root: {by_hand}")
    if sys.stdin.isatty():
        subprocess.run(["sudo", "-v"], check=False)
    if subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode:
        raise DevError(f"System packages are missing; run: sudo {by_hand}")
    return ["sudo", "-n"]
