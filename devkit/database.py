"""Databases and their filestores: templates made once, copied in a second.

A template is named after everything that shapes it. It is made in two layers,
the modules we stand on and ours on top, so that an edit in an add-on does not
pay for the first one again.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from devkit import files, odoo_config, paths, shell
from devkit.odoo_tree import Odoo
from devkit.postgres import Server, program
from devkit.steps import step

BASE_MODULES = ["contacts", "portal", "phone_validation", "queue_job", "helpdesk_mgmt"]
LANGUAGES = "en_US,pt_BR"  # the first becomes the demo users' own
# Of an add-on, only what reaches the database; the rest is read when asked for.
SHAPING = {".py", ".xml", ".csv", ".po", ".pot", ".sql"}
NOT_SHAPING = {"tests", "readme", "__pycache__"}
Say = Callable[[str], None]
LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")


@dataclass
class Databases:
    """The databases of one server, with the data folder of its filestores."""

    server: Server
    odoo: Odoo
    data: Path = field(init=False)

    def __post_init__(self) -> None:
        self.data = paths.HOME / "data" / self.server.name

    def sql(self, query: str, database: str = "postgres") -> list[list[str]]:
        """Run SQL (values are the caller's to quote) and return rows of text."""
        output = shell.run(
            [program("psql"), "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1", database],
            "PostgreSQL",
            env=self.server.env(),
            stdin=query,
        )
        return [line.split("\t") for line in output.splitlines()]

    def names(self) -> set[str]:
        """The names of our databases."""
        names = {row[0] for row in self.sql("SELECT datname FROM pg_database")}
        return {name for name in names if name.startswith(self.server.prefix)}

    def named(self, name: str) -> str:
        """The name in PostgreSQL of what we call ``name``."""
        return self.server.prefix + name

    def drop(self, name: str) -> None:
        """Drop a database and its filestore, whoever is connected."""
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        files.remove(self.filestore(name))

    def copy(self, source: str, target: str) -> None:
        """Copy a database with its filestore; the database comes last, so a
        name that is in PostgreSQL is complete."""
        files.link_tree(self.filestore(source), self.filestore(target))
        self.sql(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def filestore(self, name: str) -> Path:
        """Where Odoo keeps the attachments of database ``name``."""
        return self.data / "filestore" / name

    def template_name(self) -> str:
        """The name of the template for what the add-ons are now."""
        ours = own_modules()
        base = self.base_name()
        digest = _digest([base], addon_parts(), ours)
        return self.named(f"tpl_{digest}") if ours else base

    def template(self) -> str:
        """The up-to-date template, made when there is none."""
        have, name, base = self.names(), self.template_name(), self.base_name()
        if name in have:
            return name
        self._forget(have, keep={base})
        if base not in have:
            with step("Template database") as current:
                self._build(base, None, BASE_MODULES, current.progress)
        if name != base:
            ours = own_modules()
            with step(f"Template database with {', '.join(ours)}") as current:
                self._build(name, base, ours, current.progress)
        return name

    def base_name(self) -> str:
        """The name of the template without our add-ons."""
        digest = _digest(_lock_parts(self.odoo), BASE_MODULES, [LANGUAGES])
        return self.named(f"tpl_{digest}")

    def _build(
        self, name: str, parent: str | None, modules: list[str], say: Say
    ) -> None:
        part = f"{name}_part"
        self.drop(part)
        install = ["-i", ",".join(modules), "--with-demo"]
        if parent:
            self.copy(parent, part)
        else:
            install.append(f"--load-language={LANGUAGES}")
        self.odoo_run(part, f"{name}.log", say, *install)
        os.rename(self.filestore(part), self.filestore(name))
        self.sql(f'ALTER DATABASE "{part}" RENAME TO "{name}"')

    def odoo_run(self, name: str, log: str, say: Say, *arguments: str) -> str:
        """Run Odoo once on database ``name`` (install, upgrade) to its end."""

        def progress(line: str) -> None:
            if found := LOADING.search(line):
                say(f"{found[1]} {found[2]}/{found[3]}")

        config = odoo_config.write(
            paths.RUN / f"{self.server.name}-once.conf",
            self.odoo,
            data_dir=self.data,
            workers=0,
            max_cron_threads=0,
        )
        return shell.run(
            [
                *(paths.PYTHON, paths.ODOO_BIN, "-c", config, "-d", name, *arguments),
                *("--stop-after-init", "--no-http"),
            ],
            f"Odoo on database {name}",
            env=self.server.env(),
            cwd=paths.RUN,
            log=paths.LOG / log,
            on_line=progress,
        )

    def _forget(self, have: set[str], keep: set[str]) -> None:
        """Drop the templates of earlier states, and halves of killed runs."""
        for name in have - keep:
            if name.startswith(self.named("tpl_")):
                self.drop(name)


def own_modules() -> list[str]:
    """The project's add-ons, in the order of their names."""
    return sorted(path.parent.name for path in paths.ADDONS.glob("*/__manifest__.py"))


def _lock_parts(odoo: Odoo) -> list[str]:
    lock = hashlib.sha256(paths.LOCKED.read_bytes()).hexdigest()
    return [lock, odoo.fingerprint]


def addon_parts(addons: Path = paths.ADDONS) -> list[str]:
    """Name and hash of every file that can change an installed database."""
    return [
        f"{path.relative_to(addons)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in _shaping_files(addons)
    ]


def _shaping_files(addons: Path) -> Iterator[Path]:
    for path in sorted(addons.rglob("*")):
        folders = set(path.relative_to(addons).parts[:-1])
        # JavaScript's templates are XML too, but are served from their files.
        in_static = "static" in folders and "description" not in folders
        if path.suffix in SHAPING and not in_static and not folders & NOT_SHAPING:
            yield path


def _digest(*parts: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]
