from odoo import models
from odoo.fields import Domain

from .community_post_scope import posts_domain


class ResUsers(models.Model):
    """Who sees what in the community; used by the record rules, which Odoo keeps for
    each user until something that decides it changes (``community.scoped``)."""

    _inherit = "res.users"

    def _is_community_staff(self):
        """Whether the user answers in the vendor's name."""
        return not self.share and self.has_group("community_portal.group_agent")

    def _community_spaces_domain(self):
        return Domain("id", "in", self._community_space_ids())

    def _community_posts_domain(self):
        member = self.env["community.member"]._of_user(self.id)
        return posts_domain(self, member, self._community_space_ids())

    def _community_members_domain(self):
        """Members find one another; who is none finds nobody."""
        member = self.env["community.member"]._of_user(self.id)
        if not member and not self._is_community_staff():
            return Domain.FALSE
        if not self.share:
            return Domain.TRUE
        return Domain("state", "=", "active") | Domain("id", "=", member.id)

    def _community_space_ids(self):
        return list(self.env["community.space"].with_user(self)._ids_for("see"))
