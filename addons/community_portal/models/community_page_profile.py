from odoo import models


class CommunityMember(models.Model):
    """A person's own page."""

    _inherit = "community.member"

    def _page_profile(self):
        """What the user may know of this member; the parts of the room add to it.

        :return: a dictionary: person (the card), name, about, facts (a list of
            {"label", "value"}), topics, achievements, posts (found by the user)
        """
        self.ensure_one()
        person = self._cards()[self.id]
        posts = self.env["community.post"]
        latest, _next = posts._page([("author_id", "=", self.id)], limit=5, order="new")
        return {
            "person": person,
            "name": person["name"],
            "about": self.sudo().about or "",
            "topics": [],
            "achievements": [],
            "latest": [
                {"title": post.title, "url": post._url(), "solved": post.is_solved}
                for post in latest.sudo()
            ],
        }
