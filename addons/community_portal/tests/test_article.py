from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CommunityCase


class ArticleCase(CommunityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What stands in the database already is not these tests' concern.
        cls.env["community.space"].search([("id", "!=", cls.space.id)]).active = False
        cls.env["community.post"].search([("kind", "=", "article")]).review_date = False
        cls.knowledge = cls.env["community.space"].create(
            {"name": "Base", "kind": "knowledge", "posting": "vendor"}
        )

    def solved(self, **vals):
        question = self.ask(**vals)
        question._accept(self.reply(question, self.gil))
        return question

    def article(self, question=None, member=None, **how):
        question = question or self.solved()
        mine = question.with_user((member or self.agent).user_id)
        return mine._make_article(question.sudo().accepted_id, **how)


@tagged("post_install", "-at_install")
class TestArticle(ArticleCase):
    def test_by_an_agent(self):
        question = self.solved()
        article = self.article(question).sudo()
        self.assertEqual(article.kind, "article")
        self.assertEqual(article.space_id, self.knowledge)
        self.assertEqual(article.title, question.title)
        self.assertIn("CST", article.body)
        self.assertEqual(article.source_id, question.sudo().accepted_id)
        self.assertEqual(article.owner_id, self.agent.user_id)
        half_a_year = fields.Date.today() + timedelta(days=150)
        self.assertGreater(article.review_date, half_a_year)
        self.assertEqual(self.seers(article), self.everyone)

    def test_by_an_expert(self):
        self.gil.is_expert = True
        article = self.article(member=self.gil, title="Como emitir").sudo()
        self.assertEqual(article.title, "Como emitir")
        self.assertEqual(article.author_id, self.gil)
        self.assertFalse(article.owner_id)

    def test_not_by_others(self):
        with self.assertRaisesRegex(UserError, "Agents and experts"):
            self.article(member=self.gil)

    def test_only_the_accepted_answer(self):
        question = self.ask()
        reply = self.reply(question)
        with self.assertRaisesRegex(UserError, "Only an accepted answer"):
            question.with_user(self.agent.user_id)._make_article(reply)

    def test_once(self):
        question = self.solved()
        self.article(question)
        with self.assertRaisesRegex(UserError, "There is an article"):
            self.article(question)

    def test_nothing_said_in_confidence(self):
        for audience in ("not_competitors", "company", "vendor"):
            question = self.ask(audience=audience)
            question._accept(self.reply(question, self.agent))
            with self.assertRaisesRegex(UserError, "Not everybody may read"):
                self.article(question)

    def test_nothing_from_a_closed_space(self):
        question = self.solved()
        self.env["community.space.access"].create(
            {"space_id": self.space.id, "organisation_id": self.steel.id}
        )
        with self.assertRaisesRegex(UserError, "Not everybody may read"):
            self.article(question)

    def test_without_a_knowledge_space(self):
        self.knowledge.active = False
        with self.assertRaisesRegex(UserError, "no knowledge space"):
            self.article()

    def test_versions(self):
        article = self.article()
        article._edit({"body": "<p>Melhor assim</p>"})
        self.assertIn("CST", article.sudo().version_ids.body)


@tagged("post_install", "-at_install")
class TestReview(ArticleCase):
    def remind(self):
        self.env["community.post"]._articles_to_review()._remind_owners()

    def test_owner_is_reminded_once(self):
        article = self.article().sudo()
        self.remind()
        self.assertFalse(article.review_activity_id)
        article.review_date = fields.Date.today()
        self.remind()
        self.remind()
        self.assertEqual(article.review_activity_id.user_id, self.agent.user_id)
        self.assertFalse(self.env["community.post"]._articles_to_review())

    def test_reviewed(self):
        article = self.article().sudo()
        article.review_date = fields.Date.today() - timedelta(days=3)
        self.remind()
        article.with_user(self.agent.user_id)._reviewed()
        self.assertFalse(article.review_activity_id)
        self.assertGreater(article.review_date, fields.Date.today())

    def test_never(self):
        self.knowledge.review_months = 0
        article = self.article().sudo()
        self.assertFalse(article.review_date)

    def test_customers_neither_review_nor_see_it(self):
        article = self.article().with_user(self.ana.user_id)
        with self.assertRaises(AccessError):
            article._reviewed()
        for field in ("owner_id", "review_date", "source_id", "review_activity_id"):
            with self.assertRaises(AccessError):
                article.read([field])


@tagged("post_install", "-at_install")
class TestHelpful(ArticleCase):
    def test_counts(self):
        article = self.article().with_user(self.ana.user_id)
        self.assertEqual(article._helpful(True), {"yes": 1, "no": 0, "mine": True})
        self.assertEqual(article._helpful(True)["yes"], 1)
        others = article.with_user(self.bia.user_id)
        self.assertEqual(others._helpful(False), {"yes": 1, "no": 1, "mine": False})
        self.assertEqual(article._helpful(False), {"yes": 0, "no": 2, "mine": False})
        self.assertEqual(article._helpful(None), {"yes": 0, "no": 1, "mine": None})
        self.fold()
        self.assertEqual(article.sudo().helpful_no, 1)
        [card] = article._cards()
        self.assertEqual(card["helpful"], {"yes": 0, "no": 1})

    def test_not_ones_own_and_not_a_question(self):
        with self.assertRaisesRegex(UserError, "Readers of an article"):
            self.article()._helpful(True)
        with self.assertRaisesRegex(UserError, "Readers of an article"):
            self.ask().with_user(self.bia.user_id)._helpful(True)

    def test_not_what_one_cannot_see(self):
        article = self.article()
        self.env["community.space.access"].create(
            {"space_id": self.knowledge.id, "organisation_id": self.steel.id}
        )
        with self.assertRaises(AccessError):
            article.with_user(self.bia.user_id)._helpful(True)
