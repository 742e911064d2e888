"""What end-to-end tests are given: a running stack, and browsers with somebody
logged in. Everything is imported late: the plain tests need none of it.

Fixtures live as long as tests of this folder run on a worker, not the session:
Odoo's own test classes end every child process that they find.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest


@pytest.fixture(scope="package")
def make_stack() -> Iterator[Callable]:
    """``make_stack("name")`` starts a stack of a test's own, for what would
    disturb the others; it is a ``devkit.inside.live.Live`` and takes its options.

    At the end each is stopped, and its Odoo must not have logged a
    WARNING or worse that nobody expected (``Live.allow_log``).
    """
    from devkit.inside.live import live

    started = []
    with ExitStack() as stacks:

        def make(name: str, **options):
            made = stacks.enter_context(live(f"e2e-{os.getpid()}-{name}", **options))
            started.append(made)
            return made

        yield make
        complaints = [line for made in started for line in made.log_complaints()]
    if complaints:
        pytest.fail("unexpected in Odoo's log:\n" + "\n".join(complaints), False)


@pytest.fixture(scope="package")
def stack(make_stack):
    """The stack that end-to-end tests share: sandbox, multi-worker Odoo with its
    job runner, database and PostgreSQL cluster of its own."""
    return make_stack("shared")


@pytest.fixture(scope="package")
def browser() -> Iterator:
    """Chromium, one process for all tests."""
    from playwright.sync_api import sync_playwright

    from devkit.inside import browser as chromium

    with sync_playwright() as playwright:
        started = chromium.launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="package")
def windows(stack, browser):
    """The browser's windows on the shared stack."""
    from devkit.inside.browser import Windows

    return Windows(browser, stack.url)


@pytest.fixture
def visitor(windows) -> Iterator:
    """Opens pages (``devkit.inside.browser.Visitor``); what they wrote to the
    console as an error, and the test did not take out, fails the test."""
    from devkit.inside.browser import Visitor

    made = Visitor(windows)
    yield made
    made.close()
    assert made.errors == []


@pytest.fixture
def page_as(visitor) -> Callable:
    """``page_as(login, mobile=False, lang=None)``: a page with ``login`` logged
    in ("none": nobody), in a browser context of its own."""
    return visitor.page
