"""What killed test runs left behind: everything of theirs bears their process
number, so whoever comes next can tell and clean up."""

import os
import re

from devkit import files, launch, paths, postgres
from devkit.database import Databases
from devkit.process import Daemon

OWNER = re.compile(r"^(?:dev_[0-9a-f]{8}_)?(?:run_|e2e[-_])(\d+)")


def owner(name: str) -> int | None:
    """The process that made a test's database, folder or file; None for others."""
    found = OWNER.match(name)
    return int(found[1]) if found else None


def _is_left(name: str) -> bool:
    pid = owner(name)
    return pid is not None and pid != os.getpid() and launch.start_time(pid) is None


def remove(databases: Databases) -> None:
    """Stop and delete what runs that are no more left behind."""
    for pid_file in paths.RUN.glob("e2e-*.pid"):
        if _is_left(pid_file.name):
            Daemon(pid_file.stem).kill()
    for cluster in postgres.clusters():
        if _is_left(cluster.name):
            cluster.remove()
    for name in databases.names():
        if _is_left(name):
            databases.drop(name)
    for folder in (paths.RUN, paths.HOME / "data", databases.data / "filestore"):
        for path in folder.glob("*"):
            if _is_left(path.name):
                files.remove(path)


def drop_run(databases: Databases, pid: int) -> None:
    """Delete the databases and files of one run, which has ended."""
    for name in databases.names():
        if owner(name) == pid:
            databases.drop(name)
    for path in paths.RUN.glob(f"run_{pid}*"):
        files.remove(path)
