"""``python -m devkit.inside.odoo_lint CONFIG DATABASE [MODULE …]``

Runs the tests of Odoo's ``test_lint`` on a database in which the modules are
installed, and prints what they find as JSON: ``[[test, line], …]``. Those that
read files read the named modules' only; those that look at the registry see all
that is installed, so the caller compares with a database without ours.
"""

import importlib
import json
import sys
import threading
import unittest

import odoo.modules
from odoo.modules.registry import Registry
from odoo.tests import BaseCase
from odoo.tools import config

# Not: test_eslint and test_l10n, whose subjects are linted elsewhere or absent,
# test_checkers, which tests the linter itself, and test_manifests, which does not
# know the OCA's keys (pylint-odoo checks those).
TESTS = [
    "dunderinit",
    "docstring",
    "i18n",
    "index",
    "jstranslate",
    "markers",
    "naming",
    "onchange_domains",
    "orm_import",
    "override_signatures",
    "pofile",
    "pylint",
    "routes",
    "test_holes",
]


def main(config_file: str, database: str, modules: list[str]) -> list[tuple[str, str]]:
    """Run the tests; the findings, one per line of each failure's message."""
    config.parse_config(["-c", config_file, "-d", database, "--log-level=critical"])
    threading.current_thread().testing = True
    # Odoo's own runner logs failures; unittest's collects them.
    BaseCase.run = unittest.TestCase.run
    BaseCase.subTest = unittest.TestCase.subTest
    Registry(database)
    _show_only(modules)
    config["test_enable"] = True
    result = unittest.TestResult()
    _suite().run(result)
    return [
        (test.id(), line)
        for test, trace in [*result.failures, *result.errors]
        for line in message(trace)
    ]


def _show_only(modules: list[str]) -> None:
    """Make the tests that walk over all add-ons' files see ``modules`` alone."""
    manifest = odoo.modules.Manifest
    ours = [manifest.for_addon(name) for name in modules]
    manifest.all_addon_manifests = staticmethod(lambda: ours)
    odoo.modules.get_modules = lambda: list(modules)


def _suite() -> unittest.TestSuite:
    loader = unittest.TestLoader()
    found = [
        importlib.import_module(f"odoo.addons.test_lint.tests.test_{name}")
        for name in TESTS
    ]
    return unittest.TestSuite(map(loader.loadTestsFromModule, found))


def message(trace: str) -> list[str]:
    """The lines of a failure's message, without the traceback before it."""
    lines = trace.rstrip().splitlines()
    starts = (i for i, line in enumerate(lines) if i and not line.startswith(" "))
    return lines[next(starts, 0) :]


if __name__ == "__main__":
    json.dump(main(sys.argv[1], sys.argv[2], sys.argv[3:]), sys.stdout)
