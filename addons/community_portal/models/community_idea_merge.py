from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class CommunityPost(models.Model):
    """Two ideas that are one: the votes come together, each person's once."""

    _inherit = "community.post"

    merged_into_id = fields.Many2one(
        "community.post", "Merged into", copy=False, index="btree_not_null"
    )

    def _merge(self, into):
        """An agent puts this idea together with another one.

        :param into: the idea that stays
        """
        self.ensure_one()
        member = self._check_staff()
        idea, target = self._find(self.id).sudo(), self._find(into.id).sudo()
        idea._check_merge(target)
        idea._lock_ideas(target)
        idea.merged_into_id = target
        moved = idea._move_votes()
        # Whoever voted in the very moment is not seen by this transaction.
        idea.with_delay(description="Community: votes of merged ideas")._move_votes()
        idea._happened("merged", member, into=target, moved=moved)

    def _check_merge(self, target):
        if self == target or self.kind != "idea" or self.merged_into_id:
            raise UserError(
                self.env._("Choose another idea; this one cannot be merged with it.")
            )
        if target.kind != "idea" or not target._takes_votes():
            raise UserError(
                self.env._("Choose an idea that is still open: votes move there.")
            )
        same = (
            target.space_id == self.space_id
            and target.audience == self.audience
            and target.organisation_id == self.organisation_id
        )
        if not same and not target._is_open():
            raise UserError(
                self.env._(
                    "Not everybody who voted for this idea may see the other one. "
                    "Merge the other way round, or leave them apart."
                )
            )

    def _lock_ideas(self, target):
        """Wait for those who are voting; who votes later finds it merged."""
        for idea_id in sorted((self | target).ids):
            self.env.cr.execute(
                SQL(
                    "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                    f"community.idea {idea_id}",
                )
            )

    def _move_votes(self):
        """Move the votes of a merged idea; can be repeated.

        :return: number of votes moved; who voted for both stays counted once
        """
        target = self.merged_into_id
        self.env.flush_all()
        # What somebody took back there is no vote that could be counted twice.
        self.env.cr.execute(
            SQL(
                "DELETE FROM community_vote taken_back USING community_vote vote "
                "WHERE taken_back.post_id = %s AND taken_back.value = 0 "
                "AND vote.post_id = %s AND vote.value > 0 "
                "AND vote.member_id = taken_back.member_id",
                target.id,
                self.id,
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE community_vote SET post_id = %s WHERE post_id = %s "
                "AND value > 0 AND member_id != %s AND member_id NOT IN "
                "(SELECT member_id FROM community_vote WHERE post_id = %s)",
                target.id,
                self.id,
                target.author_id.id,
                target.id,
            )
        )
        moved = self.env.cr.rowcount
        self.env["community.vote"].invalidate_model()
        self.env["community.tally"]._add_all(
            [
                (self._name, self.id, "score", -moved),
                (self._name, target.id, "score", moved),
            ]
        )
        return moved
