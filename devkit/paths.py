"""Where things are. Nothing is ever written outside ``HOME`` but the cluster of
a root user whose checkout PostgreSQL cannot reach (see ``postgres``)."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
HOME = ROOT / ".odoo"
CACHE = HOME / "cache"
LOG = HOME / "log"
RUN = HOME / "run"
TREE = HOME / "odoo-19"
# Debian's Brazilian words, with which the moderation engine is judged.
WORD_LIST = HOME / "wbrazilian" / "usr" / "share" / "dict" / "brazilian"
VENV = HOME / "venv"
PYTHON = VENV / "bin" / "python"
ODOO_BIN = ROOT / "devkit" / "odoo_bin.py"
LOCKED = ROOT / "devkit" / "requirements.txt"


def checkout_id() -> str:
    """Eight hexadecimal digits that tell this checkout from any other."""
    return hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]


def prepare() -> None:
    """Make the folders. Readable by all (PostgreSQL may run as another user),
    secrets inside are files of mode 0600."""
    for folder in (HOME, CACHE, LOG, RUN):
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
