"""``python -m devkit.inside.bench [NAME] [--json FILE] …``: measure.

A benchmark is a file ``tests/load/NAME.py`` with a docstring and
``run(stack, arguments) -> dict[str, float]``: it gets a running stack
(``devkit.inside.live.Live``) and the arguments it was not asked here, prints its
own table and returns its figures, flat. It may name ``MODULES`` to install,
``ADDONS`` (folders that hold them) and ``REQUIREMENTS`` (a lock file of packages
for it alone).
"""

import argparse
import ast
import importlib
import json
import os
import sys
from pathlib import Path
from types import ModuleType

from devkit import environment, files, paths
from devkit.errors import DevError
from devkit.inside import caller
from devkit.inside.live import live

FOLDER = paths.ROOT / "tests" / "load"


def main(arguments: list[str]) -> int:
    """Run one benchmark, or list them all."""
    options, rest = parser().parse_known_args(arguments)
    known = benchmarks()
    if not options.name:
        for name, text in known.items():
            print(f"{name:<12} {text}")
        return 0
    if options.name not in known:
        names = ", ".join(known) or "none"
        raise DevError(f"There is no benchmark {options.name}; there are: {names}.")
    figures = measure(importlib.import_module(f"tests.load.{options.name}"), rest)
    if options.json:
        files.write(caller.path(options.json), json.dumps(figures, indent=2) + "\n")
    return 0


def benchmarks() -> dict[str, str]:
    """Name and first line of each benchmark."""
    found = {}
    for path in sorted(FOLDER.glob("*.py")):
        tree = ast.parse(path.read_text())
        if any(getattr(node, "name", "") == "run" for node in tree.body):
            found[path.stem] = (ast.get_docstring(tree) or "").partition("\n")[0]
    return found


def measure(module: ModuleType, arguments: list[str]) -> dict[str, float]:
    """Start what ``module`` wants, on a cluster that flushes to the disk as a
    real one does, and let it measure."""
    addons = [Path(folder) for folder in getattr(module, "ADDONS", ())]
    if requirements := getattr(module, "REQUIREMENTS", None):
        addons.append(_extra_packages(Path(requirements)))
    modules = getattr(module, "MODULES", ())
    with live(f"e2e-{os.getpid()}-bench", modules, addons, durable=True) as stack:
        return module.run(stack, arguments)


def _extra_packages(requirements: Path) -> Path:
    """Install packages beside the environment; the folder of their add-ons."""
    target = paths.CACHE / "bench-packages"
    marker = target / "complete"
    wanted = requirements.read_text()
    if not marker.is_file() or marker.read_text() != wanted:
        files.remove(target)
        environment.install(requirements, "--target", str(target))
        files.write(marker, wanted)
    os.environ["PYTHONPATH"] = str(target)
    return target / "odoo" / "addons"


def parser() -> argparse.ArgumentParser:
    """What is ours of the arguments; the rest is the benchmark's."""
    made = argparse.ArgumentParser(prog="./dev bench")
    made.add_argument("name", nargs="?", help="which one; without: list them")
    made.add_argument("--json", help="write the figures to this file")
    return made


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except DevError as failure:
        sys.exit(f"dev: {failure}")
