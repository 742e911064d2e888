"""The cases of ``edge_cases.txt`` and what shows them; see there for the format."""

import ast
import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .golden import CODES, FOLDER

FILE = Path(__file__).with_suffix(".txt")
ROOT = Path(__file__).parents[3]
FOLDERS = {
    "contract": "tests/contract",
    "e2e": "tests/e2e",
    "judges": "tests/judges",
    "odoo": "addons/social_helpdesk/tests",
    "unit": "tests/unit/providers",
}


@dataclass(frozen=True)
class Proof:
    """A golden file and what it ``holds``, or a test function of ``path``."""

    path: Path
    holds: str = ""
    test: str = ""

    @classmethod
    def read(cls, text: str) -> "Proof":
        place, _colons, test = text.partition("::")
        if test:
            folder, _slash, name = place.partition("/")
            return cls(ROOT / FOLDERS[folder] / f"{name}.py", test=test)
        place, _colon, holds = text.partition(":")
        return cls(FOLDER / f"{place}.json", holds=holds)

    @property
    def channel(self) -> str:
        return "" if self.test else self.path.parent.name

    def problem(self) -> str:
        """What is wrong with it, "" if it shows what it says."""
        if not self.path.is_file():
            return f"{self.path} is not there"
        if self.test:
            known = self.test in functions(self.path)
            return "" if known else f"{self.path.name} has no {self.test}"
        held = set(contents(self.path))
        return "" if self.holds in held else f"{self.path.stem} holds {held}"


@functools.cache
def functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text())
    nodes = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))
    return frozenset(node.name for node in nodes)


def contents(path: Path) -> Iterator[str]:
    """The kinds, states or types of a golden file's events."""
    expected = json.loads(path.read_text())["expected"]
    if isinstance(expected, dict):
        yield "refused"
        return
    if not expected:
        yield "empty"
    for one in expected:
        event = one.get("event", {"type": "parked"})
        named = {"Message": "kind", "StatusUpdate": "status"}
        yield event[named.get(event["type"], "type")]


@dataclass(frozen=True)
class Case:
    section: str
    words: str
    channels: tuple[str, ...]  # () where it is of no channel of ours
    proofs: tuple[Proof, ...]
    why: str = ""  # it is of none


def cases() -> Iterator[Case]:
    section = ""
    for line in FILE.read_text().splitlines():
        if line.startswith("== "):
            section = line.removeprefix("== ")
        elif line and not line.startswith("#"):
            yield _case(section, [part.strip() for part in line.split(" | ")])


def _case(section: str, parts: list[str]) -> Case:
    words, channels, proofs, why = (*parts, "")[:4]
    named = () if channels == "none" else tuple(channels.split())
    found = tuple(Proof.read(text) for text in proofs.split())
    return Case(
        section, words, tuple(CODES) if named == ("all",) else named, found, why
    )
