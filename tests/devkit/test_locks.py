import os
import signal
import subprocess
import sys
import threading
import time

from devkit import locks, paths

HOLDER = """
import sys, time
from pathlib import Path
from devkit import locks, paths
paths.HOME = Path(sys.argv[1])
with locks.exclusive("up"):
    print("held", flush=True)
    time.sleep(60)
"""


def hold(home):
    """Another process that holds the lock of ``home``."""
    root = os.path.dirname(os.path.dirname(locks.__file__))
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, home],
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_waits_and_says_for_whom(home, capsys):
    holder = hold(home)
    threading.Timer(0.5, holder.kill).start()
    started = time.monotonic()
    with locks.exclusive("test"):
        assert time.monotonic() - started >= 0.4
    holder.wait()
    said = capsys.readouterr().out
    assert f"./dev up (process {holder.pid}) is working" in said


def test_a_killed_holder_leaves_no_lock(home):
    holder = hold(home)
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with locks.exclusive("up"):
        pass


def test_a_server_started_under_the_lock_does_not_keep_it(home, capsys):
    with locks.exclusive("up"):
        server = subprocess.Popen(["sleep", "30"])
    with locks.exclusive("up"):
        pass
    server.kill()
    server.wait()
    assert capsys.readouterr().out == ""


def test_the_lock_names_its_holder(home):
    with locks.exclusive("clean"):
        assert (paths.HOME / "lock").read_text().startswith("clean (process ")
