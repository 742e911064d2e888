"""Become a server: write the own process to a PID file, then exec the command.

``python launch.py PIDFILE COMMAND …``. Because the file is there before the
server is, a ``./dev`` killed in between never leaves a server nobody knows of.
Started as a file: nothing but the standard library may be imported.
"""

import json
import os
import sys


def start_time(pid: int) -> str | None:
    """When process ``pid`` started, in clock ticks since boot; None if it is
    not there. With the number it names a process once and for all."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            # The name, in parentheses, may itself hold spaces and parentheses.
            fields = stat.read().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]


def main() -> None:
    path, command = sys.argv[1], sys.argv[2:]
    own = {"pid": os.getpid(), "start": start_time(os.getpid())}
    with open(f"{path}.part", "w") as stream:
        json.dump(own, stream)
    os.replace(f"{path}.part", path)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
