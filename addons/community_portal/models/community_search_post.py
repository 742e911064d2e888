from odoo import api, models

# What the search keeps of a post: its own, and what its replies have of it too.
OWN = {"body", "published_date"}
SHARED = {
    *("title", "active", "approval", "moderation_state", "space_id", "kind"),
    *("is_solved", "accepted_id"),
}


class CommunityPost(models.Model):
    """The search follows what is written."""

    _inherit = "community.post"

    @api.model_create_multi
    def create(self, vals_list):
        posts = super().create(vals_list)
        self.env["community.search"]._soon(posts)
        return posts

    def write(self, vals):
        result = super().write(vals)
        if SHARED & vals.keys():
            self.env["community.search"]._soon(self, threads=True)
        elif OWN & vals.keys():
            self.env["community.search"]._soon(self)
        return result


class CommunityTally(models.Model):
    _inherit = "community.tally"

    @api.model
    def _add_up(self, model, counter, changes):
        result = super()._add_up(model, counter, changes)
        if (model, counter) == ("community.post", "score"):
            self.env["community.search"]._rerank(sorted(changes))
        return result
