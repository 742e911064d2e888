"""Connection strings that carry a password."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..regions import finditer
from .match import HIDDEN, Match
from .text import Text

_HINT_CURL = "-u "
HINTS = (
    _HINT_CURL,
    "://",
    "password=",
    "pwd=",
    "password =",
    "pwd =",
    "pgpassword",
    "jdbc:",
)
_URL = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z][A-Za-z0-9+.\-]{1,20})://"
    r"([^\s:/@\"'<>]{0,128}):([^\s/@\"'<>]{1,256})@([^\s/\"'<>?]{1,256})"
    r"[^\s\"'<>]{0,256}"
)
# ODBC, ADO.NET, libpq and JDBC name the password among other settings.
_SETTING = re.compile(
    r"(?:^|[;?&\s])(?:(?:pg|db|mysql_)?password|passwd|pwd)[ ]?=[ ]?"
    r"(\{[^}\n]{1,128}\}|\"[^\"\n]{1,128}\"|'[^'\n]{1,128}'|[^\s;&\"']{1,128})",
    re.I | re.M,
)
_CURL = re.compile(r"(?<!\S)-u [\"']?[^\s:]{1,64}:([^\s\"']{3,128})")
_BESIDE = re.compile(
    r"(?:server|host|data source|database|initial catalog|driver|dsn|uid|user(?: id)?"
    r"|dbname|port|jdbc:\w{2,20}|pguser|pghost)[ ]?[=:]",
    re.I,
)
_REACH = 200
_PLACEHOLDER = re.compile(
    r"[*•x.]+|<[^>]*>?|\$?\{+[^}]*\}*|%\(?\w+\)?s?|\[[^\]]*\]"
    r"|pass(?:word|wd)?|senha|secret|your[-_]?password|sua[-_]?senha|pwd|\.\.\.",
    re.I,
)


def connection_string(text: Text) -> Iterator[Match]:
    """``postgres://user:password@host``, ``Server=…;Password=…``, ``jdbc:…``."""
    if "://" in text.lower:
        for found in finditer(_URL, text.text, text.lower, ("://",), (24, 1200)):
            if not is_placeholder(found[3]):
                yield _match(found.start(), found.end(), found[0], found[1])
    for found in finditer(_CURL, text.text, text.lower, (_HINT_CURL,), (1, 300)):
        if not is_placeholder(found[1]):
            yield _match(found.start(1), found.end(1), found[1], "-u ")
    names = ("password", "passwd", "pwd")
    for found in finditer(_SETTING, text.text, text.lower, names, (10, 150)):
        beside = text.near(_BESIDE, found.end() + _REACH, 2 * _REACH)
        if beside and not is_placeholder(found[1]):
            yield _match(found.start(1), found.end(1), found[1], "Password=")


def is_placeholder(value: str) -> bool:
    """``***``, ``<password>``, ``${PASSWORD}``: an example, no secret."""
    return bool(_PLACEHOLDER.fullmatch(value))


def _match(start: int, end: int, value: str, name: str) -> Match:
    joint = "://" if "://" in value else ""
    return Match(start, end, value, f"{name}{joint}{HIDDEN * 8}")
