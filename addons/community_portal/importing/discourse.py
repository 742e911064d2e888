"""What an administrator of Discourse can take with him, as JSON.

``discourse export_category``, ``export_topics`` or ``export_categories`` on the server
write users, categories and topics with their posts in Markdown (see
``lib/import_export/base_exporter.rb`` in Discourse). They leave out likes, solutions,
topics' tags and avatars; each of these is a query of the Data Explorer whose result is
saved as JSON, known by its columns: ``post_id, user_id`` (likes), ``topic_id, post_id``
(solutions), ``topic_id, tag`` and ``user_id, picture``. The folder ``uploads`` of a
backup has the pictures.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from . import cells, markup, table
from .archive import Archive
from .order import ordered
from .records import MAX_BODY, Community, FileError, Person, Post, Source, Vote
from .records import mark as _

LIKES, SOLUTIONS = frozenset(("post_id", "user_id")), frozenset(("topic_id", "post_id"))
TAGS, PICTURES = frozenset(("topic_id", "tag")), frozenset(("user_id", "picture"))


@dataclass
class _Found:
    """The parts, from as many files as there are."""

    users: list[tuple[Source, Mapping]] = field(default_factory=list)
    topics: list[tuple[Source, Mapping]] = field(default_factory=list)
    spaces: dict[str, str] = field(default_factory=dict)  # of categories, by id
    likes: list[tuple[Source, str, str]] = field(default_factory=list)
    solutions: set[str] = field(default_factory=set)  # ids of posts
    tags: dict[str, list[str]] = field(default_factory=dict)  # by topic
    pictures: dict[str, str] = field(default_factory=dict)  # by user


def read(archive: Archive, names: Iterable[str]) -> Community:
    """:raises FileError: a file that is neither an export nor a query's result"""
    parts = _Found()
    for name in names:
        _sort(parts, _json(archive, name), name)
    found = Community(picture=archive.picture)
    found.people = [_person(parts, archive, *user) for user in _named(parts, found)]
    for source, topic in parts.topics:
        found.posts.extend(_topic(parts, found, archive, topic, source))
    found.votes = [Vote(post, user, 1, source) for source, post, user in parts.likes]
    return ordered(found)


def _json(archive: Archive, name: str):
    try:
        return json.loads(table.decode(archive.data(name), name))
    except (json.JSONDecodeError, RecursionError) as error:
        raise FileError(
            _(
                "%(file)s is no complete JSON: it breaks off or is damaged at line "
                "%(line)s."
            ),
            file=name,
            line=getattr(error, "lineno", 1),
        ) from error


def _sort(parts: _Found, data: object, name: str) -> None:
    if isinstance(data, dict) and isinstance(data.get("rows"), list):
        _result(parts, data, name)
    elif isinstance(data, dict) and isinstance(data.get("topics"), list):
        _export(parts, data, name)
    else:
        raise FileError(
            _(
                "%(file)s is neither an export of Discourse (with “topics”) nor the "
                "result of a query of its Data Explorer (with “columns” and “rows”)."
            ),
            file=name,
        )


def _export(parts: _Found, data: Mapping, name: str) -> None:
    source = Source(name)
    for category in _objects(data.get("categories")) + _objects([data.get("category")]):
        parts.spaces[_key(category.get("id"))] = cells.one_line(category.get("name"))
    parts.users += [(source, user) for user in _objects(data.get("users"))]
    parts.topics += [(source, topic) for topic in _objects(data["topics"])]


def _result(parts: _Found, data: Mapping, name: str) -> None:
    named = data.get("columns")
    columns = [str(name) for name in named] if isinstance(named, list) else []
    has = frozenset(columns)
    rows = [
        (Source(name, number), dict(zip(columns, map(_key, row), strict=False)))
        for number, row in enumerate(data["rows"], 1)
        if isinstance(row, list) and len(row) == len(columns)
    ]
    if has >= LIKES:
        parts.likes += [(at, row["post_id"], row["user_id"]) for at, row in rows]
    elif has >= SOLUTIONS:
        parts.solutions.update(row["post_id"] for _at, row in rows)
    elif has >= TAGS:
        for _at, row in rows:
            parts.tags.setdefault(row["topic_id"], []).append(row["tag"])
    elif has >= PICTURES:
        parts.pictures.update({row["user_id"]: row["picture"] for _at, row in rows})
    else:
        raise FileError(
            _(
                "The query's result in %(file)s has the columns %(columns)s. Known are "
                "post_id and user_id (likes), topic_id and post_id (solutions), "
                "topic_id and tag, user_id and picture."
            ),
            file=name,
            columns=", ".join(columns) or "–",
        )


