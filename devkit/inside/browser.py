"""Chromium as Debian ships it, driven by Playwright, with somebody logged in."""

import shutil
from collections import defaultdict
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from devkit.errors import DevError

# A browser that talks to nobody but the page under test; --no-sandbox because
# containers and root have no user namespaces.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"viewport": {"width": 1366, "height": 860}}
MOBILE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
PUBLIC = "none"
# What a page can leave behind in its browser, but for cookies and the HTTP cache.
STORED = "local_storage,indexeddb,service_workers,cache_storage,websql,file_systems"
# Changes while the page is being loaded or drawn.
FOOTPRINT = """() => [
    performance.getEntriesByType("resource").length,
    document.getElementsByTagName("*").length,
    document.querySelectorAll(".o_loading_indicator, .o_blockUI").length,
    document.fonts.status,
].join()"""


def launch(playwright: Playwright) -> Browser:
    """Start Chromium without a window."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        raise DevError("Chromium is not here; install Debian's chromium.")
    return playwright.chromium.launch(executable_path=program, args=FLAGS)


class Windows:
    """Browser contexts that are wiped and used again: they keep what they have fetched
    and compiled of Odoo's scripts, which is half of the time that its pages take."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self._free: dict[str, list[BrowserContext]] = defaultdict(list)
        self._taken: list[tuple[str, BrowserContext]] = []

    def open(self, **options) -> Page:
        """An empty page of a window that nobody else has."""
        kind = repr(sorted(options.items()))
        free = self._free[kind]
        window = free.pop() if free else self._new(options)
        self._taken.append((kind, window))
        page = window.new_page()
        # Before anything is shown: what somebody else has left in this window.
        wipe = {"origin": self.url, "storageTypes": STORED}
        window.new_cdp_session(page).send("Storage.clearDataForOrigin", wipe)
        return page

    def give_back(self) -> None:
        """Close every page that was opened; nobody is logged in any more."""
        for kind, window in self._taken:
            for page in window.pages:
                page.close()
            window.clear_cookies()
            self._free[kind].append(window)
        self._taken.clear()

    def _new(self, options: dict) -> BrowserContext:
        return self.browser.new_context(base_url=self.url, **options)


@dataclass
class Visitor:
    """Opens pages as this or that user; keeps what the pages complained of."""

    windows: Windows
    errors: list[str] = field(default_factory=list)

    def page(
        self, login: str = PUBLIC, *, mobile: bool = False, lang: str | None = None
    ) -> Page:
        """A page in a browser context of its own, logged in as ``login`` (whose
        password is the same word) unless that is "none"."""
        options = dict(MOBILE if mobile else DESKTOP)
        if lang:
            options["locale"] = lang.replace("_", "-")
        page = self.windows.open(**options)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._listen)
        if login != PUBLIC:
            log_in(page, login)
        return page

    def close(self) -> None:
        """Close every page that was opened here."""
        self.windows.give_back()

    def _listen(self, message) -> None:
        if message.type == "error":
            self.errors.append(message.text)


def log_in(page: Page, login: str) -> None:
    """Log in with Odoo's own form.

    Raises DevError when Odoo refuses.
    """
    page.goto("/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/web/login" not in url)


# Odoo's own sign that a view still waits for its data.
LOADING = ".o_loading_indicator"


def settle(page: Page, quiet: float = 0.7, limit: float = 20.0) -> None:
    """Wait until nothing has been loaded or drawn for ``quiet`` seconds, at most
    ``limit``. (Playwright's "networkidle" never comes: Odoo's shared worker keeps
    its first request open.)"""
    page.wait_for_load_state("load")
    seen, polls, step = "", 0, 0.1
    for _ in range(int(limit / step)):
        now = page.evaluate(FOOTPRINT)
        busy = page.locator(LOADING).count()
        polls = polls + 1 if now == seen and not busy else 0
        if polls * step >= quiet:
            return
        seen = now
        page.wait_for_timeout(step * 1000)
