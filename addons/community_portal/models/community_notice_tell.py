import json

from odoo import api, models
from odoo.tools import SQL

from .community_notice_setting import DEFAULTS

CHUNK = 1_000  # members who are told in one job
# Who is told of a post for a nearer reason is not told of it for a farther one.
NEARER = {
    "answer": ("mention",),
    "follow": ("mention", "answer", "accepted"),
    "space": ("mention",),
}


class CommunityNotice(models.Model):
    """How notices are made: one statement for many members, whatever their number."""

    _inherit = "community.notice"

    @api.model
    def _note(self, members, event, post=None, actor=None, url="", **words):
        """Tell members of something, each as he wants to be told.

        For few members; whoever may not see the post is left out.

        :param event: a key of ``_sentences``
        :param post: ``community.post`` that it is about, if any
        :param actor: ``community.member`` who did it, if any
        :param url: where the notice leads if it is about no post
        :param words: values for the sentence; nothing restricted may be among them
        """
        source = SQL("SELECT id AS member_id FROM unnest(%s::int[]) id", members.ids)
        post = post or self.env["community.post"]
        actor = actor or self.env["community.member"]
        if self._insert(source, event, post, actor, url=url, words=words)[0]:
            self._send_soon(post._thread() if post else post, post)

    @api.model
    def _insert(self, source, event, post, actor, after=0, limit=None, **values):
        """Make the notices of an event.

        :param source: SQL of a query with the column ``member_id``
        :param after: id of the member up to whom this has been done
        :param limit: number of members of one go; None for all
        :return: (number of notices made, id of the last member of a full go or 0
            where nobody is left)
        """
        kind = self._sentences()[event][0]
        cr = self.env.cr
        self.env.flush_all()
        chunk = SQL(
            "SELECT DISTINCT member_id FROM (%s) s WHERE member_id > %s "
            "ORDER BY member_id LIMIT %s",
            source,
            after,
            limit,
        )
        cr.execute(SQL("SELECT COUNT(*), MAX(member_id) FROM (%s) c", chunk))
        count, last = cr.fetchone()
        if not count:
            return 0, 0
        if post:
            # What is told anew comes to the top again, unread.
            self._forget(chunk, kind, post)
        cr.execute(self._insertion(chunk, kind, event, post, actor, **values))
        told = cr.rowcount
        self.env.invalidate_all(flush=False)
        return told, last if limit and count == limit else 0

    @api.model
    def _forget(self, chunk, kind, post):
        farther = [other for other, nearer in NEARER.items() if kind in nearer]
        self.env.cr.execute(
            SQL(
                "DELETE FROM community_notice WHERE post_id = %s AND kind = ANY(%s) "
                "AND member_id IN (%s)",
                post.id,
                [kind, *farther],
                chunk,
            )
        )

    @api.model
    def _insertion(self, chunk, kind, event, post, actor, url="", words=None):
        portal, mail, push = DEFAULTS[kind]
        return SQL(
            "INSERT INTO community_notice (member_id, post_id, thread_id, actor_id, "
            "kind, event, words, url, date, shown, read, mail, push, pushed) "
            "SELECT w.id, %(post)s, %(thread)s, %(actor)s, %(kind)s, %(event)s, "
            "%(words)s::jsonb, %(url)s, now() AT TIME ZONE 'UTC', "
            "w.portal, FALSE, w.mail, w.push, FALSE FROM ("
            "SELECT m.id, COALESCE(s.portal, %(portal)s) AS portal, "
            "CASE WHEN s.id IS NULL THEN %(mail)s ELSE s.mail END AS mail, "
            "COALESCE(s.push, %(push)s) AS push FROM community_member m "
            "LEFT JOIN community_notice_setting s "
            "ON s.member_id = m.id AND s.kind = %(kind)s "
            "WHERE m.id IN (%(chunk)s) AND m.id IN (%(readers)s) "
            "AND m.id != %(actor_id)s AND %(nearer)s"
            ") w WHERE w.portal OR w.mail IS NOT NULL OR w.push "
            "ON CONFLICT (member_id, post_id, kind) WHERE post_id IS NOT NULL "
            "DO NOTHING",
            post=post.id or None,
            thread=post._thread().id if post else None,
            actor=actor.id or None,
            actor_id=actor.id or 0,
            kind=kind,
            event=event,
            words=words and json.dumps(words) or None,
            url=url or None,
            portal=portal,
            mail=mail,
            push=push,
            chunk=chunk,
            readers=self._readers_sql(post),
            nearer=self._not_told_nearer(kind, post),
        )

    @api.model
    def _readers_sql(self, post):
        """Ids of the members who may see a post; of all of them for none."""
        domain = post._readers_domain() if post else [("state", "=", "active")]
        return self.env["community.member"].sudo()._search(domain).subselect()

    @api.model
    def _not_told_nearer(self, kind, post):
        if not post or kind not in NEARER:
            return SQL("TRUE")
        return SQL(
            "NOT EXISTS (SELECT 1 FROM community_notice n WHERE n.member_id = m.id "
            "AND n.post_id = %s AND n.kind = ANY(%s))",
            post.id,
            list(NEARER[kind]),
        )
