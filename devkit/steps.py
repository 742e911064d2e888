"""One line per step, with its time; progress only where a person waits."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

# Without a terminal, a long step says every so many seconds that it lives.
QUIET_SECONDS = 5.0


class Step:
    """A running step; ``progress`` shows how far it is."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.note = ""
        self.started = time.monotonic()
        self._said = self.started
        self._terminal = sys.stdout.isatty()
        if self._terminal:
            self._rewrite("…", "")

    def progress(self, text: str) -> None:
        """Show ``text`` beside the title, at most as often as is bearable."""
        now = time.monotonic()
        if now - self._said < (0.1 if self._terminal else QUIET_SECONDS):
            return
        self._said = now
        if self._terminal:
            self._rewrite("…", text)
        else:
            print(f"… {self.title}: {text}", flush=True)

    def finish(self, mark: str) -> None:
        """Print the final line: mark, title, note and seconds."""
        spent = time.monotonic() - self.started
        title = f"{self.title} ({self.note})" if self.note else self.title
        clear = "\r\x1b[K" if self._terminal else ""
        print(f"{clear}{mark} {title:<60} {spent:6.1f} s", flush=True)

    def _rewrite(self, mark: str, text: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        line = f"{mark} {self.title}  {text}"[:width]
        print(f"\r\x1b[K{line}", end="", flush=True)


@contextmanager
def step(title: str) -> Iterator[Step]:
    """Print ``title`` with the time its block took, and whether it failed."""
    current = Step(title)
    try:
        yield current
    except BaseException:
        current.finish("✗")
        raise
    current.finish("✓")
