"""Files that are either wholly there or not at all."""

import os
import shutil
from pathlib import Path


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
    """Delete a file or a folder, or nothing when there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


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
