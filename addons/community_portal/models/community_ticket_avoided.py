from odoo import api, fields, models
from odoo.exceptions import UserError

A_DAY = 5  # of one member; more are thanked for and not counted


class CommunityAvoided(models.Model):
    """A ticket that a customer did not have to write: while he typed it, he found a
    solved question or an article, and said that it helped.

    Counted once for a person, a post and a day, and five times a day for a person,
    so that clicking around is worth nothing.
    """

    _name = "community.avoided"
    _description = "Ticket Avoided"
    _order = "day desc, id desc"
    _rec_name = "post_id"

    member_id = fields.Many2one(
        "community.member", required=True, index=True, ondelete="cascade"
    )
    organisation_id = fields.Many2one("res.partner", "Company", index=True)
    post_id = fields.Many2one(
        "community.post", "Found", required=True, index=True, ondelete="cascade"
    )
    space_id = fields.Many2one(related="post_id.space_id", store=True)
    day = fields.Date(required=True, index=True, default=fields.Date.today)

    _once = models.Constraint(
        "UNIQUE (member_id, post_id, day)", "This was counted today already."
    )

    @api.model
    def _note(self, post_id):
        """The user says that a post made his ticket needless.

        :return: the post
        :raises MissingError: he cannot see such a post
        """
        member = self.env["community.member"]._join()
        post = self.env["community.post"]._find(post_id)
        facts = post.sudo()
        if not facts.is_solved and facts.kind != "article":
            raise UserError(
                self.env._("This question is not solved yet. Send your ticket.")
            )
        if not member.is_vendor and self._counts(member, post):
            self._count(member, post)
        return post

    @api.model
    def _counts(self, member, post):
        today = self.sudo().search(
            [("member_id", "=", member.id), ("day", "=", fields.Date.today())]
        )
        return len(today) < A_DAY and post not in today.post_id.with_env(self.env)

    @api.model
    def _count(self, member, post):
        self.sudo().create(
            {
                "member_id": member.id,
                "organisation_id": member.organisation_id.id,
                "post_id": post.id,
            }
        )
        post.sudo()._happened("avoided", member)
