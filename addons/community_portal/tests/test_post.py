from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CommunityCase


@tagged("post_install", "-at_install")
class TestPost(CommunityCase):
    def test_a_question_is_asked_and_answered(self):
        question = self.ask()
        answer = self.reply(question)
        question._accept(answer)
        self.fold()
        facts = question.sudo()
        self.assertTrue(facts.is_solved)
        self.assertEqual(facts.accepted_id, answer)
        self.assertEqual(facts.reply_count, 1)
        question._unaccept()
        self.assertFalse(facts.is_solved)

    def test_only_the_asker_or_an_agent_accepts(self):
        question = self.ask()
        answer = self.reply(question)
        with self.assertRaises(UserError):
            question.with_user(self.gil.user_id)._accept(answer)
        question.with_user(self.agent.user_id)._accept(answer)
        self.assertTrue(question.sudo().is_solved)

    def test_an_answer_for_few_is_not_accepted(self):
        question = self.ask(self.gil)
        answer = self.reply(question, self.ana, audience="company")
        with self.assertRaises(UserError):
            question.with_user(self.agent.user_id)._accept(answer)

    def test_an_answer_that_is_taken_away_solves_nothing(self):
        question = self.ask()
        answer = self.reply(question)
        question._accept(answer)
        answer._remove()
        self.assertFalse(question.sudo().is_solved)
        answer._restore_removed()
        self.assertTrue(question.sudo().is_solved)

    def test_counters_follow(self):
        question = self.ask()
        answer = self.reply(question)
        self.reply(question, self.gil)
        self.fold()
        self.assertEqual(question.sudo().reply_count, 2)
        answer._remove()
        self.fold()
        self.assertEqual(question.sudo().reply_count, 1)
        self.assertEqual(self.caio.post_count, 0)

    def test_what_few_may_see_is_not_counted_for_all(self):
        question = self.ask(self.gil)
        self.reply(question, self.ana, audience="company")
        self.fold()
        self.assertEqual(question.sudo().reply_count, 0)
        self.assertEqual(self.ana.post_count, 1)
        self.assertEqual(self.ana.open_post_count, 0)

    def test_replies_nest_one_level(self):
        question = self.ask()
        first = self.reply(question)
        second = self.reply(question, self.ana, parent=first)
        third = self.reply(question, self.gil, parent=second)
        self.assertEqual(third.sudo().parent_id, first)

    def test_a_reply_elsewhere_is_no_parent(self):
        other = self.reply(self.ask())
        with self.assertRaises(UserError):
            self.reply(self.ask(), parent=other)

    def test_votes(self):
        question = self.ask()
        as_gil = question.with_user(self.gil.user_id)
        self.assertEqual(as_gil._vote(1), 1)
        self.assertEqual(as_gil._vote(1), 1)
        self.assertEqual(as_gil._vote(-1), -1)
        self.assertEqual(as_gil._vote(0), 0)
        with self.assertRaises(UserError):
            question._vote(1)
        with self.assertRaises(UserError):
            as_gil._vote(5)

    def test_a_vote_costs_few_queries(self):
        question = self.ask().with_user(self.gil.user_id)
        question._vote(1)
        self.env.flush_all()
        with self.assertQueryCount(10):
            question._vote(-1)
            self.env.flush_all()

    def test_reactions(self):
        question = self.ask()
        as_gil = question.with_user(self.gil.user_id)
        as_gil._react("thanks")
        as_gil._react("love")
        (card,) = question._cards()
        self.assertEqual(
            card["reactions"],
            [{"code": "love", "sign": "❤️", "count": 1, "mine": False}],
        )
        as_gil._react("")
        self.assertFalse(question._cards()[0]["reactions"])

    def test_edits_keep_what_was_there(self):
        question = self.ask(body="<p>Antes</p>")
        question._edit({"body": "<p>Depois</p>"})
        self.assertIn("Antes", question.sudo().version_ids.body)
        with self.assertRaises(UserError):
            question.with_user(self.caio.user_id)._edit({"body": "<p>x</p>"})

    def test_readers_are_not_added_afterwards(self):
        question = self.ask(audience="company")
        question._edit({"audience": "everybody"})
        other = self.ask(audience="company")
        self.reply(other)
        with self.assertRaises(UserError):
            other._edit({"audience": "everybody"})

    def test_scripts_are_taken_out(self):
        question = self.ask(
            body='<p onclick="x()">a<script>alert(1)</script>'
            '<img src="x" onerror="y()"><a href="javascript:z()">b</a></p>'
        )
        body = str(question.sudo().body)
        for bad in ("script", "onclick", "onerror", "javascript:"):
            self.assertNotIn(bad, body)

    def test_too_long_and_empty(self):
        for vals in (
            {"title": " "},
            {"title": "x" * 201},
            {"body": "<p> </p>"},
            {"body": "x" * 100_001},
        ):
            with self.subTest(vals=str(vals)[:30]), self.assertRaises(UserError):
                self.ask(**vals)

    def test_drafts_belong_to_their_author(self):
        drafts = self.as_(self.ana, "community.draft")
        drafts._keep("new", {"title": "Meio caminho"})
        self.assertEqual(drafts._of("new")["title"], "Meio caminho")
        self.assertFalse(self.as_(self.bia, "community.draft")._of("new"))
        drafts._keep("new", {})
        self.assertFalse(drafts._of("new"))

    def test_somebody_elses_file_is_not_taken(self):
        file = self.env["ir.attachment"].create(
            {"name": "x.txt", "raw": b"x", "res_model": "community.draft"}
        )
        with self.assertRaises(UserError):
            self.ask(attachment_ids=file.ids)

    def test_a_boss_approves_first(self):
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "participation": "approve"}
        )
        question = self.ask()
        self.assertEqual(self.seers(question), self.ana | self.boss)
        self.assertFalse(question.sudo().announced)
        question.sudo().approval = "free"
        self.assertTrue(question.sudo().announced)
        self.assertEqual(self.seers(question), self.everyone)

    def test_pages_by_key(self):
        posts = [self.ask(title=f"Pergunta {n}") for n in range(5)]
        model = self.as_(self.gil)
        seen, after = model, None
        for _page in range(3):
            page, after = model._page([("space_id", "=", self.space.id)], after, 2)
            seen += page
        self.assertIsNone(after)
        self.assertEqual(sorted(seen.ids), [post.id for post in posts])
        again, _after = model._page([("space_id", "=", self.space.id)], "nonsense")
        self.assertEqual(len(again), 5)

    def test_pages_of_what_moved_in_the_same_second(self):
        posts = self.env["community.post"].sudo()
        for n in range(5):
            posts |= self.ask(title=f"Pergunta {n}").sudo()
        posts.last_activity = "2026-11-02 10:00:00"
        self.reply(posts[0].with_user(self.ana.user_id))
        self.fold()
        seen, after = [], None
        for _page in range(5):
            page, after = self.as_(self.gil)._page(
                [("space_id", "=", self.space.id)], after, 1
            )
            seen += page.ids
        self.assertEqual(len(set(seen)), 5)
        self.assertEqual(seen[0], posts[0].id)

    def test_what_is_pinned(self):
        first = self.ask(title="Leia antes")
        self.ask(title="Outra")
        first.sudo().pinned = True
        in_space = [("space_id", "=", self.space.id)]
        self.assertEqual(self.as_(self.gil)._pinned(in_space), first)
