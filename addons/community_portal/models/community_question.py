from odoo import api, models
from odoo.exceptions import AccessError, UserError


class CommunityPost(models.Model):
    """Questions that were asked before."""

    _inherit = "community.post"

    def _mark_duplicate(self, of):
        """Say that this question was asked before.

        The asker, an agent, a moderator of the space or a member who helps to moderate
        does; the asker has to be able to see the other one, or it would help him
        nothing.

        :param of: the question or article where the answer is found
        """
        self.ensure_one()
        member = self._check_may_mark()
        target = self._find(of.id).sudo()
        target = target.duplicate_of_id or target
        question = self.sudo()
        question._check_duplicate(target)
        question.duplicate_of_id = target
        question._happened("marked_duplicate", member, of=target)

    def _unmark_duplicate(self):
        self.ensure_one()
        self._check_may_mark()
        self.sudo().duplicate_of_id = False

    def _check_duplicate(self, target):
        if target == self or target.kind not in ("question", "article"):
            raise UserError(
                self.env._("Choose another question or article that has the answer.")
            )
        if not target._readers(self.author_id):
            raise UserError(
                self.env._(
                    "Who asked cannot see that thread. Choose one that he may read, "
                    "or answer here."
                )
            )

    @api.model
    def _check_staff(self):
        """:return: the user's membership, if he answers in the vendor's name
        :raises AccessError: he does not
        """
        if not self.env.user._is_community_staff():
            raise AccessError(
                self.env._("Only the vendor's people can do this. Ask one of them.")
            )
        return self.env["community.member"]._join()
