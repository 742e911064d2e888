"""Servers in the background, known by PID files that cannot lie."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devkit import files, launch, paths, shell


@dataclass(frozen=True)
class Daemon:
    """A server of this checkout, running or not."""

    name: str

    @property
    def pid_file(self) -> Path:
        """Holds the process number and when that process started."""
        return paths.RUN / f"{self.name}.pid"

    @property
    def log(self) -> Path:
        """Where its stdout and stderr go; emptied at every start."""
        return paths.LOG / f"{self.name}.log"

    def pid(self) -> int | None:
        """The running process, None when there is none. A stale file, whose
        number may be another process's by now, counts as none."""
        try:
            known = json.loads(self.pid_file.read_text())
            alive = launch.start_time(known["pid"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return known["pid"] if alive and alive == known["start"] else None

    def start(
        self, command: shell.Command, env: Mapping[str, str], cwd: Path = paths.ROOT
    ) -> "subprocess.Popen[bytes]":
        """Start ``command`` (an absolute path first) in a session of its own."""
        with open(self.log, "wb") as output:
            os.fchmod(output.fileno(), 0o600)
            return subprocess.Popen(
                [sys.executable, launch.__file__, self.pid_file, *command],
                env={**os.environ, **env},
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def stop(self, patience: float = 15.0) -> None:
        """Ask it to end, then end it and its children after ``patience`` seconds."""
        pid = self.pid()
        if pid:
            os.kill(pid, signal.SIGTERM)
            if not self._gone(patience):
                self._kill_group(pid)
        files.remove(self.pid_file)

    def kill(self) -> None:
        """End it and its children at once."""
        if pid := self.pid():
            self._kill_group(pid)
        files.remove(self.pid_file)

    def last_words(self) -> str:
        """The last thing it said that sounds like a reason."""
        return shell.last_words(self.log.read_text(errors="replace")) or "no word"

    def _kill_group(self, pid: int) -> None:
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self._gone(5.0)

    def _gone(self, patience: float) -> bool:
        end = time.monotonic() + patience
        while self.pid():
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True
