"""Odoo's configuration file, on top of the administrator's when given."""

import configparser
import io
import os
import secrets
from pathlib import Path

from devkit import files, paths, state
from devkit.errors import DevError
from devkit.odoo_tree import Odoo

SERVER_WIDE = "base,rpc,web,queue_job"
# Two for sending: who is found slow to answer keeps one busy, and then has a line
# of his own.
CHANNELS = (
    "root:5,root.social_in:2,root.social_out:2,root.social_media:1,root.social_bulk:1"
    ",root.social_slow:1,root.moderation:1,root.community:1"
)
# Jobs run as requests: as many workers as jobs, and one that is always free for
# the agents' browsers.
WORKERS = 6


def write(path: Path, odoo: Odoo, **options: object) -> Path:
    """Write the configuration to ``path`` (mode 0600) and return it.

    ``options`` are Odoo's own names; ``ODOO_RC`` is the base that they change.
    The database server is not in it: libpq's PG* variables name it.
    """
    config = configparser.RawConfigParser()
    _read_base(config)
    if not config.has_section("options"):
        config.add_section("options")
    if not config.has_section("queue_job"):
        config.add_section("queue_job")
        config.set("queue_job", "channels", CHANNELS)
    values = {
        "addons_path": _addons_path(config, odoo),
        "admin_passwd": state.keep("admin_passwd", secrets.token_urlsafe),
        "server_wide_modules": SERVER_WIDE,
        "unaccent": True,
        "list_db": False,
        "http_interface": "127.0.0.1",
        **options,
    }
    for key, value in values.items():
        config.set("options", key, str(value))
    text = io.StringIO()
    config.write(text)
    files.write(path, text.getvalue(), 0o600)
    return path


def _read_base(config: configparser.RawConfigParser) -> None:
    base = os.environ.get("ODOO_RC")
    if not base:
        return
    try:
        if not config.read(base):
            raise DevError(f"ODOO_RC names {base}, which cannot be read.")
    except configparser.Error as error:
        raise DevError(f"ODOO_RC names {base}: {error.message}") from error


def _addons_path(config: configparser.RawConfigParser, odoo: Odoo) -> str:
    given = config.get("options", "addons_path", fallback="")
    folders = [part.strip() for part in given.split(",") if part.strip()]
    folders += [str(path) for path in odoo.addons]
    if any(paths.ADDONS.glob("*/__manifest__.py")):
        folders.append(str(paths.ADDONS))
    return ",".join(dict.fromkeys(folders))
