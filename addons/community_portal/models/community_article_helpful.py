from odoo import fields, models
from odoo.exceptions import UserError


class CommunityHelpful(models.Model):
    """Whether an article has helped a member."""

    _name = "community.helpful"
    _description = "Was It Helpful"
    _rec_name = "post_id"

    post_id = fields.Many2one(
        "community.post", "Article", required=True, index=True, ondelete="cascade"
    )
    member_id = fields.Many2one(
        "community.member", required=True, index=True, ondelete="cascade"
    )
    helpful = fields.Boolean()

    _once = models.Constraint(
        "UNIQUE (post_id, member_id)", "This member has said so already."
    )


class CommunityPost(models.Model):
    _inherit = "community.post"

    helpful_yes = fields.Integer("Helped", readonly=True, copy=False)
    helpful_no = fields.Integer("Did not help", readonly=True, copy=False)

    def _helpful(self, helped):
        """The user says whether an article helped him.

        :param helped: True, False, or None to take it back
        :return: {"yes", "no", "mine"}
        """
        self.ensure_one()
        member = self.env["community.member"]._join()
        self.check_access("read")
        article = self.sudo()
        if article.kind != "article" or article.author_id == member:
            raise UserError(
                self.env._("Readers of an article say whether it helped them.")
            )
        article._set_helpful(member, helped)
        return {
            "yes": self._current("helpful_yes"),
            "no": self._current("helpful_no"),
            "mine": helped,
        }

    def _set_helpful(self, member, helped):
        answers = self.env["community.helpful"]
        mine = answers.search(
            [("post_id", "=", self.id), ("member_id", "=", member.id)], limit=1
        )
        before = mine.helpful if mine else None
        if before == helped:
            return
        if helped is None:
            mine.unlink()
        elif mine:
            mine.helpful = helped
        else:
            answers.create(
                {"post_id": self.id, "member_id": member.id, "helpful": helped}
            )
        counters = {True: "helpful_yes", False: "helpful_no"}
        self.env["community.tally"]._add_all(
            (self._name, self.id, counters[value], sign)
            for value, sign in ((before, -1), (helped, 1))
            if value is not None
        )

    def _card(self, around):
        card = super()._card(around)
        if self.kind == "article":
            card["helpful"] = {
                "yes": around.counter(self, "helpful_yes"),
                "no": around.counter(self, "helpful_no"),
            }
        return card
