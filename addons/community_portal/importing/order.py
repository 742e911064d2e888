"""What belongs to what: the last step of every reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from .records import Community, Post
from .records import mark as _

_FIRST = datetime.min


def ordered(found: Community) -> Community:
    """Put posts before their replies, and leave out what comes twice or belongs to
    nothing: replies without a thread, votes without a post."""
    found.people = _once(found, found.people)
    posts = {post.key: post for post in _once(found, found.posts)}
    roots = [post for post in posts.values() if not post.parent]
    replies = [
        reply
        for post in posts.values()
        if post.parent and (reply := _in_thread(found, posts, post))
    ]
    found.posts = [*_by_date(roots), *_by_date(replies)]
    known = {post.key for post in found.posts}
    found.votes = list(_votes(found, known))
    return found


def _once(found: Community, things: Iterable) -> list:
    first = {}
    for thing in things:
        if thing.key in first:
            found.doubt(
                thing.source, _("The id “%(id)s” comes twice."), id=str(thing.key)
            )
        else:
            first[thing.key] = thing
    return list(first.values())


def _in_thread(found: Community, posts: dict[str, Post], post: Post) -> Post | None:
    """A reply whose ``parent`` is what it answers: the first post, or a reply to it;
    answers to answers stay on that level."""
    chain, seen = post, {post.key}
    above = posts.get(post.parent)
    while above and above.parent and above.key not in seen:
        seen.add(above.key)
        chain, above = above, posts.get(above.parent)
    if not above or above.parent:
        found.doubt(
            post.source,
            _("The post that this one answers (“%(parent)s”) is not there."),
            parent=post.parent,
        )
        return None
    parent = above.key if chain is post else chain.key
    return replace(post, kind="reply", parent=parent)


def _by_date(posts: Iterable[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: post.created or _FIRST)


def _votes(found: Community, known: set[str]):
    last = {(vote.post, vote.person): vote for vote in found.votes}
    for vote in last.values():
        if vote.post in known:
            yield vote
        else:
            found.doubt(
                vote.source,
                _("The post of this vote (“%(post)s”) is not there."),
                post=vote.post,
            )
