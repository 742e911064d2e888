from odoo import api, models


class CommunityPost(models.Model):
    """What happens to a post is news for somebody.

    In the request there is one job for each event, however many people it is for.
    """

    _inherit = "community.post"

    @api.model_create_multi
    def create(self, vals_list):
        posts = super().create(vals_list)
        posts._tell_waiting()
        return posts

    def write(self, vals):
        asked = vals.get("approval") == "waiting" and self.sudo().filtered(
            lambda post: post.approval != "waiting"
        )
        result = super().write(vals)
        if asked:
            asked._tell_waiting()
        return result

    def _tell_waiting(self):
        """Nothing has happened yet for anybody but the author's boss."""
        for post in self.sudo():
            if post.approval == "waiting" and post.active:
                post._tell_later("waiting", post.author_id)

    def _happened(self, event, actor, **facts):
        result = super()._happened(event, actor, **facts)
        people = facts.get("members") or self.env["community.member"]
        words = {"state": facts["state"]} if isinstance(facts.get("state"), str) else {}
        if event in self.env["community.notice"]._told_events():
            for post in self.sudo():
                post._tell_later(event, actor, people, words)
        if event in ("posted", "replied"):
            self.sudo()._announce_on_bus()
        return result

    def _tell_later(self, event, actor, people=(), words=None):
        """An import sets ``community_import`` in the context: old posts are no
        news. Nor is what an installation brings."""
        self.ensure_one()
        installing = not self.env.registry.ready
        if installing or self.env.context.get("community_import"):
            return
        notices = self.env["community.notice"].with_user(api.SUPERUSER_ID)
        notices.with_delay()._tell(
            self.id, event, actor.id, [member.id for member in people], words or {}
        )

    def _seen(self):
        result = super()._seen()
        self.env["community.notice"]._read_threads(
            {post.sudo()._thread().id for post in self}
        )
        return result
