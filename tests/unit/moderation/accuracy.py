"""How much the engine finds, and how much it should not have found.

``python -m tests.unit.moderation.accuracy --write`` puts the table into README.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from devkit import paths

if __name__ == "__main__":  # as pytest's own configuration has it
    sys.path.insert(0, str(paths.ADDONS / "moderation"))

import engine

from tests.unit.moderation import samples
from tests.unit.moderation.evasions import WAYS, disguised

README = paths.ROOT / "README.md"
MARKERS = re.compile(r"(<!-- accuracy -->\n).*?(<!-- /accuracy -->)", re.DOTALL)
Found = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Row:
    """One way of hiding words: how many were found, of how many."""

    way: str
    example: str
    found: int
    tried: int

    @property
    def recall(self) -> float:
        return self.found / self.tried


def rules_for(words: Iterable[str]) -> engine.Compiled:
    """A rule that reserves these words, as an administrator would."""
    reserved = tuple(
        engine.Word(
            word,
            suffixes=("s", "zinho"),
            reversed=word not in samples.NOT_TURNED,
        )
        for word in words
    )
    return engine.compile_rules([engine.WordRule("w", "insult", words=reserved)])


def finder(words: Iterable[str]) -> Found:
    """What the engine reads in a text: a function, as a peer's would be."""
    rules = rules_for(words)
    return lambda html: [
        finding.read_as for finding in engine.scan(engine.Content(body=html), rules)
    ]


def recall(
    found: Found, words: tuple[str, ...], carriers: tuple[str, ...]
) -> list[Row]:
    """``found`` gives what is found in an HTML text; one row for each way."""
    return [_row(found, way, words, carriers) for way in WAYS]


def _row(
    found: Found, way: str, words: tuple[str, ...], carriers: tuple[str, ...]
) -> Row:
    hits = tried = 0
    example = ""
    for _word, written in disguised(words, way):
        example = example or written
        for carrier in carriers:
            tried += 1
            hits += bool(list(found(carrier.format(written))))
    return Row(way, example, hits, tried)


def missed(
    found: Found, words: tuple[str, ...], carriers: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """What to look at when a row is low: way, word, text."""
    for way in WAYS:
        for word, written in disguised(words, way):
            for carrier in carriers:
                text = carrier.format(written)
                if not list(found(text)):
                    yield way, word, text


def word_list_hits(found: Found, words: Iterable[str]) -> list[str]:
    """Words of the Brazilian list in which something is found."""
    return [word for word in words if found(word)]


def sentence_hits(found: Found, sentences: Iterable[str]) -> list[str]:
    return [sentence for sentence in sentences if found(sentence)]


def table(rows: Iterable[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| Written as | Example | Found |", "| --- | --- | --- |"]
    for row in rows:
        example = row.example.replace("|", "\\|").replace("`", "'")
        lines.append(f"| {row.way} | `{example}` | {row.recall:.1%} of {row.tried} |")
    return "\n".join(lines)
