"""Our own tables: people, posts and votes, as documented in the add-on's README.

Each is known by its columns, so that names of files and their number are free.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from . import cells, markup, table
from .archive import Archive
from .order import ordered
from .records import (
    KINDS,
    MAX_BODY,
    Community,
    FileError,
    Person,
    Post,
    Source,
    Vote,
)
from .records import mark as _

POSTS = ("id", "author", "body")  # and kind, parent, space, title, date, …
PEOPLE = ("id", "name")  # and email, company, about, picture
VOTES = ("post", "person", "value")
_FORMATS = {"": "text", "text": "text", "html": "html", "markdown": "markdown"}


def read(archive: Archive, names: list[str], encoding: str) -> Community:
    """:raises FileError: a file that is none of these tables, or cannot be read"""
    found = Community(picture=archive.picture)
    for name in names:
        text = table.decode(archive.data(name), name, encoding)
        _reader(text, name)(found, archive, _rows(text, name))
    return ordered(found)


def _rows(text: str, name: str) -> Iterator[tuple[Source, dict[str, str]]]:
    for line, row in table.rows(text, name):
        yield Source(name, line), row


def _reader(text: str, name: str):
    has = table.columns(text)
    for columns, reader in ((POSTS, _posts), (VOTES, _votes), (PEOPLE, _people)):
        if has.issuperset(columns):
            return reader
    raise FileError(
        _(
            "%(file)s is none of the tables that can be read: its first line must name "
            "the columns. Posts have %(posts)s; people have %(people)s; votes have "
            "%(votes)s."
        ),
        file=name,
        posts=", ".join(POSTS),
        people=", ".join(PEOPLE),
        votes=", ".join(VOTES),
    )


def _people(found: Community, archive: Archive, rows) -> None:
    for source, row in rows:
        key, name = cells.one_line(row.get("id")), cells.one_line(row.get("name"))
        if not key or not name:
            found.doubt(source, _("This person has no id or no name."))
            continue
        address = cells.email(row.get("email"))
        if row.get("email") and not address:
            found.doubt(
                source,
                _("“%(email)s” is no e-mail address; the person comes without it."),
                left_out=False,
                email=cells.one_line(row.get("email")),
            )
        found.people.append(
            Person(
                key,
                name,
                address,
                cells.one_line(row.get("company")),
                cells.plain(row.get("about"))[:2000],
                _picture(found, archive, source, row.get("picture")),
                source=source,
            )
        )


def _picture(found: Community, archive: Archive, source: Source, cell) -> str:
    name = cells.one_line(cell)
    if name and not archive.has(name):
        found.doubt(
            source,
            _("The file “%(name)s” is not in the ZIP, or bigger than 10 MB."),
            left_out=False,
            name=name,
        )
        return ""
    return name


def _posts(found: Community, archive: Archive, rows) -> None:
    for source, row in rows:
        post = _post(row, source)
        if reason := _reason(post):
            found.doubt(source, reason)
            continue
        found.posts.append(_with_files(_dated(post, found, row), found, archive, row))


def _post(row: dict[str, str], source: Source) -> Post:
    return Post(
        key=cells.one_line(row.get("id")),
        author=cells.one_line(row.get("author")),
        html=_html(row),
        title=cells.one_line(row.get("title"))[:200],
        kind=cells.one_line(row.get("kind")).lower(),
        parent=cells.one_line(row.get("parent")),
        space=cells.one_line(row.get("space")),
        tags=cells.parts(row.get("tags"))[:5],
        accepted=cells.yes(row.get("accepted")),
        source=source,
    )


def _html(row: dict[str, str]) -> str:
    kind = _FORMATS.get(cells.one_line(row.get("format")).lower(), "text")
    body = cells.plain(row.get("body"))
    if kind == "html":
        return body
    return (markup.from_markdown if kind == "markdown" else markup.from_text)(body)


def _reason(post: Post) -> str:
    """Why a post cannot be taken over, or ""."""
    if not post.key:
        return _("This post has no id.")
    if not post.author:
        return _("This post has no author.")
    if not post.html.strip():
        return _("This post has no text.")
    if len(post.html) > MAX_BODY:
        return _("This text is longer than 100,000 characters.")
    if post.kind and post.kind not in KINDS:
        return _(
            "The kind is none of question, discussion, idea, announcement, article "
            "and reply."
        )
    if post.kind == "reply" and not post.parent:
        return _("This reply does not say what it answers: “parent” is empty.")
    if not post.parent and not post.title:
        return _("This post has no title.")
    return ""


def _dated(post: Post, found: Community, row: dict[str, str]) -> Post:
    try:
        return replace(post, created=cells.moment(row.get("date")))
    except ValueError:
        found.doubt(
            post.source,
            _(
                "“%(date)s” is no date; the post comes with today's. Write dates as "
                "2024-12-31 23:59:00."
            ),
            left_out=False,
            date=cells.one_line(row.get("date")),
        )
        return post


def _with_files(post: Post, found: Community, archive: Archive, row) -> Post:
    def find(source: str) -> str:
        name = markup.file_name(source)
        return name if archive.has(name) else ""

    text, _names, links = markup.with_pictures(post.html, find)
    if links:
        found.doubt(
            post.source,
            _("%(count)s pictures did not come along and become links."),
            left_out=False,
            count=len(links),
        )
    named = cells.parts(row.get("files"))
    files = tuple(_picture(found, archive, post.source, name) for name in named)
    return replace(post, html=text, files=tuple(filter(None, files)))


def _votes(found: Community, archive: Archive, rows) -> None:
    for source, row in rows:
        value = cells.one_line(row.get("value"))
        if value not in ("1", "+1", "-1"):
            found.doubt(source, _("The value of a vote is 1 or -1."))
            continue
        post, person = cells.one_line(row.get("post")), cells.one_line(row["person"])
        found.votes.append(Vote(post, person, int(value), source))
