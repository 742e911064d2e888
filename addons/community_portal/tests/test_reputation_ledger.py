import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .reputation_common import ReputationCase


@tagged("post_install", "-at_install")
class TestLedger(ReputationCase):
    """What happens to posts, as the ledger tells it."""

    def test_an_answer_voted_up(self):
        _question, answer = self.answered()
        self.vote(answer, self.bia)
        (entry,) = self.entries(self.ana)
        self.assertEqual(entry.points, 10)
        self.assertEqual(entry.other_id, self.bia)
        self.assertEqual(entry.organisation_id, self.steel)
        self.assertEqual(entry.other_organisation_id, self.rival)
        self.assertEqual(entry.rule_id, self.rules["reply_up"])
        self.assertTrue(entry.open)

    def test_a_question_voted_up_is_worth_less(self):
        question, _answer = self.answered()
        self.vote(question, self.bia)
        self.assertEqual(self.points(self.gil), 5)

    def test_a_vote_down_costs_both(self):
        _question, answer = self.answered()
        self.vote(answer, self.bia, -1)
        self.assertEqual(self.points(self.ana), -2)
        self.assertEqual(self.points(self.bia), -1)

    def test_votes_withdrawn_and_turned(self):
        _question, answer = self.answered()
        for value, author, voter in ((1, 10, 0), (-1, -2, -1), (0, 0, 0), (1, 10, 0)):
            with self.subTest(value=value):
                self.vote(answer, self.bia, value)
                self.assertEqual(self.points(self.ana), author)
                self.assertEqual(self.points(self.bia), voter)
        causes = set(self.entries(self.ana, kind="taken_back").mapped("cause"))
        self.assertEqual(causes, {"unvoted"})

    def test_clicking_back_and_forth_earns_once(self):
        _question, answer = self.answered()
        for value in (1, 0) * 20 + (1,):
            self.vote(answer, self.bia, value)
        self.assertEqual(self.points(self.ana), 10)
        self.assertEqual(len(self.entries(self.ana, kind="earned")), 1)

    def test_an_accepted_answer(self):
        question, answer = self.answered()
        self.accept(question, answer)
        self.assertEqual(self.points(self.ana), 15)
        self.assertEqual(self.points(self.gil), 2)

    def test_whom_an_agent_accepts_for_gets_nothing(self):
        question, answer = self.answered()
        self.accept(question, answer, self.agent)
        self.assertEqual(self.points(self.ana), 15)
        self.assertFalse(self.points(self.gil) or self.points(self.agent))

    def test_an_acceptance_taken_back_and_given_again(self):
        question, answer = self.answered()
        self.accept(question, answer)
        question._unaccept()
        self.assertFalse(self.points(self.ana) or self.points(self.gil))
        self.accept(question, answer)
        self.assertEqual(self.points(self.ana), 15)
        self.assertEqual(self.points(self.gil), 2)

    def test_another_answer_accepted_instead(self):
        question, answer = self.answered()
        better = self.reply(question, self.bia)
        self.accept(question, answer)
        self.accept(question, better)
        self.assertFalse(self.points(self.ana))
        self.assertEqual(self.points(self.bia), 15)

    def test_nobody_earns_by_his_own_acceptance(self):
        question = self.ask(self.ana)
        own = self.reply(question, self.ana)
        self.accept(question, own)
        self.assertFalse(self.entries(self.ana))

    def test_what_is_removed_earns_nothing_until_it_is_back(self):
        question, answer = self.answered()
        self.vote(answer, self.bia)
        self.accept(question, answer)
        answer._remove()
        self.assertFalse(self.points(self.ana) or self.points(self.gil))
        answer.with_user(self.ana.user_id)._restore_removed()
        self.assertEqual(self.points(self.ana), 25)
        self.assertEqual(self.points(self.gil), 2)

    def test_a_moderator_who_removes_loses_nothing(self):
        question, answer = self.answered(helper=self.moderator)
        theirs = self.reply(question, self.ana)
        self.vote(answer, self.bia)
        self.vote(theirs, self.bia)
        theirs.with_user(self.moderator.user_id)._remove()
        self.assertEqual(self.points(self.moderator), 10)
        self.assertFalse(self.points(self.ana))

    def test_who_answered_keeps_his_points_when_the_question_goes(self):
        question, answer = self.answered()
        self.vote(answer, self.bia)
        question._remove()
        self.assertEqual(self.points(self.ana), 10)

    def test_hidden_by_the_gate(self):
        _question, answer = self.answered()
        self.vote(answer, self.bia)
        answer.sudo().moderation_state = "hidden"
        self.assertFalse(self.points(self.ana))
        (back,) = self.entries(self.ana, kind="taken_back")
        self.assertEqual(back.cause, "withdrawn")
        self.assertEqual(back.reverses_id.points, 10)
        answer.sudo().moderation_state = "published"
        self.assertEqual(self.points(self.ana), 10)

    def test_what_was_withdrawn_meanwhile_does_not_come_back(self):
        question, answer = self.answered()
        self.accept(question, answer)
        answer._remove()
        question._unaccept()
        answer.with_user(self.ana.user_id)._restore_removed()
        self.assertFalse(self.points(self.ana) or self.points(self.gil))

    def test_an_article_counts_once_however_often_it_is_made(self):
        _question, answer = self.answered()
        answer.sudo()._happened("article_made", self.agent, article=answer)
        answer.sudo()._happened("article_made", self.moderator, article=answer)
        self.assertEqual(self.points(self.ana), 20)

    def test_an_idea_on_its_way_and_back(self):
        self.space.kind = "idea"
        idea = self.ask().sudo()
        way = ["new", "review", "planned", "progress", "shipped", "planned", "declined"]
        earned = []
        for before, state in zip(way, way[1:], strict=False):
            idea._happened("idea_state", self.agent, before=before, state=state)
            earned.append(self.points(self.ana))
        self.assertEqual(earned, [0, 10, 10, 40, 10, 0])

    def test_restricted_posts_are_not_open(self):
        for audience, is_open in (("everybody", 15), ("not_competitors", 0)):
            with self.subTest(audience):
                question, answer = self.answered(helper=self.caio, audience=audience)
                self.accept(question, answer, self.agent)
                self.assertEqual(self.points(self.caio, only_open=True), is_open or 15)
        self.assertEqual(self.points(self.caio), 30)

    def test_open_is_what_the_post_says(self):
        closed = self.space.copy({"name": "Só aço"})
        closed.access_ids.create(
            {"space_id": closed.id, "organisation_id": self.steel.id}
        )
        for space in (self.space, closed):
            for audience in ("everybody", "not_competitors", "company"):
                with self.subTest(space=space.name, audience=audience):
                    asked = self.ask(self.ana, space_id=space.id, audience=audience)
                    self.vote(asked, self.caio)
                    entry = self.ledger.search([("post_id", "=", asked.id)])
                    self.assertEqual(
                        entry.mapped("open"), [asked.sudo()._is_open()] * len(entry)
                    )

    def test_an_audience_that_shrinks_takes_points_out_of_the_open(self):
        question, answer = self.answered()
        self.vote(answer, self.bia)
        self.vote(question, self.bia)
        question._edit({"audience": "company"})
        self.assertEqual(self.points(self.ana), 10)
        self.assertFalse(self.points(self.ana, only_open=True))
        self.assertFalse(self.points(self.gil, only_open=True))
        self.assertIn("audience", self.entries(self.ana).mapped("cause"))

    def test_a_space_that_closes_is_seen_at_night(self):
        _question, answer = self.answered()
        self.vote(answer, self.bia)
        self.space.access_ids.create(
            {"space_id": self.space.id, "organisation_id": self.shop.id}
        )
        self.ledger._cron_audit()
        self.assertEqual(self.points(self.ana), 10)
        self.assertFalse(self.points(self.ana, only_open=True))

    def test_a_vote_adds_few_queries(self):
        _question, answer = self.answered()
        self.vote(self.answered()[1], self.bia)
        self.env.flush_all()
        self.env.invalidate_all()
        post = answer.sudo()
        post.read(["kind", "author_id", "thread_author_id"])
        with self.assertQueryCount(2):
            post._happened("voted", self.bia, value=1, before=0)

    def test_a_vote_by_all_doors_costs_few_queries(self):
        _question, answer = self.answered()
        self.vote(self.answered()[1], self.bia)
        as_bia = answer.with_user(self.bia.user_id)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(10):
            as_bia._vote(1)
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestAppendOnly(ReputationCase):
    """Nobody changes the ledger, whatever he may do elsewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls("setUp")
        question, answer = case.answered()
        case.vote(answer, cls.bia)
        cls.entry = case.entries(cls.ana)

    def test_by_the_orm(self):
        for user in (self.vendor.user_id, self.env.ref("base.user_root")):
            entry = self.entry.with_user(user)
            for change in (
                lambda entry: entry.write({"points": 1000}),
                lambda entry: entry.unlink(),
                lambda entry: entry.create([{"points": 1000}]),
                lambda entry: entry.sudo().write({"points": 1000}),
                lambda entry: entry.sudo().unlink(),
                lambda entry: entry.sudo().copy(),
            ):
                with self.assertRaises(UserError):
                    change(entry)
        self.assertEqual(self.points(self.ana), 10)

    def test_by_sql(self):
        for statement in (
            "UPDATE community_reputation_entry SET points = 1000",
            "DELETE FROM community_reputation_entry",
            "TRUNCATE community_reputation_entry CASCADE",
        ):
            with (
                self.subTest(statement),
                self.assertRaisesRegex(psycopg2.Error, "only be added to"),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement)

    def test_what_it_tells_of_stays(self):
        for record in (self.ana, self.entry.post_id, self.entry.rule_id):
            with (
                self.subTest(record._name),
                self.assertRaises(psycopg2.errors.ForeignKeyViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                record.unlink()

    def test_an_entry_is_reversed_once(self):
        (answer,) = self.entry.post_id
        answer._happened("removed", self.ana)
        answer._happened("removed", self.ana)
        answer._happened("withdrawn", self.ana)
        self.assertEqual(self.entries(self.ana).mapped("points"), [-10, 10])

    def test_customers_cannot_reach_any_of_it(self):
        models = (
            "community.reputation.entry",
            "community.reputation.rule",
            "community.reputation.alert",
            "community.level",
            "community.achievement",
            "community.perk",
            "community.perk.grant",
        )
        for model in models:
            records = self.env[model].with_user(self.ana.user_id)
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(model=model, operation=operation):
                    self.assertFalse(records.has_access(operation))
            with self.assertRaises(AccessError):
                records.search_read([])

    def test_agents_do_not_learn_who_voted(self):
        with self.assertRaises(AccessError):
            self.as_(self.agent, "community.reputation.entry").search([])
        found = self.as_(self.moderator, "community.reputation.entry").search(
            [("member_id", "=", self.ana.id)]
        )
        self.assertEqual(found, self.entry)

    def test_a_rule_keeps_its_meaning(self):
        with self.assertRaises(UserError):
            self.rules["reply_up"].earner = "actor"
        self.rules["reply_up"].points = 12
        self.assertEqual(self.points(self.ana), 10)
