"""``python -m devkit.inside.bench [NAME] [--json FILE] …``: measure.

A benchmark is a file ``tests/load/NAME.py`` with a docstring and a function
``run() -> dict[str, float]``, which starts what it needs (``devkit.inside.live``),
prints its own table and returns its figures, flat.
"""

import argparse
import ast
import importlib
import json
import sys

from devkit import files, paths
from devkit.errors import DevError
from devkit.inside import caller

FOLDER = paths.ROOT / "tests" / "load"


def main(options: argparse.Namespace) -> None:
    """Run one benchmark, or list them all."""
    known = benchmarks()
    if not options.name:
        for name, text in known.items():
            print(f"{name:<12} {text}")
        return
    if options.name not in known:
        names = ", ".join(known) or "none"
        raise DevError(f"There is no benchmark {options.name}; there are: {names}.")
    figures = importlib.import_module(f"tests.load.{options.name}").run()
    if options.json:
        files.write(caller.path(options.json), json.dumps(figures, indent=2) + "\n")


def benchmarks() -> dict[str, str]:
    """Name and first line of each benchmark."""
    found = {}
    for path in sorted(FOLDER.glob("*.py")):
        tree = ast.parse(path.read_text())
        if any(getattr(node, "name", "") == "run" for node in tree.body):
            found[path.stem] = (ast.get_docstring(tree) or "").partition("\n")[0]
    return found


def parser() -> argparse.ArgumentParser:
    """The arguments of ``./dev bench``."""
    made = argparse.ArgumentParser(prog="./dev bench")
    made.add_argument("name", nargs="?", help="which one; without: list them")
    made.add_argument("--json", help="write the figures to this file")
    return made


if __name__ == "__main__":
    try:
        main(parser().parse_args())
    except DevError as failure:
        sys.exit(f"dev: {failure}")
