"""What people read, collected from the add-ons for its translators."""

import subprocess

from devkit import paths, shell
from devkit.database import Databases, own_modules
from devkit.steps import step


def export(databases: Databases) -> None:
    """Write each add-on's list of terms anew and bring its translation up to it.

    From a database without our demo data, whose words nobody translates.
    """
    databases.template()  # and with it what ours are installed on
    name = databases.named("terms")
    databases.drop(name)
    try:
        with step("Database without demo data") as current:
            databases.copy(databases.base_name(), name)
            # an add-on brings its demo data where those below it have theirs
            databases.sql("UPDATE ir_module_module SET demo = false", name)
            install = ("-i", ",".join(own_modules()))
            databases.odoo_run(name, "terms.log", current.progress, *install)
        with step("Terms"):
            _export(databases, name)
    finally:
        databases.drop(name)
    folders = [paths.ADDONS / module for module in own_modules()]
    subprocess.run([paths.PYTHON, "-m", "devkit.inside.terms", *folders], check=True)


def _export(databases: Databases, name: str) -> None:
    config = paths.RUN / f"{databases.server.name}-once.conf"
    shell.run(
        [
            *(paths.PYTHON, paths.ODOO_BIN, "i18n", "export", "-c", config),
            *("-d", name, "-l", "pot", "--", *own_modules()),
        ],
        "Odoo's export of terms",
        env=databases.server.env(),
        cwd=paths.RUN,
        log=paths.LOG / "terms.log",
    )
