"""Files of words, in and out: plain Python, no database.

Read are our own export (CSV with a line of column names), plain lists with one word
a line, and the files that Discourse exports, whose name says the action:
``forum.example.com-watched-words-require_approval.csv``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .wordlist import MAX_ENTRIES, MAX_LENGTH, fold, letters

MAX_BYTES = 2_000_000
MAX_CELL = 20_000  # characters of one column, such as all forms of a word
LISTS = ("forms", "excuses", "allowed")  # several in one cell, with | between
FLAGS = ("exact_accents", "reversed", "active")
COLUMNS = ("text", *LISTS, "suffixes", "languages", "severity", *FLAGS)
SEVERITIES = {"low": "1", "medium": "2", "high": "3", "severe": "4"}
# What Discourse does, and what comes nearest here.
DISCOURSE_ACTIONS = {
    "block": "block",
    "censor": "mask",
    "require_approval": "hold",
    "flag": "notify",
    "silence": "hold",
    "replace": "mask",
    "tag": "notify",
}


def _(text: str) -> str:
    """Mark a sentence: Odoo's export of terms looks for this name."""
    return text


_DISCOURSE_NAME = re.compile(r"watched-words-([a-z_]+)(?: ?\(\d+\))?\.(?:csv|txt)$")
_REGEX_SIGNS = re.compile(r"[\\\[\](){}|^$+?]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_YES = ("1", "true", "yes", "x", "sim", "s", "y")


class FileError(ValueError):
    """A file that cannot be read. ``msgid`` is English, ``values`` fill its places."""

    def __init__(self, msgid: str, **values: object):
        self.msgid, self.values = msgid, values
        super().__init__(msgid % values if values else msgid)


@dataclass(frozen=True)
class Entry:
    """One line that can be taken over. ``values`` are by column, except the text."""

    line: int
    text: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Skipped:
    """One line that cannot, with a sentence that says why."""

    line: int
    text: str
    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class WordFile:
    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]
    discourse_action: str = ""  # "" if the file is not from Discourse


def read(data: bytes, name: str = "", known: Iterable[str] = ()) -> WordFile:
    """Read a file, and say of each line whether it can be taken over.

    :param known: words that are in the rule already
    :raises FileError: it is too big or no list of words at all
    """
    _refuse_size(data)
    text = _decode(data)
    found = _DISCOURSE_NAME.search(name)
    action = found[1] if found else ""
    seen = {fold(word) for word in known}
    entries, skipped = [], []
    for line, row in _rows(text):
        one = _entry(line, row, seen, bool(action))
        (entries if isinstance(one, Entry) else skipped).append(one)
    return WordFile(tuple(entries), tuple(skipped), action)


def write(rows: Iterable[Mapping[str, object]]) -> str:
    """A file with all columns. A spreadsheet does not take a word for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_safe(_cell(row.get(name))) for name in COLUMNS])
    return out.getvalue()


def _refuse_size(data: bytes) -> None:
    """Before anything is read: what is refused has cost nothing."""
    if len(data) > MAX_BYTES:
        raise FileError(
            _(
                "The file has %(size)s MB; a list of words can have %(most)s MB. "
                "Nothing was read."
            ),
            size=round(len(data) / 1e6, 1),
            most=MAX_BYTES // 1_000_000,
        )
    lines = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
    if lines > MAX_ENTRIES:
        raise FileError(
            _(
                "The file has %(lines)s lines; a rule can hold %(most)s words. Nothing "
                "was read. Divide the file, and make a rule of each part."
            ),
            lines=lines,
            most=MAX_ENTRIES,
        )


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16"
    elif b"\0" in data:
        raise FileError(
            _(
                "This is not a text file. Save the list as CSV or as plain text, "
                "encoded as UTF-8."
            )
        )
    else:
        codec = "utf-8-sig"
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise FileError(
            _(
                "The file is not encoded as UTF-8, so letters with accents would be "
                "damaged. Save it again as “CSV UTF-8”."
            )
        ) from error


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line with its number, by column."""
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] | None = None
    try:
        for row in reader:
            if columns is None:
                columns, is_header = _columns(row)
                if is_header:
                    continue
            if any(cell.strip() for cell in row):
                yield reader.line_num, dict(zip(columns, row, strict=False))
    except csv.Error as error:
        raise FileError(
            _("Line %(line)s cannot be read: a quotation mark may be missing."),
            line=reader.line_num,
        ) from error


def _delimiter(text: str) -> str:
    """That of the first line: spreadsheets in Portuguese write semicolons."""
    first = text.split("\n", 1)[0][:MAX_CELL]
    return max(",;\t", key=first.count)


def _columns(row: list[str]) -> tuple[list[str], bool]:
    names = [cell.strip().lower() for cell in row]
    if "text" in names:
        return names, True
    if names and names[0] in ("word", "palavra"):
        return ["text", *names[1:]], True
    return ["text", "replacement", "case_sensitive"], False


def _entry(
    line: int, row: Mapping[str, str], seen: set[str], discourse: bool
) -> Entry | Skipped:
    text = " ".join(_plain(row.get("text") or "").split())
    reason = _reason(text, discourse) or ("twice" if fold(text) in seen else "")
    if reason:
        return Skipped(line, text[:MAX_LENGTH], REASONS[reason])
    seen.add(fold(text))
    return Entry(line, text, dict(_values(row)))


REASONS = {
    "empty": _("There is no word in this line."),
    "letter": _("One letter would be found in nearly every text."),
    "long": _("Longer than 200 characters: use a pattern instead."),
    "wildcard": _(
        "It has a wildcard (*), which would hit words that nobody has looked "
        "at. Add the word with its endings, or make a rule with a pattern."
    ),
    "regex": _("It looks like a regular expression. Make a rule with a pattern of it."),
    "control": _("It has characters that cannot be seen."),
    "twice": _("It is in the list already."),
}


def _reason(text: str, discourse: bool) -> str:
    if not letters(text):
        return "empty"
    if any(not sign.isprintable() for sign in text):
        return "control"
    if len(text) > MAX_LENGTH:
        return "long"
    if "*" in text and (discourse or text[-1] == "*" or text[0] == "*"):
        return "wildcard"
    if discourse and _REGEX_SIGNS.search(text):
        return "regex"
    return "letter" if letters(text) < 2 else ""


def _values(row: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    for name in LISTS:
        parts = [part.strip() for part in _plain(row.get(name)).split("|")]
        if any(parts):
            yield name, "\n".join(filter(None, parts))
    if suffixes := _plain(row.get("suffixes")).replace("|", " ").split():
        yield "suffixes", " ".join(suffixes)
    if languages := re.findall(r"[a-z]{2,3}", _plain(row.get("languages")).lower()):
        yield "languages", tuple(languages)
    severity = _plain(row.get("severity")).strip().lower()
    if severity in SEVERITIES or severity in SEVERITIES.values():
        yield "severity", SEVERITIES.get(severity, severity)
    for name in FLAGS:
        if cell := _plain(row.get(name)).strip().lower():
            yield name, cell in _YES


def _plain(cell: str | None) -> str:
    """Without the quotation mark that kept a spreadsheet from computing it."""
    cell = (cell or "")[:MAX_CELL]
    return cell[1:] if cell.startswith("'") and _computes(cell[1:]) else cell


def _safe(cell: str) -> str:
    return f"'{cell}" if _computes(cell) else cell


def _computes(cell: str) -> bool:
    """Whether a spreadsheet would, or has been kept from it already."""
    return cell.lstrip("'").startswith(_FORMULA)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (list, tuple)):
        return "|".join(str(part) for part in value)
    return str(value or "")
