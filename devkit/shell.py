"""Other programs: run to their end, with a sentence when they fail."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from devkit.errors import DevError

# An exception's last line, or what programs write before their complaint.
REASON = re.compile(
    r"^[\w.]+(?:Error|Exception|Invalid|Missing\w*)\b|^E:|^(?:.*: )?error: "
    r"|\b(?:FATAL|CRITICAL|ERROR)\b"
)
Command = Sequence[str | os.PathLike[str]]


def run(
    command: Command,
    what: str,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    user: str | None = None,
    log: Path | None = None,
    stdin: str | None = None,
    on_line: Callable[[str], None] | None = None,
) -> str:
    """Run ``command`` and return what it printed (stdout and stderr together).

    ``what`` completes the sentence "… failed"; ``env`` is added to the
    environment; ``user`` runs it as somebody else (root only); ``log`` keeps
    the whole output; ``on_line`` sees each line as it comes.
    """
    program = os.fspath(command[0])
    if not shutil.which(program):
        raise DevError(f"{what} failed: {program} is not there.")
    process = subprocess.Popen(
        [*tie(), *command],
        env={**os.environ, **(env or {})},
        cwd=cwd,
        user=user,
        group=user,
        extra_groups=[] if user else None,
        stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    output = _collect(process, stdin, on_line)
    if log:
        log.write_text(output)
    if process.returncode:
        raise DevError(_sentence(what, output, process.returncode, log))
    return output


def tie() -> list[str]:
    """Words before a command that make it end with us: a ./dev that is killed
    must not leave a pip behind that writes into what the next run repairs."""
    program = shutil.which("setpriv")
    return [program, "--pdeathsig", "KILL", "--"] if program else []


def _collect(
    process: subprocess.Popen[str],
    stdin: str | None,
    on_line: Callable[[str], None] | None,
) -> str:
    lines: list[str] = []
    try:
        if process.stdin:
            process.stdin.write(stdin or "")
            process.stdin.close()
        for line in process.stdout or ():
            lines.append(line)
            if on_line:
                on_line(line.rstrip("\n"))
        process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    return "".join(lines)


def _sentence(what: str, output: str, code: int, log: Path | None) -> str:
    if "No space left on device" in output:
        return f"{what} failed: the disk is full. Free some space and run it again."
    reason = last_words(output) or f"exit code {code}"
    where = f" The whole output is in {log}." if log else ""
    return f"{what} failed: {reason.rstrip('.')}.{where}"


def last_words(output: str) -> str:
    """The last line that sounds like a reason, else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    reasons = [line for line in lines if REASON.search(line)]
    return (reasons or lines or [""])[-1]
