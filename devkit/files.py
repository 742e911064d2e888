"""Files that are either wholly there or not at all."""

import errno
import os
import shutil
import time
from pathlib import Path

# Seconds that somebody may go on writing into a folder that is being removed.
PATIENCE = 15.0


def write(path: Path, text: str, mode: int = 0o644) -> None:
    """Write ``text`` so that a kill at any moment leaves the old or the new."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "w") as stream:
        os.fchmod(handle, mode)
        stream.write(text)
        stream.flush()
        os.fsync(handle)
    os.replace(temporary, path)


def remove(path: Path) -> None:
    """Delete a file or a folder, or nothing when there is none.

    A folder is moved aside first: what a killed run left running (dpkg's tar)
    may still write into it for a moment, and must not write into its successor.
    """
    if not path.is_dir() or path.is_symlink():
        path.unlink(missing_ok=True)
        return
    gone = path.with_name(f".gone-{os.getpid()}-{path.name}")
    path.rename(gone)
    for old in path.parent.glob(f".gone-*-{path.name}"):
        _remove_tree(old)


def _remove_tree(folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return shutil.rmtree(folder)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.ENOENT):
                raise
            if time.monotonic() > end:
                return None  # The next removal here takes it along.
            time.sleep(0.2)


def link_tree(source: Path, target: Path) -> None:
    """Copy a folder of never-changing files by hard links (Odoo's filestore
    names files by their content and never writes into one)."""
    remove(target)
    if source.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target, copy_function=_link)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
