from odoo import fields, models
from odoo.exceptions import UserError


class CommunityPost(models.Model):
    """Which reply solved a question."""

    _inherit = "community.post"

    def _accept(self, reply):
        """The asker, an agent or a moderator of the space says what solved it."""
        self.ensure_one()
        member = self._check_may_accept()
        question, answer = self.sudo(), self._find(reply.id).sudo()
        if answer.root_id != question:
            raise UserError(self._not_for_you())
        if answer.audience != "everybody" or not answer._is_shown():
            raise UserError(
                self.env._(
                    "Only an answer that all readers of the question see can be its "
                    "accepted answer."
                )
            )
        if question.accepted_id == answer:
            return
        if question.accepted_id:
            question._take_back_acceptance(member)
        question.write(
            {
                "accepted_id": answer.id,
                "accepted_date": fields.Datetime.now(),
                "is_solved": True,
            }
        )
        answer._happened("accepted", member)
        question._happened("solved", member)

    def _unaccept(self):
        self.ensure_one()
        member = self._check_may_accept()
        if self.sudo().accepted_id:
            self.sudo()._take_back_acceptance(member)

    def _take_back_acceptance(self, member):
        answer = self.accepted_id
        self.write({"accepted_id": False, "accepted_date": False, "is_solved": False})
        answer._happened("unaccepted", member)

    def _check_may_accept(self):
        member = self.env["community.member"]._join()
        self.check_access("read")
        if not self._may_accept(member):
            raise UserError(
                self.env._("Only who asked, or an agent, says what solved it.")
            )
        return member

    def _may_accept(self, member):
        question = self.sudo()
        return question.kind == "question" and (
            question.author_id == member
            or member.is_vendor
            or question.space_id.id in self.env["community.space"]._ids_for("moderate")
        )
