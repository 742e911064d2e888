"""How much the engine finds, and how much it should not have found.

``python -m tests.unit.moderation.accuracy --write`` puts the table into README.md.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from statistics import fmean

from devkit import odoo_tree, paths, word_list

if __name__ == "__main__":  # pytest's configuration does this for the tests
    sys.path.insert(0, str(paths.ADDONS / "moderation"))

import engine

from tests.unit.moderation import samples
from tests.unit.moderation.evasions import WAYS, disguised

README = paths.ROOT / "README.md"
BLOCK = re.compile(r"(<!-- accuracy -->\n).*?(<!-- /accuracy -->)", re.DOTALL)
MESSAGE = re.compile(r'^msgstr(?:\[\d\])? ((?:".*"\n?)+)', re.MULTILINE)
ESCAPED = re.compile(r"\\(.)")
Found = Callable[[str], Iterable[str]]  # HTML -> what is read in it


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


@dataclass(frozen=True)
class Accuracy:
    """Everything that is measured."""

    rows: list[Row]
    other_rows: list[Row]
    words: int
    word_hits: list[str]
    sentences: int
    sentence_hits: list[str]

    @property
    def worst(self) -> float:
        return min(row.recall for row in self.rows + self.other_rows)

    @property
    def mean(self) -> float:
        return fmean(row.recall for row in self.rows)

    @property
    def per_10k_sentences(self) -> float:
        return 10_000 * len(self.sentence_hits) / self.sentences


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


def measure() -> Accuracy:
    found, other = finder(samples.WORDS), finder(samples.OTHER_WORDS)
    words, lines = brazilian_words(), odoo_sentences()
    return Accuracy(
        rows=recall(found, samples.WORDS, samples.CARRIERS),
        other_rows=recall(other, samples.OTHER_WORDS, samples.OTHER_CARRIERS),
        words=len(words),
        word_hits=word_hits(found, samples.WORDS, words)
        + word_hits(other, samples.OTHER_WORDS, words),
        sentences=len(lines),
        sentence_hits=[line for line in lines if found(line)],
    )


def recall(
    found: Found, words: tuple[str, ...], carriers: tuple[str, ...]
) -> list[Row]:
    """One row for each way of hiding a word. The carriers themselves are clean."""
    return [_row(found, way, words, carriers) for way in WAYS]


def _row(
    found: Found, way: str, words: tuple[str, ...], carriers: tuple[str, ...]
) -> Row:
    written = [text for _word, text in disguised(words, way)]
    texts = [carrier.format(text) for text in written for carrier in carriers]
    return Row(way, written[0], sum(bool(found(text)) for text in texts), len(texts))


def missed(
    found: Found, words: tuple[str, ...], carriers: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """What to look at when a row is low: way, word, text."""
    for way in WAYS:
        for word, written in disguised(words, way):
            for text in (carrier.format(written) for carrier in carriers):
                if not found(text):
                    yield way, word, text


def word_hits(found: Found, reserved: Iterable[str], words: Iterable[str]) -> list[str]:
    """Words in which something is found though they are not reserved."""
    own = {word + suffix for word in reserved for suffix in ("", "s", "zinho")}
    return [word for word in words if word.lower() not in own and found(word)]


def brazilian_words() -> list[str]:
    """Debian's list for spelling checkers: 275,000 words and inflections."""
    return word_list.ensure().read_text("utf-8").split()


def odoo_sentences() -> list[str]:
    """What Odoo says in Brazilian Portuguese: 43,000 sentences of this very field."""
    odoo = odoo_tree.ensure()
    folders = [odoo.imports / "odoo" / "addons", *odoo.addons]
    found: dict[str, None] = {}
    for folder in folders:
        for path in sorted(folder.glob("*/i18n/pt_BR.po")):
            messages = path.read_text("utf-8").partition("\n\n")[2]
            found |= dict.fromkeys(map(_message, MESSAGE.findall(messages)))
    return [line for line in found if line]


def _message(quoted: str) -> str:
    text = "".join(line[1:-1] for line in quoted.splitlines())
    return ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], text)


def table(accuracy: Accuracy) -> str:
    """Markdown: a line for each way of hiding a word, and what it costs."""
    lines = [
        "| Written as | Example | Found | Other words |",
        "| --- | --- | --- | --- |",
    ]
    for row, other in zip(accuracy.rows, accuracy.other_rows, strict=True):
        lines.append(
            f"| {row.way} | {_code(row.example)} | {row.recall:.1%} of {row.tried} "
            f"| {other.recall:.1%} of {other.tried} |"
        )
    lines += [
        "",
        f"Worst row {accuracy.worst:.1%}, mean {accuracy.mean:.2%}. False hits: "
        f"{len(accuracy.word_hits)} in the {accuracy.words:,} words of Debian's "
        f"Brazilian list, {len(accuracy.sentence_hits)} in {accuracy.sentences:,} "
        "Brazilian sentences of Odoo itself, where these words are meant: "
        f"{accuracy.per_10k_sentences:.1f} in 10,000.",
    ]
    return "\n".join(lines)


def _code(text: str) -> str:
    """Visible, and harmless to whoever shows the table."""
    shown = "".join(
        f"\\u{ord(one):04x}" if unicodedata.category(one)[0] in "CM" else one
        for one in text
    )
    return f"`{shown}`".replace("|", "\\|")


def in_readme(block: str) -> str:
    """README.md with this block between its markers."""
    return BLOCK.sub(
        lambda match: f"{match[1]}{block}\n{match[2]}", README.read_text("utf-8")
    )


if __name__ == "__main__":
    text = table(measure())
    if "--write" in sys.argv:
        README.write_text(in_readme(text), "utf-8")
    print(text)
