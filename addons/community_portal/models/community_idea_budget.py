from odoo import models
from odoo.tools import SQL

from .community_idea import OPEN_STATES
from .community_idea_vote import SPENT


class CommunitySpace(models.Model):
    """What a reader has left to spend on ideas."""

    _inherit = "community.space"

    def _votes_left(self):
        """:return: {"person", "company"}: numbers, None for any number; empty for
        another kind of space, and for the vendor's people, who spend nothing
        """
        member = self.env["community.member"]._me()
        # sudo: the space is one that the user's page shows
        space = self.sudo()
        if space.kind != "idea" or not member or member.is_vendor:
            return {}
        spent = space._votes_spent(member.organisation_id)
        own = sum(voter == member.id for _vote, voter in spent)
        return {
            "person": _left(space.idea_person_votes, own),
            "company": _left(space.idea_company_votes, len(spent)),
        }

    def _votes_spent(self, organisation):
        """:return: [(vote, member)] of a company's people, on ideas still open"""
        self.env.flush_all()
        return self.env.execute_query(
            SQL(SPENT, organisation.id, self.id, 0, 0, OPEN_STATES)
        )


def _left(budget, spent):
    return max(budget - spent, 0) if budget else None
