"""CSV as people have it: with commas, semicolons or tabs, in three encodings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from .records import MAX_TABLE, FileError
from .records import mark as _

ENCODINGS = ("utf-8", "cp1252")
_SEPARATORS = ",;\t"


def refuse_size(data: bytes, name: str) -> None:
    """Before anything is read: what is refused has cost nothing."""
    if len(data) > MAX_TABLE:
        raise FileError(
            _(
                "%(file)s has %(size)s MB; one table can have %(most)s MB. Nothing was "
                "read. Divide it into several files (posts-1.csv, posts-2.csv, …) and "
                "put them into one ZIP."
            ),
            file=name,
            size=round(len(data) / 1e6, 1),
            most=MAX_TABLE // 1_000_000,
        )


def decode(data: bytes, name: str, encoding: str = "utf-8") -> str:
    """The file's text.

    :param encoding: what it is if it does not say so itself: ``utf-8`` or ``cp1252``
    :raises FileError: too big, no text, or in another encoding
    """
    refuse_size(data, name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in data:
        raise FileError(
            _(
                "%(file)s is not a text file: line %(line)s has a NUL character. Save "
                "it as “CSV UTF-8”."
            ),
            file=name,
            line=_line(data, data.index(b"\0")),
        )
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise FileError(
            _(
                "%(file)s is not encoded as %(encoding)s: see line %(line)s. Save it "
                "as “CSV UTF-8”, or choose the other encoding. Otherwise letters with "
                "accents would be damaged."
            ),
            file=name,
            encoding={"cp1252": "Windows-1252"}.get(encoding, encoding.upper()),
            line=_line(data, error.start),
        ) from error


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def rows(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not empty, by column, with the line on which it begins.

    :raises FileError: a row that cannot be read as CSV
    """
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_separator(text), strict=True
    )
    columns: list[str] | None = None
    begins = 1
    try:
        for row in reader:
            if columns is None:
                columns = [cell.strip().lower() for cell in row]
            elif any(cell.strip() for cell in row):
                yield begins, dict(zip(columns, row, strict=False))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise FileError(
            _(
                "%(file)s cannot be read from line %(line)s on: a quotation mark may "
                "be missing, or a text is longer than 131,072 characters."
            ),
            file=name,
            line=begins,
        ) from error


def columns(text: str) -> frozenset[str]:
    """The names in the first line."""
    first = text.split("\n", 1)[0][:10_000]
    names = first.strip("\r").split(_separator(text))
    return frozenset(name.strip().strip('"').lower() for name in names)


def _separator(text: str) -> str:
    """That of the first line: spreadsheets in Portuguese write semicolons."""
    return max(_SEPARATORS, key=text.split("\n", 1)[0][:10_000].count)
