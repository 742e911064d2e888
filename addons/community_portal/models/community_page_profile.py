from odoo import api, models
from odoo.exceptions import UserError

ABOUT_LIMIT = 1_000  # characters


class CommunityMember(models.Model):
    """A person's own page, and what he sets there himself."""

    _inherit = "community.member"

    def _page_profile(self):
        """What the user may know of this member.

        :return: "profile" (see ``_profile``) and "latest": threads of his that the user
            finds, a list of {"title", "url", "solved"}
        """
        self.ensure_one()
        posts = self.env["community.post"]
        latest, _next = posts._page([("author_id", "=", self.id)], limit=5, order="new")
        return {
            "profile": self._profile(),
            "latest": [
                {"title": post.title, "url": post._url(), "solved": post.is_solved}
                for post in latest.sudo()
            ],
        }

    @api.model
    def _own_settings(self):
        """:return: {"about", "employer_shown", "employers" (what the vendor lets one
        choose), "on_boards"} of the user"""
        me = self._join()
        shown = self._fields["employer_shown"]._description_selection(self.env)
        company = self.env.company.sudo()
        return {
            "about": me.about or "",
            "employer_shown": me.employer_shown,
            "employers": [
                (code, label)
                for code, label in shown
                if company._community_employer_shown(code) == code
            ],
            "on_boards": not me.board_optout,
        }

    @api.model
    def _save_own_settings(self, about, employer_shown, on_boards):
        """:raises UserError: what is not among the choices"""
        me = self._join()
        choices = [code for code, _label in self._own_settings()["employers"]]
        if employer_shown not in choices:
            raise UserError(self.env._("Choose among what this page offers."))
        me.write(
            {
                "about": " ".join(str(about).split(" ")).strip()[:ABOUT_LIMIT],
                "employer_shown": employer_shown,
                "board_optout": not on_boards,
            }
        )
