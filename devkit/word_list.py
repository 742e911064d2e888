"""Debian's Brazilian word list, fetched as Odoo is: by apt, never installed.

The moderation engine must find nothing in it but the reserved words themselves.
"""

import os
from pathlib import Path

from devkit import files, odoo_tree, paths, shell
from devkit.steps import step

PACKAGE = "wbrazilian"


def ensure() -> Path:
    """The file, a word on each line; fetched at the first call."""
    if not paths.WORD_LIST.is_file():
        _fetch()
    return paths.WORD_LIST


def _fetch() -> None:
    folder = paths.HOME / PACKAGE
    work, debs = paths.HOME / f"{PACKAGE}.part", paths.CACHE / PACKAGE
    debs.mkdir(parents=True, exist_ok=True)
    with step("Brazilian word list") as current:
        apt = odoo_tree.Apt(paths.CACHE / "apt")
        apt.run("update", "Reading Debian's package lists", current)
        wanted = [f"{PACKAGE}/{apt.suite}"]
        names = apt.download("the Brazilian word list", wanted, debs, current)
        files.remove(work)
        for name in names:
            shell.run(["dpkg", "-x", debs / name, work], f"Unpacking {name}")
        files.remove(folder)  # what an interrupted removal left of it
        os.rename(work, folder)
    files.remove(debs)
