from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from odoo.addons.moderation.engine import plain_text

from .community_reaction import REACTIONS

EXCERPT = 400  # characters


class CommunityPost(models.Model):
    """A post as its reader sees it: plain values for pages and JSON.

    Called with posts that the user has found; everything beside them (names, files,
    counters) is gathered for all of them at once and with sudo.
    """

    _inherit = "community.post"

    def _cards(self):
        """:return: a list of dictionaries in the order of the posts; see ``_card``"""
        if not self:
            return []
        around = CardContext(self)
        return [post._card(around) for post in self.sudo()]

    def _card(self, around):
        """:return: id, kind, url, title, body (HTML), author (card of the member),
        space, audience, score, votes, replies, reactions, files, tags, dates, state,
        flags and ``can``: what the reader may do"""
        return {
            "id": self.id,
            "kind": self.kind,
            "root_id": self.root_id.id,
            "parent_id": self.parent_id.id,
            "url": self._url(),
            "title": self.title or "",
            "body": self.body or "",
            "author": around.people[self.author_id.id],
            "space": around.spaces[self.space_id.id],
            "audience": self.audience,
            "state": self._state_for(around.member),
            "score": around.counter(self, "score"),
            "replies": around.counter(self, "reply_count"),
            "vote": around.votes.get(self.id, 0),
            "reactions": around.reactions.get(self.id, []),
            "files": around.files.get(self.id, []),
            "tags": around.tags.get(self.id, []),
            "date": self.published_date,
            "edited": self.edited_date,
            "activity": self.last_activity,
            "solved": self.is_solved,
            "accepted_id": self.accepted_id.id,
            "accepted": self.root_id.accepted_id == self if self.root_id else False,
            "duplicate": around.duplicates.get(self.duplicate_of_id.id),
            "locked": self.locked,
            "pinned": self.pinned,
            "saved": self.id in around.saved,
            "following": around.following.get(self.id, ""),
            "unread": around.is_unread(self),
            "can": self._abilities(around),
        }

    def _url(self):
        if self.root_id:
            return f"/my/community/post/{self.root_id.id}#post-{self.id}"
        return f"/my/community/post/{self.id}"

    def _excerpt(self):
        """The beginning of the text without its formatting."""
        text = " ".join(plain_text(str(self.body or "")).split())
        return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + "…"

    def _state_for(self, member):
        """Why others do not see it, for its author and its readers: "" is public."""
        if not self.active:
            return "removed"
        if self.approval != "free":
            return self.approval
        if self.moderation_state == "edit_held" and self.author_id != member:
            return ""
        return "" if self.moderation_state == "published" else self.moderation_state

    def _abilities(self, around):
        own = self.author_id == around.member
        moderates = self.space_id.id in around.moderated
        thread = self._thread()
        return {
            "reply": self.space_id.id in around.writable and not thread.locked,
            "edit": own,
            "remove": own or moderates,
            "vote": not own,
            "accept": bool(
                self.root_id
                and self.audience == "everybody"
                and thread._may_accept(around.member)
            ),
            "report": not own,
        }


class CardContext:
    """What the cards of some posts have in common, gathered in one query each."""

    def __init__(self, posts):
        env = posts.env
        sudo = posts.sudo()
        self.member = env["community.member"]._me()
        self.ids = posts.ids
        self.pending = env["community.tally"]._pending("community.post", self.ids)
        self.people = sudo.author_id.with_user(env.user)._cards()
        self.spaces = {space.id: space_card(space) for space in sudo.space_id}
        spaces = env["community.space"]
        self.writable = set(spaces._ids_for("reply"))
        self.moderated = set(spaces._ids_for("moderate"))
        self._gather_mine(sudo)
        self.files = files_of(sudo)
        self.tags = tags_of(sudo)
        self.duplicates = duplicates_of(posts)

    def _gather_mine(self, posts):
        self.votes, self.saved, self.following, self.seen = {}, set(), {}, {}
        for post_id, vote, saved, muted, seen in marks_of(posts, self.member):
            self.votes[post_id] = vote or 0
            if saved:
                self.saved.add(post_id)
            if muted is not None:
                self.following[post_id] = "muted" if muted else "following"
            self.seen[post_id] = seen
        self.reactions = reactions_of(posts, self.member)

    def counter(self, post, name):
        return (post[name] or 0) + self.pending.get((post.id, name), 0)

    def is_unread(self, post):
        """A thread with something that the reader has not seen since he joined."""
        if post.root_id or not self.member or post.author_id == self.member:
            return False
        seen = self.seen.get(post.id) or self.member.joined
        return bool(seen and post.last_activity and post.last_activity > seen)


