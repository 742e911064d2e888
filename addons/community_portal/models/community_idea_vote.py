from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .community_idea import OPEN_STATES

# The votes of a company on open ideas of a space, without one person's on one idea.
# One that has yet to follow a merged idea counts where it goes, once for a person who
# voted for both; it is named by its own id, which a merge does not change.
SPENT = """
    SELECT DISTINCT ON (idea.id, vote.member_id) vote.id, vote.member_id
      FROM community_vote vote
      JOIN community_member member ON member.id = vote.member_id
      JOIN community_post voted ON voted.id = vote.post_id
      JOIN community_post idea ON idea.id = COALESCE(voted.merged_into_id, voted.id)
     WHERE member.organisation_id = %s
       AND idea.space_id = %s
       AND NOT (idea.id = %s AND vote.member_id = %s)
       AND idea.idea_state IN %s
       AND idea.merged_into_id IS NULL
       AND idea.author_id != vote.member_id
       AND idea.active
       AND vote.value > 0
     ORDER BY idea.id, vote.member_id, vote.id
"""


class CommunityPost(models.Model):
    """Votes on ideas are few, so that they say what matters."""

    _inherit = "community.post"

    def _check_vote(self, member, value):
        if self.sudo().kind == "idea":
            self.sudo()._check_idea_vote(member, value)
        return super()._check_vote(member, value)

    def _check_idea_vote(self, member, value):
        if value < 0:
            raise UserError(
                self.env._(
                    "Ideas are voted for, not against. Write in a reply what speaks "
                    "against this one."
                )
            )
        self._lock_budget(member)
        # The vendor's own people have no budget: their votes are no customer's.
        taking, spent = self._fresh_votes(member)
        if not taking:
            raise UserError(
                self.env._(
                    "This idea takes no votes any more: it is shipped, declined or "
                    "merged with another one."
                )
            )
        if value and not member.is_vendor:
            self._check_budget(member, spent)

    def _lock_budget(self, member):
        """Colleagues vote one after the other, so that together they never spend more
        than there is; and nobody votes while the idea is being merged."""
        self.env.cr.execute(
            SQL(
                "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0)), "
                "pg_advisory_xact_lock(hashtextextended(%s, 0))",
                f"community.idea {self.id}",
                f"community.budget {member.organisation_id.id} {self.space_id.id}",
            )
        )

    def _fresh_votes(self, member):
        """What is stored at this moment. The transaction itself sees the database as
        it was before it waited for the lock, so another one is asked as well.

        :return: (whether the idea takes votes, {(vote, member)} spent)
        """
        self.env.flush_all()
        with self.env.registry.cursor() as cr:
            taking, spent = self._votes_seen_by(cr, member)
        own_taking, own_spent = self._votes_seen_by(self.env.cr, member)
        return (own_taking if taking is None else taking), spent | own_spent

    def _votes_seen_by(self, cr, member):
        cr.execute(
            SQL(
                "SELECT idea_state IN %s AND merged_into_id IS NULL "
                "FROM community_post WHERE id = %s",
                OPEN_STATES,
                self.id,
            )
        )
        taking = (cr.fetchone() or (None,))[0]
        organisation, space = member.organisation_id.id, self.space_id.id
        cr.execute(SQL(SPENT, organisation, space, self.id, member.id, OPEN_STATES))
        return taking, set(cr.fetchall())

    def _check_budget(self, member, spent):
        space = self.space_id
        own = sum(voter == member.id for _vote, voter in spent)
        if space.idea_person_votes and own >= space.idea_person_votes:
            raise UserError(
                self.env._(
                    "You have no vote left here, of %(votes)s. Take one back from "
                    "another idea, or wait until one of yours is decided: votes come "
                    "back.",
                    votes=space.idea_person_votes,
                )
            )
        if space.idea_company_votes and len(spent) >= space.idea_company_votes:
            raise UserError(
                self.env._(
                    "Your company has no vote left here, of %(votes)s. A colleague can "
                    "take one back, and votes on decided ideas come back.",
                    votes=space.idea_company_votes,
                )
            )
