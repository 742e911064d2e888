import json
import os
import signal
import time

import pytest

from devkit import launch
from devkit.process import Daemon

STUBBORN = "trap '' TERM; echo ready; while :; do sleep 1; done"


@pytest.fixture
def daemon(home):
    """A server's place; whatever runs there ends with the test."""
    made = Daemon("demo-odoo")
    yield made
    made.kill()


def started(daemon, *command, env=None):
    process = daemon.start(command, env or {}, cwd=daemon.log.parent)
    end = time.monotonic() + 10
    while daemon.pid() is None and time.monotonic() < end:
        time.sleep(0.02)
    assert daemon.pid() == process.pid
    return process


def said(daemon):
    """What the server says first."""
    end = time.monotonic() + 10
    while not (text := daemon.log.read_text().strip()) and time.monotonic() < end:
        time.sleep(0.02)
    return text


def test_nothing_runs_at_first(daemon):
    assert daemon.pid() is None
    daemon.stop()


def test_start_and_stop(daemon):
    process = started(daemon, "/bin/sleep", "60")
    daemon.stop()
    assert process.wait(5) == -signal.SIGTERM
    assert daemon.pid() is None
    assert not daemon.pid_file.exists()


def test_what_does_not_end_is_ended(daemon):
    process = started(daemon, "/bin/sh", "-c", STUBBORN)
    said(daemon)
    daemon.stop(patience=0.3)
    assert process.wait(5) == -signal.SIGKILL


def test_kill_takes_the_children_too(daemon):
    started(daemon, "/bin/sh", "-c", "sleep 60 & echo $!; wait")
    child = said(daemon)
    daemon.kill()
    end = time.monotonic() + 10
    while launch.start_time(int(child)) and time.monotonic() < end:
        time.sleep(0.02)
    assert launch.start_time(int(child)) is None


def test_a_number_that_is_another_process_now_counts_as_none(daemon):
    daemon.pid_file.write_text(json.dumps({"pid": os.getpid(), "start": "1"}))
    assert daemon.pid() is None
    daemon.stop()
    assert launch.start_time(os.getpid())


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"pid": null, "start": "1"}'])
def test_a_damaged_pid_file_counts_as_none(daemon, text):
    daemon.pid_file.write_text(text)
    assert daemon.pid() is None


def test_a_dead_child_nobody_has_waited_for_counts_as_none(daemon):
    process = started(daemon, "/bin/sleep", "60")
    os.kill(process.pid, signal.SIGKILL)
    end = time.monotonic() + 5
    while daemon.pid() and time.monotonic() < end:
        time.sleep(0.02)
    assert daemon.pid() is None
    process.wait()


def test_the_environment_reaches_it_and_the_log_is_private(daemon):
    process = started(
        daemon, "/bin/sh", "-c", 'echo "$SECRET"; sleep 1', env={"SECRET": "abc"}
    )
    process.wait()
    assert daemon.log.read_text() == "abc\n"
    assert daemon.log.stat().st_mode & 0o077 == 0


def test_last_words_are_the_reason(daemon):
    daemon.log.write_text("starting\nOSError: [Errno 98] Address in use\nbye\n")
    assert daemon.last_words() == "OSError: [Errno 98] Address in use"
    daemon.log.write_text("")
    assert daemon.last_words() == "no word"


def test_start_time_survives_odd_process_names(tmp_path):
    odd = tmp_path / "a) Z (b"
    odd.write_text("#!/bin/sh\nsleep 30\n")
    odd.chmod(0o755)
    pid = os.spawnv(os.P_NOWAIT, str(odd), [str(odd)])
    assert launch.start_time(pid).isdigit()
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert launch.start_time(pid) is None
