"""What the golden files show of each channel, as a table beside the channels.

``python -m pytest tests/unit/providers/test_coverage.py`` fails when the table is not
what the files say; ``WRITE_COVERAGE=1`` writes it anew.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import providers
import pytest
from providers.types import Kind, Status

from . import edge_cases
from .golden import CODES, cases

TABLE = Path(providers.__file__).parent / "COVERAGE.md"
HEAD = """# What is shown of each channel

Made by `tests/unit/providers/test_coverage.py`.

## The golden files

Of each channel, how many bodies of `tests/unit/providers/fixtures` hold what stands at
the left, each with its expected result. An empty place: the channel has no such thing,
or does not tell.

"""
EDGES = """
## Edge cases

What providers are known for, with the golden files and the tests that show it
(`tests/unit/providers/edge_cases.txt`). “All” are all ten channels.
"""
OTHERS = {
    "Edit": "an edit",
    "Deletion": "a deletion",
    "Reaction": "a reaction",
    "Watermark": "everything up to a moment was delivered or read",
    "Consent": "the customer's consent",
    "NewIdentity": "the customer's address changed",
    "Moved": "the conversation moved",
    "AccountNotice": "news about the account",
    "Ignored": "what is no message",
}
MARKS = {
    "reply_to": "a quote",
    "public": "said in public",
    "group": "said in a group",
    "echo": "the business's own words",
    "choice": "a tap on one of our own answers",
    "notes": "circumstances in words",
}
MANY, BROKEN, NO_BODY = "several events", "one broken event", "a body that is none"
ROWS = (
    *(f"{kind.value} message" for kind in Kind),
    *MARKS.values(),
    *(f"state “{status.value}”" for status in Status),
    *OTHERS.values(),
    *(MANY, BROKEN, NO_BODY),
)
# what no channel can be without
ALWAYS = (f"{Kind.TEXT.value} message", NO_BODY, MANY)


def shown(expected) -> Iterator[str]:
    """Rows that one golden file belongs to."""
    if isinstance(expected, dict):
        yield NO_BODY
        return
    if len(expected) > 1:
        yield MANY
    for one in expected:
        event = one.get("event")
        if event is None:
            yield BROKEN
        elif event["type"] == "Message":
            yield f"{event['kind']} message"
            yield from (label for name, label in MARKS.items() if event.get(name))
        elif event["type"] == "StatusUpdate":
            yield f"state “{event['status']}”"
        else:
            yield OTHERS[event["type"]]


def counted(code: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for path in cases(code):
        found.update(set(shown(json.loads(path.read_text())["expected"])))
    return found


def table() -> str:
    columns = {code: counted(code) for code in CODES}
    labels = [providers.get(code).label for code in CODES]
    lines = [["", *labels], ["---", *("---:" for _code in CODES)]]
    for row in ROWS:
        counts = [columns[code][row] or "" for code in CODES]
        if any(counts):
            lines.append([row, *map(str, counts)])
    lines.append(["**bodies**", *(str(len(cases(code))) for code in CODES)])
    return HEAD + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def edges() -> str:
    """The second table, in a part for each section."""
    parts = [EDGES]
    for section, found in groupby(edge_cases.cases(), lambda case: case.section):
        lines = [["", "channels", "shown by"], ["---", "---", "---"]]
        lines += [[case.words, _channels(case), _proofs(case)] for case in found]
        rows = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        parts.append(f"\n### {section}\n\n{rows}\n")
    return "".join(parts)


def _channels(case: edge_cases.Case) -> str:
    if len(case.channels) == len(CODES):
        return "all"
    return ", ".join(providers.get(code).label for code in case.channels) or case.why


def _proofs(case: edge_cases.Case) -> str:
    return ", ".join(
        f"[{proof.test or f'{proof.channel}/{proof.path.stem}'}]"
        f"({os.path.relpath(proof.path, TABLE.parent)})"
        for proof in case.proofs
    )


def test_the_table_says_what_the_files_show():
    if os.environ.get("WRITE_COVERAGE"):
        TABLE.write_text(table() + edges())
    assert TABLE.read_text() == table() + edges(), "write it anew: WRITE_COVERAGE=1"


@pytest.mark.parametrize("code", CODES)
def test_no_channel_is_without(code):
    found = counted(code)
    assert [row for row in ALWAYS if not found[row]] == []
    # whatever a channel can send us that we do not know is kept and named; a feed
    # has items only
    assert not providers.get(code).has_webhook or (
        found[OTHERS["Ignored"]] or found["unsupported message"] or found[BROKEN]
    )
