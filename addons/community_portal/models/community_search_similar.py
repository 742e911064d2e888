from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.moderation.models.moderation_mixin import VISIBLE

from .community_post_page import _no_duplicate
from .community_search_find import BEST, FOUND
from .community_search_query import parse

CONSIDERED = 100  # threads that hold two of the words and are compared


class CommunitySearch(models.Model):
    """Threads like a text: before somebody asks again, or opens a ticket."""

    _inherit = "community.search"

    @api.model
    def _similar(self, text, space=None, limit=5):
        """Threads that may answer a question, for the user; called while he types.

        Each holds two of the rarest words at least. Solved questions and articles
        come first, then what has more of the words.

        :param text: the beginning of a question
        :param space: a ``community.space`` or its id, whose threads come before others
        :return: a list of {"id", "title", "url", "kind", "solved", "space", "replies",
            "score"}
        """
        self.sudo()._now()
        words = parse(self.env, text)
        if not words:
            return []
        space_id = getattr(space, "id", space) or 0
        ids = self._alike(words, space_id, limit)
        return [post._similar_card() for post in self._posts_in_order(ids)]

    @api.model
    def _posts_in_order(self, ids):
        # sudo: the user has found these
        return self.env["community.post"].sudo().browse(ids)

    @api.model
    def _alike(self, words, space_id, limit):
        two, rare = words.alike()
        readable = self.env["community.post"]._search(
            Domain("active", "=", True)
            & Domain("moderation_state", "in", VISIBLE)
            & Domain.custom(to_sql=_no_duplicate)
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT post_id FROM (SELECT s.* FROM (%s) s WHERE s.post_id IN %s "
                "ORDER BY s.rank DESC, s.post_id DESC LIMIT %s) alike "
                "ORDER BY (solved OR kind = 'article') DESC, "
                "ts_rank(words, %s::tsquery) * "
                "CASE WHEN space_id = %s THEN 1.2 ELSE 1 END DESC, post_id DESC "
                "LIMIT %s",
                self._threads_with(two, rare),
                readable.subselect(),
                CONSIDERED,
                words.any,
                space_id,
                limit,
            )
        )
        return [post_id for (post_id,) in rows]

    @api.model
    def _threads_with(self, words, rare):
        if rare:
            return SQL(
                "SELECT * FROM (SELECT * FROM community_search WHERE words @@ "
                "%s::tsquery AND kind <> 'reply' LIMIT %s) found "
                "ORDER BY rank DESC, post_id DESC OFFSET 0",
                words,
                FOUND,
            )
        return SQL(
            "SELECT * FROM (SELECT * FROM community_search WHERE kind <> 'reply' "
            "ORDER BY rank DESC, post_id DESC LIMIT %s) best "
            "WHERE words @@ %s::tsquery ORDER BY rank DESC, post_id DESC",
            BEST,
            words,
        )


class CommunityPost(models.Model):
    _inherit = "community.post"

    def _similar_card(self):
        return {
            "id": self.id,
            "title": self.title,
            "url": self._url(),
            "kind": self.kind,
            "solved": self.is_solved,
            "space": self.space_id.name,
            "replies": self.reply_count,
            "score": self.score,
        }

    def _similar_threads(self, text, space_id, limit):
        return self.env["community.search"]._similar(text, space_id, limit)
