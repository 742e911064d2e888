from odoo import api, models
from odoo.tools import SQL

from .community_notice_tell import CHUNK


class CommunityNotice(models.Model):
    """For whom an event is news."""

    _inherit = "community.notice"

    @api.model
    def _told_events(self):
        """Events of posts that are news for somebody: {event: names of methods},
        nearest first. Each is called with the post and the ids of the members that
        the event names, and returns (event of ``_sentences``, SQL of a query with the
        column ``member_id``)."""
        return {
            "mentioned": ("_told_named",),
            "replied": ("_told_answered", "_told_thread"),
            "posted": ("_told_space",),
            "accepted": ("_told_author",),
            "solved": ("_told_thread",),
            "waiting": ("_told_managers",),
            "approved": ("_told_author",),
            "refused": ("_told_author",),
            "marked_duplicate": ("_told_author",),
            "escalated": ("_told_author",),
            "article_made": ("_told_author",),
            "ask_solved": ("_told_author",),
            "idea_state": ("_told_idea",),
            "merged": ("_told_idea",),
        }

    @api.model
    def _tell(self, post_id, event, actor_id, named, words, step=0, after=0):
        """Job: tell everybody for whom an event of a post is news, a chunk of members
        at a time; the next chunk is the next job.

        :param named: ids of the members that the event names
        :param step: which of the methods of ``_told_events`` is at work
        :param after: id of the member up to whom it has been done
        """
        post = self.env["community.post"].with_context(active_test=False)
        post = post.browse(post_id).exists()
        if not post:
            return
        actor = self.env["community.member"].browse(actor_id)
        methods = self._told_events()[event]
        sentence, source = getattr(self, methods[step])(event, post, named)
        told, last = self._insert(
            source, sentence, post, actor, after=after, limit=CHUNK, words=words
        )
        if not last:
            step, last = step + 1, 0
        if step < len(methods):
            self.with_delay()._tell(post_id, event, actor_id, named, words, step, last)
        if told:
            self._send_soon(post._thread(), post)

    # --- who --------------------------------------------------------------------------

    @api.model
    def _told_named(self, event, post, named):
        return event, SQL("SELECT id AS member_id FROM unnest(%s::int[]) id", named)

    @api.model
    def _told_author(self, event, post, named):
        return event, SQL("SELECT %s AS member_id", post.author_id.id)

    @api.model
    def _told_answered(self, event, post, named):
        """Who asked, and whose reply is answered, unless he has muted the thread."""
        thread = post._thread()
        people = thread.author_id | post.parent_id.author_id
        return "answered", SQL(
            "SELECT m AS member_id FROM unnest(%s::int[]) m WHERE NOT EXISTS ("
            "SELECT 1 FROM community_follow f WHERE f.member_id = m "
            "AND f.post_id = %s AND f.muted)",
            people.ids,
            thread.id,
        )

    @api.model
    def _told_thread(self, event, post, named):
        return event, SQL(
            "SELECT member_id FROM community_follow WHERE post_id = %s "
            "AND muted IS NOT TRUE",
            post._thread().id,
        )

    @api.model
    def _told_space(self, event, post, named):
        return event, SQL(
            "SELECT member_id FROM community_follow WHERE space_id = %s "
            "AND muted IS NOT TRUE",
            post.space_id.id,
        )

    @api.model
    def _told_idea(self, event, post, named):
        """Who follows an idea, who voted for it, and whose it is."""
        _event, followers = self._told_thread(event, post, named)
        return event, SQL(
            "%s UNION ALL SELECT member_id FROM community_vote WHERE post_id = %s "
            "AND value > 0 UNION ALL SELECT %s",
            followers,
            post.id,
            post.author_id.id,
        )

    @api.model
    def _told_managers(self, event, post, named):
        return event, SQL(
            "SELECT id AS member_id FROM community_member WHERE is_manager "
            "AND organisation_id = %s",
            post.organisation_id.id,
        )
