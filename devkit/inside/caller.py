"""The folder from which somebody called ./dev: file names are relative to it."""

import os
from pathlib import Path


def path(name: str) -> Path:
    """The file that the caller means by ``name``."""
    return Path(os.environ.get("DEV_CALLER", ".")) / name
