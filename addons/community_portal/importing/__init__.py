"""Reading the communities that people bring along: plain Python, no database.

``read`` takes a file as it was uploaded (a ZIP, or one table) and gives a
``Community``: people, posts and votes in the order in which they can be taken over,
and the problems with the place where each was found.
"""

from __future__ import annotations

from . import discourse, tables
from .archive import Archive
from .records import Community, FileError, Person, Post, Problem, Source, Vote
from .records import mark as _

__all__ = [
    "Archive",
    "Community",
    "FileError",
    "Person",
    "Post",
    "Problem",
    "Source",
    "Vote",
    "read",
]


def read(data: bytes, name: str, encoding: str = "utf-8") -> Community:
    """
    :param encoding: of CSV files that do not say theirs: ``utf-8`` or ``cp1252``
    :raises FileError: the file cannot be read at all; the sentence says why
    """
    archive = Archive(data, name)
    names = archive.tables()
    of_discourse = [name for name in names if name.lower().endswith(".json")]
    if of_discourse:
        return discourse.read(archive, of_discourse)
    if not names:
        raise FileError(
            _(
                "There is no table in %(file)s. Choose a CSV file, the JSON file of "
                "Discourse, or a ZIP with them and the pictures."
            ),
            file=name,
        )
    return tables.read(archive, names, encoding)
