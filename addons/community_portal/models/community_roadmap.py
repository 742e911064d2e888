from odoo import api, models
from odoo.fields import Domain

# Columns of the board; everybody may know of the last one.
ROADMAP = ("planned", "progress", "shipped")
A_COLUMN = 50  # ideas


class CommunityPost(models.Model):
    """The roadmap: ideas that were decided for, by how far they are."""

    _inherit = "community.post"

    @api.model
    def _roadmap(self):
        """The board as the user may see it.

        :return: a list of columns {"state", "title", "locked", "ideas"}; an idea is
            {"id", "title", "url", "votes", "release", "space", "date"}. A column is
            locked, and empty, for who may not see the roadmap yet.
        """
        allowed = self._may_see_roadmap()
        titles = dict(self._fields["idea_state"]._description_selection(self.env))
        columns = [(state, allowed or state == "shipped") for state in ROADMAP]
        ideas = {state: self._roadmap_ideas(state) for state, may in columns if may}
        return [
            {
                "state": state,
                "title": titles[state],
                "locked": not may,
                "ideas": [idea._roadmap_card() for idea in ideas.get(state, ())],
            }
            for state, may in columns
        ]

    @api.model
    def _may_see_roadmap(self):
        if self.env.user._is_community_staff():
            return True
        member = self.env["community.member"]._me()
        return bool(member) and member._may("see_roadmap")

    @api.model
    def _roadmap_ideas(self, state):
        """:return: ideas that the user may see, with sudo"""
        order = "idea_state_date DESC" if state == "shipped" else "score DESC"
        domain = Domain("kind", "=", "idea") & Domain("idea_state", "=", state)
        # sudo: whether it is merged, which customers cannot search by
        ids = self.search(domain, order=f"{order}, id DESC", limit=A_COLUMN).ids
        return self.sudo().browse(ids).filtered(lambda idea: not idea.merged_into_id)

    def _roadmap_card(self):
        return {
            "id": self.id,
            "title": self.title,
            "url": self._url(),
            "votes": self.score,
            "release": self.release or "",
            "space": self.space_id.name,
            "date": self.idea_state_date,
        }