def _objects(values: object) -> list[Mapping]:
    found = values if isinstance(values, list) else []
    return [value for value in found if isinstance(value, dict)]


def _key(value: object) -> str:
    return cells.one_line(value)


def _named(parts: _Found, found: Community) -> Iterator[tuple[Source, Mapping]]:
    """Each once: every export names those who wrote in it."""
    seen = set()
    for source, user in parts.users:
        key = _key(user.get("id"))
        if key and key not in seen:
            yield source, user
        elif not key:
            found.doubt(source, _("This person has no id or no name."))
        seen.add(key)


def _person(parts: _Found, archive: Archive, source: Source, user: Mapping) -> Person:
    key = _key(user.get("id"))
    login = _key(user.get("username"))
    name = _key(user.get("name")) or login or key
    picture = markup.upload_name(parts.pictures.get(key, ""))
    return Person(
        key=key,
        name=name,
        email=cells.email(user.get("email")),
        about=cells.clean(user.get("bio_raw"))[:2000],
        picture=picture if archive.has(picture) else "",
        source=source,
    )


def _topic(
    parts: _Found, found: Community, archive: Archive, topic: Mapping, source: Source
) -> Iterator[Post]:
    posts = _objects(topic.get("posts"))
    if topic.get("archetype") not in ("regular", "banner", None):
        found.doubt(source, _("Private messages stay where they are."))
        return
    by_number: dict[str, str] = {}
    for number, raw in enumerate(posts):
        post = _post(parts, found, archive, raw, source)
        if not post:
            continue
        if number:  # what answered a hidden post stays in its thread
            answered = by_number.get(_key(raw.get("reply_to_post_number")))
            yield replace(post, parent=answered or _key(posts[0].get("id")))
        else:
            yield replace(post, **_first(parts, topic))
        by_number[_key(raw.get("post_number"))] = post.key


def _first(parts: _Found, topic: Mapping) -> dict:
    key = _key(topic.get("id"))
    return {
        "title": _key(topic.get("title"))[:200] or f"#{key}",
        "space": parts.spaces.get(_key(topic.get("category_id")), ""),
        "tags": tuple(dict.fromkeys(parts.tags.get(key, ())))[:5],
        "locked": bool(topic.get("closed") or topic.get("archived")),
    }


def _post(
    parts: _Found, found: Community, archive: Archive, raw: Mapping, source: Source
) -> Post | None:
    key, text = _key(raw.get("id")), cells.clean(raw.get("raw"))
    if not key or not text or raw.get("hidden"):
        if text:
            found.doubt(source, _("A post that is hidden in Discourse stays there."))
        return None
    at = replace(source, line=int(key) if key.isdecimal() and len(key) < 10 else 0)
    html, _names, links = markup.with_pictures(
        markup.from_markdown(text), lambda src: _upload(archive, src)
    )
    if len(html) > MAX_BODY:
        found.doubt(at, _("This text is longer than 100,000 characters."))
        return None
    if links:
        found.doubt(
            at,
            _("%(count)s pictures did not come along and become links."),
            left_out=False,
            count=len(links),
        )
    return Post(
        key=key,
        author=_key(raw.get("user_id")) or "-1",  # -1: Discourse's own system user
        html=html,
        created=_moment(raw.get("created_at")),
        accepted=key in parts.solutions,
        source=at,
    )


def _upload(archive: Archive, source: str) -> str:
    name = markup.upload_name(source)
    return name if archive.has(name) else ""


def _moment(value: object):
    try:
        return cells.moment(value)
    except ValueError:
        return None
