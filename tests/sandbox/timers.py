"""Things that happen a little later: ticks, mostly."""

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable


class Timers:
    """One thread that calls functions when they are due."""

    def __init__(self) -> None:
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._count = itertools.count()
        self._wake = threading.Condition()
        threading.Thread(target=self._run, name="timers", daemon=True).start()

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        with self._wake:
            due = time.monotonic() + seconds
            heapq.heappush(self._due, (due, next(self._count), call))
            self._wake.notify()

    def clear(self) -> None:
        with self._wake:
            self._due.clear()

    def _run(self) -> None:
        while True:
            call = self._next()
            try:
                call()
            except Exception:
                # one broken timer must not stop all ticks after it
                logging.getLogger(__name__).exception("A timer failed")

    def _next(self) -> Callable[[], None]:
        with self._wake:
            while True:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._due)[2]
                self._wake.wait(wait)
