"""One builder at a time in a checkout."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devkit import paths


@contextmanager
def exclusive(what: str, name: str = "lock") -> Iterator[None]:
    """Hold the checkout's lock; wait, and say for whom, when it is taken.

    The kernel frees it when its holder dies, so it can never be stale. Child
    processes do not inherit it: a running server does not block the next run.
    """
    paths.prepare()
    path = paths.HOME / name
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _acquire(handle, path)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{what} (process {os.getpid()})".encode(), 0)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = path.read_text() or "another run"
        print(f"./dev {holder} is working in this checkout; waiting …", flush=True)
        fcntl.flock(handle, fcntl.LOCK_EX)
