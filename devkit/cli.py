"""The commands of ./dev: arguments in, one sentence out when something fails."""

import argparse
import errno
import os
import signal
import sys
from collections.abc import Callable, Sequence

from devkit import commands
from devkit.errors import DevError

PASSED_ON = {"bench", "doctor", "psql", "shell", "shot", "test"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 for a failure, 2 for bad usage."""
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # Odoo and the tools must find what the lock says and nothing else.
    os.environ.pop("PYTHONPATH", None)
    given = list(sys.argv[1:] if arguments is None else arguments)
    # What belongs to pytest, psql or Odoo is not ours to understand.
    passed = given[1:] if given[:1] and given[0] in PASSED_ON else []
    options = parser().parse_args(given[: len(given) - len(passed)])
    options.extra = passed
    try:
        return options.run(options) or 0
    except KeyboardInterrupt:
        return _say("stopped; run it again to go on where it was.", 130)
    except DevError as error:
        return _say(str(error), 1, error)
    except OSError as error:
        return _say(_system_sentence(error), 1, error)


def _say(sentence: str, code: int, error: Exception | None = None) -> int:
    if error and os.environ.get("DEV_DEBUG"):
        raise error
    print(f"dev: {sentence}", file=sys.stderr)
    return code


def _system_sentence(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "the disk is full; free some space and run it again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"no right to write {error.filename}; it may belong to another user "
            "(was ./dev run as root before?). Give it back with chown, or run as root."
        )
    return f"{error} (more: DEV_DEBUG=1 ./dev …)"


def parser() -> argparse.ArgumentParser:
    """The command line of ./dev."""
    top = argparse.ArgumentParser(
        prog="./dev", description="Build, serve, test and measure the suite."
    )
    verbs = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def verb(
        name: str, run: Callable[[argparse.Namespace], int | None], text: str
    ) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=text, description=text)
        made.set_defaults(run=run)
        return made

    up = verb("up", commands.up, "everything from nothing, then a working demo")
    up.add_argument("--port", type=int, help="where Odoo answers (8069 when free)")
    up.add_argument("--fresh", action="store_true", help="throw the old demo away")
    verb("down", commands.down, "stop everything of this checkout")
    verb("update", commands.update, "upgrade our add-ons in the demo and restart it")
    verb("test", commands.test, "all tests, or those named as to pytest")
    lint = verb("lint", commands.lint, "every checker over everything")
    lint.add_argument("--fix", action="store_true", help="repair what can be repaired")
    verb("terms", commands.export_terms, "collect what is to be translated")
    verb("bench", commands.bench, "measure: [NAME] [--json FILE]; alone: list them")
    verb("doctor", commands.doctor, "is a running Odoo fit: --url URL --db DB")
    verb("shot", commands.shot, "a screenshot: URL FILE [--login agent] [--mobile]")
    logs = verb("logs", commands.logs, "what the servers said")
    logs.add_argument("part", nargs="?", choices=["odoo", "sandbox", "front"])
    logs.add_argument("-f", "--follow", action="store_true", help="go on showing")
    verb("shell", commands.shell, "Odoo's Python shell on the demo database")
    verb("psql", commands.psql, "psql on the demo database")
    verb("clean", commands.clean, "stop everything and remove all that was fetched")
    verb("lock", commands.lock, "lock the Python packages anew")
    return top
