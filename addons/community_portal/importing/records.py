"""What an import is made of, whatever it comes from: plain Python, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

MAX_TABLE = 20_000_000  # bytes of one table: as much as is read at once
MAX_BODY = 100_000  # characters of one text
MAX_LINE = 250  # characters of a title, a name, a key
KINDS = ("question", "discussion", "idea", "announcement", "article", "reply")


class FileError(ValueError):
    """A file that cannot be read. ``msgid`` is English, ``values`` fill its places."""

    def __init__(self, msgid: str, **values: object):
        self.msgid, self.values = msgid, values
        super().__init__(msgid % values if values else msgid)


@dataclass(frozen=True)
class Source:
    """Where something stands: a file's name and its line, or a record's number."""

    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class Person:
    """``key`` is how posts and votes name him; ``user`` his ``res.users`` if the
    community was in this database; ``picture`` a name among the pictures."""

    key: str
    name: str
    email: str = ""
    company: str = ""
    about: str = ""
    picture: str = ""
    user: int = 0
    source: Source = Source()


@dataclass(frozen=True)
class Post:
    """A question or the like, or a reply (then ``parent`` is what it answers).

    ``kind`` is empty where the space decides. Pictures inside ``html`` have a ``src``
    of ``import:`` and the picture's name; ``files`` are other names among them.
    """

    key: str
    author: str
    html: str
    title: str = ""
    kind: str = ""
    parent: str = ""
    space: str = ""
    created: datetime | None = None  # UTC, naive
    tags: tuple[str, ...] = ()
    accepted: bool = False
    locked: bool = False
    files: tuple[str, ...] = ()
    source: Source = Source()


@dataclass(frozen=True)
class Vote:
    post: str
    person: str
    value: int  # 1 or -1
    source: Source = Source()


@dataclass(frozen=True)
class Problem:
    """What was left out or is doubtful, with a sentence that says why."""

    source: Source
    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)
    left_out: bool = True


def no_pictures(name: str) -> bytes | None:
    return None


@dataclass
class Community:
    """All that was found, in the order in which it can be taken over: who writes
    before what he wrote, what is answered before its answers."""

    people: list[Person] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    picture: Callable[[str], bytes | None] = no_pictures

    def doubt(self, source: Source, msgid: str, left_out=True, **values) -> None:
        self.problems.append(Problem(source, msgid, values, left_out))


def mark(text: str) -> str:
    """Mark a sentence: Odoo's export of terms looks for calls of ``_``."""
    return text