def marks_of(posts, member):
    """What a member has put on these posts, in one query.

    :return: [(post id, vote or None, saved, muted or None if he does not follow,
        moment when he last saw it or None)]
    """
    marks = ("community.vote", "community.bookmark", "community.follow")
    for model in (*marks, "community.seen"):
        posts.env[model].flush_model()
    return posts.env.execute_query(
        SQL(
            """SELECT post.id, vote.value, saved.id IS NOT NULL,
                CASE WHEN follow.id IS NOT NULL THEN COALESCE(follow.muted, false) END,
                seen.moment
            FROM unnest(%(posts)s::int[]) post(id)
            LEFT JOIN community_vote vote
                ON vote.post_id = post.id AND vote.member_id = %(member)s
            LEFT JOIN community_bookmark saved
                ON saved.post_id = post.id AND saved.member_id = %(member)s
            LEFT JOIN community_follow follow
                ON follow.post_id = post.id AND follow.member_id = %(member)s
            LEFT JOIN community_seen seen
                ON seen.post_id = post.id AND seen.member_id = %(member)s""",
            posts=posts.ids,
            member=member.id or None,
        )
    )


def space_card(space):
    return {
        "id": space.id,
        "name": space.name,
        "kind": space.kind,
        "icon": space.icon or "",
        "color": space.color,
        "url": f"/my/community/space/{space.id}",
    }


def reactions_of(posts, member):
    """:return: {post id: [{"code", "sign", "count", "mine"}]}, most common first"""
    reactions = posts.env["community.reaction"]
    counted = defaultdict(list)
    rows = reactions._read_group(
        [("post_id", "in", posts.ids)],
        ["post_id", "code"],
        ["__count", "member_id:array_agg"],
    )
    for post, code, count, members in sorted(rows, key=lambda row: -row[2]):
        counted[post.id].append(
            {
                "code": code,
                "sign": REACTIONS[code],
                "count": count,
                "mine": member.id in members,
            }
        )
    return counted


def files_of(posts):
    """:return: {post id: [{"id", "name", "type", "size", "url", "kind"}]}; kind is
    "image", "video" or "file". Pictures that stand in the text are left out."""
    files = defaultdict(list)
    attachments = posts.env["ir.attachment"].search_fetch(
        [
            ("res_model", "=", "community.post"),
            ("res_id", "in", posts.ids),
            ("res_field", "=", False),
        ],
        ["name", "mimetype", "file_size", "res_id", "description"],
        order="id",
    )
    for file in attachments:
        if file.description != "inline":
            files[file.res_id].append(file_card(file))
    return files


def file_card(file):
    kind = (file.mimetype or "").split("/")[0]
    return {
        "id": file.id,
        "name": file.name,
        "type": file.mimetype,
        "size": file.file_size,
        "kind": kind if kind in ("image", "video") else "file",
        "url": f"/web/content/{file.id}",
    }


def tags_of(posts):
    """:return: {post id: [{"id", "name", "color"}]} in the order of the tags"""
    tags = posts.env["community.tag"]
    tags.flush_model()
    posts.flush_recordset(["tag_ids"])
    rows = posts.env.execute_query(
        SQL(
            """SELECT rel.community_post_id, tag.id, %s, COALESCE(tag.color, 0)
            FROM community_post_community_tag_rel rel
            JOIN community_tag tag ON tag.id = rel.community_tag_id
            WHERE rel.community_post_id = ANY(%s) ORDER BY 3, 2""",
            tags._field_to_sql("tag", "name"),
            posts.ids,
        )
    )
    found = defaultdict(list)
    for post_id, tag_id, name, color in rows:
        found[post_id].append({"id": tag_id, "name": name, "color": color})
    return found


def duplicates_of(posts):
    """The threads that these are duplicates of, as far as the reader may see them."""
    wanted = posts.sudo().duplicate_of_id.ids
    if not wanted:
        return {}
    visible = posts.search([("id", "in", wanted)]).sudo()
    return {
        post.id: {"id": post.id, "title": post.title, "url": post._url()}
        for post in visible
    }
