"""PostgreSQL as this machine has it: its programs, and who may run them."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from devkit.errors import DevError

OLDEST = 13


def program(name: str) -> Path:
    """The newest installed PostgreSQL's program (Debian keeps them off PATH)."""
    found: list[tuple[int, Path]] = []
    for folder in Path("/usr/lib/postgresql").glob("*/bin"):
        version = folder.parent.name
        if version.isdigit() and (folder / name).exists():
            found.append((int(version), folder / name))
    if found:
        version, path = max(found)
        if version < OLDEST:
            raise DevError(
                f"PostgreSQL {version} is too old; Odoo 19 needs {OLDEST} or newer."
            )
        return path
    if path := shutil.which(name):
        return Path(path)
    raise DevError(f"PostgreSQL's {name} is not here; install Debian's postgresql.")


def unprivileged_user() -> str | None:
    """Whom PostgreSQL runs as when we are root, which it refuses; None else."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise DevError("Run as a normal user: PostgreSQL refuses root, no other user is.")


def can_enter(folder: Path, user: str) -> bool:
    """Whether ``user`` may pass through ``folder`` (root only may ask)."""
    done = subprocess.run(
        ["test", "-x", folder], user=user, group=user, extra_groups=[], check=False
    )
    return done.returncode == 0
