"""A checkout's folders of the test's own, so that no test touches the real ones."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from devkit import paths

FOLDERS = {"CACHE": "cache", "LOG": "log", "RUN": "run", "TREE": "odoo-19"}


@pytest.fixture
def home(monkeypatch) -> Iterator[Path]:
    """An empty ``.odoo`` on a path with a space, reachable by other users (unlike
    pytest's own temporary folders): PostgreSQL may run as one."""
    root = Path(tempfile.mkdtemp(prefix="a desk "))
    root.chmod(0o755)
    made = root / ".odoo"
    monkeypatch.setattr(paths, "ROOT", root)
    monkeypatch.setattr(paths, "HOME", made)
    for name, folder in FOLDERS.items():
        monkeypatch.setattr(paths, name, made / folder)
    paths.prepare()
    yield made
    shutil.rmtree(root)
