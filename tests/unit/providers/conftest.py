import signal
from contextlib import contextmanager

import pytest

from .wire import Wire


@pytest.fixture
def deadline():
    """``with deadline(seconds)``: fail when it takes longer."""

    @contextmanager
    def limit(seconds: float):
        def late(*_args):
            raise AssertionError(f"took longer than {seconds} s")

        before = signal.signal(signal.SIGALRM, late)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    return limit


@pytest.fixture
def wire():
    server = Wire()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
