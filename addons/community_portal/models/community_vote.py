from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class CommunityVote(models.Model):
    """One member's vote on one post."""

    _name = "community.vote"
    _description = "Vote on a Post"

    post_id = fields.Many2one(
        "community.post", required=True, index=True, ondelete="cascade"
    )
    member_id = fields.Many2one(
        "community.member", required=True, index=True, ondelete="restrict"
    )
    value = fields.Integer(required=True)

    _post_member_uniq = models.Constraint(
        "UNIQUE (post_id, member_id)", "There is a vote of this member already."
    )

    def _set(self, post, member, value):
        """Store a vote, whatever was there before, also if the same person clicks
        twice at once.

        :return: the value before
        """
        [[before]] = self.env.execute_query(
            SQL(
                """
                WITH before AS (
                    SELECT value FROM community_vote
                     WHERE post_id = %(post)s AND member_id = %(member)s
                ), put AS (
                    INSERT INTO community_vote (post_id, member_id, value, create_uid,
                        write_uid, create_date, write_date)
                    SELECT %(post)s, %(member)s, %(value)s, %(user)s, %(user)s,
                        now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                     WHERE %(value)s != COALESCE((SELECT value FROM before), 0)
                    ON CONFLICT (post_id, member_id) DO UPDATE
                    SET value = EXCLUDED.value, write_date = EXCLUDED.write_date
                )
                SELECT COALESCE((SELECT value FROM before), 0)
                """,
                post=post.id,
                member=member.id,
                value=value,
                user=self.env.uid,
            )
        )
        if before != value:
            self.invalidate_model(["value"])
        return before


class CommunityPost(models.Model):
    _inherit = "community.post"

    def _vote(self, value):
        """Vote a post up (1), down (-1) or not at all (0).

        :return: the score from now on
        """
        self.ensure_one()
        if value not in (-1, 0, 1):
            raise UserError(self.env._("A vote is up, down or none."))
        value = int(value)  # JSON's true and 1.0 are 1, too
        member = self.env["community.member"]._join()
        self.check_access("read")
        self._check_vote(member, value)
        post = self.sudo()
        before = self.env["community.vote"].sudo()._set(post, member, value)
        if before != value:
            tally = self.env["community.tally"]
            tally._add(self._name, self.id, "score", value - before)
            post._happened("voted", member, value=value, before=before)
        return self._current("score")

    def _check_vote(self, member, value):
        """:raises UserError: this member may not cast this vote"""
        if value and self.sudo().author_id == member:
            raise UserError(self.env._("You cannot vote on what you wrote yourself."))

    def _current(self, counter):
        """A counter with what has not been folded yet."""
        pending = self.env["community.tally"]._pending(self._name, self.ids)
        return (self.sudo()[counter] or 0) + pending.get((self.id, counter), 0)
