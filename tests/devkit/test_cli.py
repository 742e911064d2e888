import errno
import os
import signal

import pytest

from devkit import cli, commands
from devkit.errors import DevError


@pytest.fixture(autouse=True)
def keep_signals():
    """``main`` takes over SIGTERM; give it back."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def fail_with(monkeypatch, error):
    def run(_options):
        raise error

    monkeypatch.setattr(commands, "up", run)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (DevError("Port 1 is in use."), 1, "dev: Port 1 is in use.\n"),
        (KeyboardInterrupt(), 130, "dev: stopped; run it again"),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "the disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), 1, "chown"),
        (OSError(errno.EROFS, "Read-only file system", "/x"), 1, "/x"),
        (ConnectionError("odd"), 1, "odd"),
    ],
)
def test_a_failure_is_one_sentence(monkeypatch, capsys, error, code, words):
    monkeypatch.delenv("DEV_DEBUG", raising=False)
    fail_with(monkeypatch, error)
    assert cli.main(["up"]) == code
    said = capsys.readouterr()
    assert words in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_the_traceback_comes_on_demand(monkeypatch):
    monkeypatch.setenv("DEV_DEBUG", "1")
    fail_with(monkeypatch, DevError("x"))
    with pytest.raises(DevError):
        cli.main(["up"])


def test_success_is_0_and_a_code_is_passed_on(monkeypatch):
    monkeypatch.setattr(commands, "up", lambda options: None)
    assert cli.main(["up"]) == 0
    monkeypatch.setattr(commands, "test", lambda options: 5)
    assert cli.main(["test"]) == 5


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["up", "--port", "x"], ["down", "y"]]
)
def test_bad_usage_is_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2
    assert "usage: ./dev" in capsys.readouterr().err


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["--help"])
    assert caught.value.code == 0
    text = capsys.readouterr().out
    for command in [
        "up",
        "down",
        "test",
        "lint",
        "bench",
        "shot",
        "shell",
        "psql",
        "logs",
        "clean",
        "doctor",
        "update",
    ]:
        assert command in text


@pytest.mark.parametrize("verb", sorted(cli.PASSED_ON))
def test_what_belongs_to_others_is_passed_on(monkeypatch, verb):
    seen = []
    monkeypatch.setattr(commands, verb, lambda options: seen.append(options.extra))
    cli.main([verb, "-k", "a b", "--unknown=1", "path"])
    assert seen == [["-k", "a b", "--unknown=1", "path"]]


def test_a_strangers_pythonpath_is_left_outside(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setattr(commands, "down", lambda options: None)
    cli.main(["down"])
    assert "PYTHONPATH" not in os.environ
