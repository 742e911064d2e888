"""pytest plugin: what a passing run may not hide.

A skipped test fails unless its reason is an accepted one; an unexpected line at
WARNING or above in the log of Odoo fails the test that caused it; tests that
share something expensive stay together on one worker.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from devkit import files, odoo_log, paths

# End-to-end tests of the community and of moderation; the others are of the desk.
ROOM = ("community", "moderation")
ACCEPTED_SKIPS = {
    "no descriptions": "the providers' descriptions are not beside the checkout",
    "PostgreSQL is not ours to restart": "the caller's own server was given (PG*)",
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Called by xdist once; the scheduler that keeps groups on one worker."""
    return _Groups(config, log)


class _Groups(LoadScopeScheduling):
    """End-to-end tests share a running stack, one half of them on each worker; the
    tests of an Odoo file share their classes' set-up, which costs more than they
    do."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(paths.ROOT / nodeid.partition("::")[0]) or nodeid


def group_of(path: Path) -> str | None:
    """The group of the tests in ``path``, None when each may run anywhere."""
    if path.is_relative_to(paths.ROOT / "tests" / "e2e"):
        subject = path.name.removeprefix("test_")
        return "e2e room" if subject.startswith(ROOM) else "e2e desk"
    if path.is_relative_to(paths.ADDONS):
        return str(path.relative_to(paths.ADDONS))
    return None


def pytest_configure(config: pytest.Config) -> None:
    """Give each worker a filestore of its own. pytest-odoo lets them share one, and
    Odoo deletes from it after each class of tests what one database does not know."""
    if config.pluginmanager.has_plugin("odoo"):
        import pytest_odoo

        pytest_odoo._shared_filestore = _own_filestore


@contextmanager
def _own_filestore(original: str, database: str) -> Iterator[None]:
    if database == original:
        yield
        return
    from odoo.tools import config

    store = Path(config.filestore(database))
    files.link_tree(Path(config.filestore(original)), store)
    try:
        yield
    finally:
        files.remove(store)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo
) -> Iterator[None]:
    """Turn a skip that nobody accepted into a failure."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = skip_reason(report.longrepr)
        if not any(accepted in reason for accepted in ACCEPTED_SKIPS):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped: {reason}"
    return report


def skip_reason(longrepr: object) -> str:
    """The words of a skip report (path, line, "Skipped: words")."""
    text = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
    return text.removeprefix("Skipped: ")


class _Complaints(logging.Handler):
    """Collects what a test logs at WARNING or above and did not expect: inside
    ``assertLogs`` and ``mute_logger`` nothing arrives here."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if not odoo_log.is_allowed(record.name, text):
            self.lines.append(f"{record.levelname} {record.name}: {text}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Watch the log while a test of an add-on runs."""
    if not item.path.is_relative_to(paths.ADDONS):
        return (yield)
    handler = _Complaints()
    logging.getLogger().addHandler(handler)
    try:
        result = yield
    finally:
        logging.getLogger().removeHandler(handler)
    if handler.lines:
        pytest.fail("unexpected in the log:\n" + "\n".join(handler.lines), False)
    return result
