from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class CommunitySpace(models.Model):
    _inherit = "community.space"

    review_months = fields.Integer(
        "Months until an article is reviewed",
        default=6,
        help="After them its owner is reminded; 0 for never.",
    )


class CommunityPost(models.Model):
    """An accepted answer that became knowledge, with somebody who looks after it."""

    _inherit = "community.post"

    owner_id = fields.Many2one(
        "res.users",
        copy=False,
        index="btree_not_null",
        domain=[("share", "=", False)],
        help="Sees to it that the article stays right.",
    )
    review_date = fields.Date("Review on", copy=False)
    source_id = fields.Many2one(
        "community.post",
        "Made from",
        copy=False,
        index="btree_not_null",
        help="The answer that this article was made from.",
    )

    def _make_article(self, reply, title=None, body=None, space=None):
        """An agent or an expert turns the accepted answer of this question into an
        article.

        :param title, body: as they shall read; the question's and the answer's
        :param space: a knowledge space, or the first one there is
        :return: the article, as the user
        """
        self.ensure_one()
        member = self._check_may_make_article()
        question, answer = self.sudo(), self._find(reply.id).sudo()
        question._check_article_source(answer)
        space = space or self._knowledge_spaces()[:1]
        if not space or space not in self._knowledge_spaces():
            raise UserError(
                self.env._("There is no knowledge space for it. Ask for one first.")
            )
        article = self._write_new(
            member,
            space.sudo(),
            {"body": body or answer.body, "tag_ids": question.tag_ids.ids},
            kind="article",
            title=self._checked_title(title or question.title),
            source_id=answer.id,
            **self._article_care(member, space.sudo()),
        )
        answer._happened("article_made", member, article=article.sudo())
        return article

    def _check_may_make_article(self):
        member = self.env["community.member"]._join()
        self.check_access("read")
        if not member.is_vendor and not member.is_expert:
            raise UserError(
                self.env._("Agents and experts write articles. Tell one of them.")
            )
        member._check_hours()
        return member

    def _check_article_source(self, answer):
        if not answer or self.accepted_id != answer:
            raise UserError(
                self.env._(
                    "Only an accepted answer becomes an article. Accept it first."
                )
            )
        if not (self._is_open() and answer._is_open()):
            raise UserError(
                self.env._(
                    "Not everybody may read this thread, so its words stay here. Write "
                    "the article anew, without what was said in confidence."
                )
            )
        if self.search([("source_id", "=", answer.id)], limit=1):
            raise UserError(
                self.env._(
                    "There is an article of this answer. Open and edit that one."
                )
            )

    @api.model
    def _knowledge_spaces(self):
        return self.env["community.space"].search([("kind", "=", "knowledge")])

    @api.model
    def _article_care(self, member, space):
        """Who looks after a new article, and when for the first time."""
        months = space.review_months
        today = fields.Date.context_today(self)
        return {
            "owner_id": member.user_id.id if member.is_vendor else False,
            "review_date": months and today + relativedelta(months=months),
        }
