"""Addresses in a text: found in what comes, written out in what goes."""

import re
from itertools import groupby

from .styled import Run, Styled, plain

ADDRESS = r"https?://[^\s<>\"'`]{1,2000}[^\s<>\"'`.,;:!?)\]]"
_URL = re.compile(ADDRESS, re.IGNORECASE)


def linked(text: str, marks: frozenset[str] = frozenset()) -> Styled:
    """A plain text with its addresses as links."""
    runs, at = [], 0
    for match in _URL.finditer(text):
        runs += [Run(text[at : match.start()], marks), Run(match[0], marks, match[0])]
        at = match.end()
    return [*runs, Run(text[at:], marks)]


def spelled(runs: Styled) -> Styled:
    """For a channel where a link has no form of its own: "text (address)", or the
    bare address."""
    result: Styled = []
    for href, group in groupby(runs, key=lambda run: run.href):
        label = list(group)
        result += [Run(run.text, run.marks) for run in label]
        address = href.removeprefix("mailto:").removeprefix("tel:")
        if address.rstrip("/") != plain(label).strip().rstrip("/") and href:
            result.append(Run(f" ({address})", label[-1].marks & {"quote"}))
    return result
