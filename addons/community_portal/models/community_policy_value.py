from odoo import api, models
from odoo.fields import Domain


class CommunityCompanyPolicy(models.Model):
    """What a company gets out of the community and what it gives: numbers that its
    manager can show to whoever asks why people spend time there."""

    _inherit = "community.company.policy"

    @api.model
    def _value(self):
        """For the manager's page, about his own company.

        Only posts that he may find himself are counted: a number tells something too.

        :return: {"got": {"answers", "accepted", "avoided", "hours",
            "hours_per_ticket", "points", "perks"}, "gave": {"answers", "accepted",
            "articles"}}
        :raises AccessError: the user is no manager
        """
        manager = self.env["community.invitation"]._require_manager()
        company = manager.organisation_id
        avoided = self._avoided(company)
        per_ticket = self.env.company.sudo().community_avoided_hours
        return {
            "got": {
                "answers": self._count(self._answers_to(company)),
                "accepted": self._count(self._answers_to(company) & self._accepted()),
                "avoided": avoided,
                "hours": avoided * per_ticket,
                "hours_per_ticket": per_ticket,
                "points": self._company_points(company),
                "perks": self._company_perks(company),
            },
            "gave": {
                "answers": self._count(self._answers_by(company)),
                "accepted": self._count(self._answers_by(company) & self._accepted()),
                "articles": self._count(
                    Domain("organisation_id", "=", company.id)
                    & Domain("kind", "=", "article")
                ),
            },
        }

    @api.model
    def _count(self, domain):
        posts = self.env["community.post"]
        found = Domain("id", "in", posts._search([]))
        approved = Domain("approval", "=", "free")
        # sudo: by columns that customers do not read, among posts that the user finds
        return posts.sudo().search_count(found & approved & domain)

    @api.model
    def _answers_to(self, company):
        """Replies of others to this company's people."""
        return (
            Domain("kind", "=", "reply")
            & Domain("thread_organisation_id", "=", company.id)
            & Domain("organisation_id", "!=", company.id)
        )

    @api.model
    def _answers_by(self, company):
        """Replies of this company's people to others."""
        return (
            Domain("kind", "=", "reply")
            & Domain("organisation_id", "=", company.id)
            & Domain("thread_organisation_id", "!=", company.id)
        )

    @api.model
    def _accepted(self):
        posts = self.env["community.post"].sudo()
        chosen = posts._search([("accepted_id", "!=", False)])
        return Domain("id", "in", chosen.subselect("accepted_id"))

    @api.model
    def _avoided(self, company):
        """How often its people found an answer here and opened no ticket."""
        if "community.avoided" not in self.env:
            return 0
        # sudo: of his own people
        return (
            self.env["community.avoided"]
            .sudo()
            .search_count([("member_id.organisation_id", "=", company.id)])
        )

    @api.model
    def _company_points(self, company):
        # sudo: of his own people
        return company.sudo()._community_standings(company).get(company.id, 0)

    @api.model
    def _company_perks(self, company):
        # sudo: of his own company
        return (
            self.env["community.perk.grant"]
            .sudo()
            .search_count(
                [("organisation_id", "=", company.id), ("state", "=", "granted")]
            )
        )
