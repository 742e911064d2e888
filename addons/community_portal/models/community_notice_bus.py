from odoo import api, models
from odoo.tools import SQL

LISTENERS = 200  # people to whom a restricted post is announced one by one


class CommunityPost(models.Model):
    """New posts announce themselves to the pages that are open.

    A message says only that there is something: the page asks for it, and gets what
    its reader may see. Even that a post exists is nobody's business who may not see
    it, so what is not for the whole space goes to single people.
    """

    _inherit = "community.post"

    def _bus_message(self):
        return {
            "space_id": self.space_id.id,
            "thread_id": self._thread().id,
            "post_id": self.id,
        }

    def _announce_on_bus(self):
        """To everybody who has the space open. Called on sudo records."""
        if self.env.context.get("community_import"):
            return
        for post in self:
            if post.audience == post.thread_audience == "everybody":
                bus = self.env["bus.bus"]
                # The channel is a record: no client can ask for it by name.
                bus._sendone(post.space_id, "community/new", post._bus_message())

    def _announce_to_people(self):
        """To the followers of a thread or space that may see a restricted post."""
        self.ensure_one()
        if self.audience == self.thread_audience == "everybody":
            return
        thread = self._thread()
        query = self.env["community.member"].sudo()._search(self._readers_domain())
        self.env.cr.execute(
            SQL(
                "SELECT DISTINCT member_id FROM community_follow "
                "WHERE (post_id = %s OR space_id = %s) AND muted IS NOT TRUE "
                "AND member_id IN (%s) LIMIT %s",
                thread.id,
                thread.space_id.id,
                query.subselect(),
                LISTENERS,
            )
        )
        ids = [row[0] for row in self.env.cr.fetchall()]
        for partner in self.env["community.member"].sudo().browse(ids).partner_id:
            partner._bus_send("community/new", self._bus_message())


class CommunityNotice(models.Model):
    _inherit = "community.notice"

    @api.model
    def _tell(self, post_id, event, actor_id, named, words, step=0, after=0):
        result = super()._tell(post_id, event, actor_id, named, words, step, after)
        post = self.env["community.post"].browse(post_id).exists()
        if post and event in ("posted", "replied") and not step and not after:
            post._announce_to_people()
        return result
