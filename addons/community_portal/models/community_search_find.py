from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.moderation.models.moderation_mixin import VISIBLE

from .community_search import DAY
from .community_search_query import parse

LIMIT = 20  # threads on a page
BLOCK = 100  # posts that are put in order together
BEST = 20_000  # posts that are looked at for common words
FOUND = 20_000  # posts with rare words that are considered
# What a post gains at most by holding the words in its title, often and together.
RELEVANCE_BONUS = 3 * 365 * DAY
KINDS = ("question", "discussion", "idea", "announcement", "article", "reply")


class CommunitySearch(models.Model):
    """Finding posts.

    The best posts that hold the words and that the reader may see are taken in the
    order of their rank, ``BLOCK`` at a time; within a block those come first that
    have the words in their title. No search looks at all posts: a common word is
    looked for in the ``BEST`` posts, where it is soon found often enough; the posts
    with rare words are known by an index, and ``FOUND`` of them are considered.
    """

    _inherit = "community.search"

    @api.model
    def _search_posts(self, text, filters=None, after=None, limit=LIMIT):
        """Threads with posts that hold all words, for the user.

        :param text: what was typed; the last word may be unfinished, accents and
            slips of the finger are forgiven. Without words: all threads that the
            filters let through, newest first
        :param filters: {"space": id, "kind": code, "solved": bool, "tag": id,
            "author": member's id, "since": datetime, "until": datetime}; all optional
        :param after: the cursor that the page before returned; what is no cursor
            begins again
        :return: {"results": cards (``community.post._cards``) of the best post of each
            thread, with "thread_title" and "excerpt" (Markup, the words marked),
            "next": cursor or None, "guessed": whether a word was taken for another}
        """
        self.sudo()._now()
        words = parse(self.env, text)
        visible = self._visible(filters or {})
        if words:
            ids, cursor = self._page_of_block(words, filters or {}, after, limit)
        else:
            posts, cursor = self.env["community.post"]._page(
                visible, after, limit, order="new"
            )
            ids = posts.ids
        return {
            "results": self._result_cards(ids, words),
            "next": cursor,
            "guessed": any(word.meant for word in words.words),
        }

    @api.model
    def _visible(self, filters):
        """What others than its author see too, and what the filters let through."""
        domain = Domain("active", "=", True) & Domain("moderation_state", "in", VISIBLE)
        conditions = {
            "space": Domain("space_id", "=", filters.get("space")),
            "kind": Domain("kind", "=", filters.get("kind")),
            "tag": self._tagged(filters.get("tag")),
            "author": Domain("author_id", "=", filters.get("author")),
            "since": Domain("published_date", ">=", filters.get("since")),
            "until": Domain("published_date", "<=", filters.get("until")),
            "solved": self._solved(filters.get("solved")),
        }
        return Domain.AND(
            [
                domain,
                *(conditions[name] for name in conditions if _given(filters, name)),
            ]
        )

    @api.model
    def _tagged(self, tag_id):
        """Topics are those of the thread."""
        own = Domain("tag_ids", "in", [tag_id])
        return own | Domain("root_id", "any", own)

    @api.model
    def _solved(self, solved):
        own = Domain("root_id", "=", False) & Domain("is_solved", "=", bool(solved))
        return own | Domain("root_id.is_solved", "=", bool(solved))

    @api.model
    def _page_of_block(self, words, filters, after, limit):
        """:return: (ids of the best posts of threads, cursor or None)"""
        start, offset = _read_cursor(after)
        block = self._block(words, filters, start)
        best = {}
        for post_id, root_id, _rank in block:
            best.setdefault(root_id, post_id)
        ids = list(best.values())
        if offset + limit < len(ids):
            cursor = _write_cursor(start, offset + limit)
        elif len(block) == BLOCK:
            cursor = _write_cursor(min((rank, post) for post, _root, rank in block), 0)
        else:
            cursor = None
        return ids[offset : offset + limit], cursor

    @api.model
    def _block(self, words, filters, start):
        """:return: [(post id, thread id, rank)], best first"""
        if not words.rare and not filters.keys() & {"tag", "author", "since", "until"}:
            block = self._ordered(words.all, self._among_best, filters, start)
            if len(block) == BLOCK:
                return block
        return self._ordered(words.all, self._among_found, filters, start)

    @api.model
    def _ordered(self, words, source, filters, start):
        """The reader's rights are in this query: what he may not see takes no place
        in a block and moves no cursor."""
        readable = self.env["community.post"]._search(self._visible(filters))
        return self.env.execute_query(
            SQL(
                "SELECT post_id, thread_id, rank FROM ("
                "SELECT s.post_id, s.rank, s.words, "
                "COALESCE(p.root_id, p.id) AS thread_id "
                "FROM (%s) s JOIN community_post p ON p.id = s.post_id "
                "WHERE s.post_id IN %s "
                "ORDER BY s.rank DESC, s.post_id DESC LIMIT %s) block "
                "ORDER BY rank + %s * ts_rank(words, %s::tsquery, 32) DESC, "
                "post_id DESC",
                source(words, self._kept(filters, start)),
                readable.subselect(),
                BLOCK,
                RELEVANCE_BONUS,
                words,
            )
        )

    @api.model
    def _among_best(self, words, kept):
        return SQL(
            "SELECT * FROM (SELECT post_id, rank, words FROM community_search "
            "WHERE %s ORDER BY rank DESC, post_id DESC LIMIT %s) best "
            "WHERE words @@ %s::tsquery ORDER BY rank DESC, post_id DESC",
            kept,
            BEST,
            words,
        )

    @api.model
    def _among_found(self, words, kept):
        return SQL(
            "SELECT * FROM (SELECT post_id, rank, words FROM community_search "
            "WHERE words @@ %s::tsquery AND %s LIMIT %s) found "
            "ORDER BY rank DESC, post_id DESC OFFSET 0",
            words,
            kept,
            FOUND,
        )

    @api.model
    def _kept(self, filters, start):
        """What the table of words itself knows of the filters, and of the reader."""
        spaces = self.env["community.space"]._ids_for("see")
        if _given(filters, "space"):
            spaces = [filters["space"]] if filters["space"] in spaces else []
        conditions = [SQL("space_id = ANY(%s)", list(spaces))]
        if len(spaces) == 1:  # lets the index of the space give the order
            conditions = [SQL("space_id = %s", spaces[0])]
        if _given(filters, "kind"):
            conditions.append(SQL("kind = %s", filters["kind"]))
        if _given(filters, "solved"):
            conditions.append(SQL("solved = %s", bool(filters["solved"])))
        if start:
            conditions.append(SQL("(rank, post_id) < (%s, %s)", *start))
        return SQL(" AND ").join(conditions)


def _given(filters, name):
    return filters.get(name) not in (None, "")


def _read_cursor(after):
    """:return: ((rank, post id) after which the block begins or None, place in it)"""
    try:
        rank, post_id, offset = (int(part) for part in str(after).split("."))
    except ValueError:
        return None, 0
    if not (0 <= offset <= BLOCK and 0 <= post_id < 1 << 31 and abs(rank) < 1 << 31):
        return None, 0
    return ((rank, post_id) if post_id else None), offset


def _write_cursor(start, offset):
    rank, post_id = start or (0, 0)
    return f"{rank}.{post_id}.{offset}"
