from odoo import models
from odoo.fields import Domain


class CommunityPost(models.Model):
    """Who may see a post: the question of ``posts_domain`` asked from the other
    side, for everything that is sent to many."""

    _inherit = "community.post"

    def _readers(self, members):
        """:return: those of these members who may see the post"""
        self.ensure_one()
        return members.sudo().filtered_domain(self._readers_domain())

    def _readers_domain(self):
        """Domain on ``community.member``: who may see this post."""
        self.ensure_one()
        post = self.sudo()
        people = Domain("state", "=", "active") & post.space_id._readers_domain()
        if not post.active or not post.thread_open or not post._is_public():
            return people & post._early_readers_domain()
        thread = post._thread()
        own = Domain("id", "=", post.author_id.id) & Domain(
            "organisation_id", "=", post.organisation_id.id
        )
        customers = thread._audience_domain() & (post._audience_domain() | own)
        return people & (Domain("is_vendor", "=", True) | customers)

    def _audience_domain(self):
        """Which customers the post's own audience lets see it."""
        employer = self.organisation_id
        if self.audience == "everybody":
            return Domain.TRUE
        if self.audience == "not_competitors":
            rivals = employer._community_rivals()
            return Domain("organisation_id", "not in", sorted(rivals))
        colleagues = Domain("organisation_id", "=", employer.id)
        if self.audience == "company":
            return colleagues
        return colleagues & Domain("id", "=", self.author_id.id)

    def _early_readers_domain(self):
        """Before it is published: its author; and while it waits for the boss, he."""
        author = Domain("id", "=", self.author_id.id) & Domain(
            "organisation_id", "=", self.organisation_id.id
        )
        if not self.active or self.approval == "free" or self.root_id:
            return author if self.active and not self.root_id else Domain.FALSE
        return author | (
            Domain("is_manager", "=", True)
            & Domain("organisation_id", "=", self.organisation_id.id)
        )


class CommunitySpace(models.Model):
    _inherit = "community.space"

    def _readers_domain(self):
        """Domain on ``community.member``: who may see this space."""
        self.ensure_one()
        space = self.sudo()
        if not space.active:
            return Domain.FALSE
        manager = self.env.ref("community_portal.group_manager")
        managers = Domain("user_id.all_group_ids", "in", manager.ids)
        lines = space.access_ids.filtered(lambda line: line.right == "see")
        listed = Domain.OR(line._readers_domain() for line in lines)
        customers = (listed if lines else Domain.TRUE) & space._policy_domain()
        return (
            managers
            | Domain("is_vendor", "=", True) & (listed if lines else Domain.TRUE)
            | Domain("is_vendor", "=", False) & customers
        )

    def _policy_domain(self):
        """Whose company lets them take part here."""
        closed = (
            self.env["community.company.policy"]
            .sudo()
            .search(
                Domain("participation", "=", "nobody")
                | Domain("space_ids", "!=", False)
                & Domain("space_ids", "not in", self.ids)
            )
        )
        return Domain("organisation_id", "not in", closed.organisation_id.ids)


class CommunitySpaceAccess(models.Model):
    _inherit = "community.space.access"

    def _readers_domain(self):
        self.ensure_one()
        if self.group_id:
            return Domain("user_id.all_group_ids", "in", self.group_id.ids)
        if self.member_id:
            return Domain("id", "=", self.member_id.id)
        vendor = Domain("is_vendor", "=", True)
        if self.organisation_id:
            return vendor | Domain("organisation_id", "=", self.organisation_id.id)
        return vendor | Domain("organisation_id.industry_id", "=", self.industry_id.id)
