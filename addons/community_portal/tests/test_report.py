"""The vendor's numbers: right, and only of what the reader may see."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CommunityCase

REPORTS = (
    "community.report",
    "community.report.exchange",
    "community.report.activity",
)


class ReportCase(CommunityCase):
    def report(self, model="community.report", member=None):
        self.env.flush_all()
        report = self.as_(member or self.agent, model)
        report.invalidate_model()
        return report

    def line(self, post, model="community.report"):
        return self.report(model).search([("post_id", "=", post.id)])

    def published(self, post, hours):
        post.sudo().published_date = fields.Datetime.now() - timedelta(hours=hours)

    def answered(self, helper, asker=None, accepted=True, **ask):
        question = self.ask(asker, **ask)
        answer = self.reply(question, helper)
        if accepted:
            question._accept(answer)
        return question, answer


@tagged("post_install", "-at_install")
class TestThreads(ReportCase):
    def test_outcomes(self):
        by_customer, _answer = self.answered(self.gil)
        by_agent, _answer = self.answered(self.agent)
        answered, _answer = self.answered(self.gil, accepted=False)
        unanswered = self.ask()
        own = self.ask()
        self.reply(own, self.ana)
        outcomes = [
            self.line(post).outcome
            for post in (by_customer, by_agent, answered, unanswered, own)
        ]
        self.assertEqual(
            outcomes, ["customer", "agent", "answered", "unanswered", "unanswered"]
        )

    def test_hours(self):
        question, answer = self.answered(self.gil)
        self.published(question, 10)
        self.published(answer, 4)
        early = self.reply(question, self.agent)
        self.published(early, 8)
        line = self.line(question)
        self.assertAlmostEqual(line.answer_hours, 2, 2)
        self.assertAlmostEqual(line.solution_hours, 6, 2)

    def test_a_private_reply_is_no_answer(self):
        question = self.ask()
        self.reply(question, self.gil, audience="vendor")
        self.assertEqual(self.line(question).outcome, "unanswered")

    def test_a_hidden_answer_is_none(self):
        question, answer = self.answered(self.gil)
        answer.sudo().moderation_state = "hidden"
        line = self.line(question)
        self.assertEqual((line.outcome, line.solved), ("unanswered", 0))

    def test_what_is_gone_does_not_count(self):
        question = self.ask()
        question.with_user(self.ana.user_id)._remove()
        self.assertFalse(self.line(question))

    def test_measures_of_groups(self):
        space = self.env["community.space"].create({"name": "Medido"})
        self.answered(self.gil, space_id=space.id)
        self.answered(self.agent, space_id=space.id)
        self.ask(space_id=space.id)
        ((_space, count, customers, agents, unanswered),) = self.report()._read_group(
            [("space_id", "=", space.id)],
            ["space_id"],
            [
                "__count",
                "solved_by_customer:sum",
                "solved_by_agent:sum",
                "unanswered:sum",
            ],
        )
        self.assertEqual((count, customers, agents, unanswered), (3, 1, 1, 1))

    def test_by_topic(self):
        tag = self.env["community.tag"].create({"name": "Estoque"})
        question = self.ask(tag_ids=tag.ids)
        groups = self.report()._read_group(
            [("id", "=", question.id)], ["tag_ids"], ["__count"]
        )
        self.assertEqual(groups, [(tag, 1)])


@tagged("post_install", "-at_install")
class TestGivingAndTaking(ReportCase):
    def test_who_gives_to_whom(self):
        question, answer = self.answered(self.gil)
        line = self.line(answer, "community.report.exchange")
        self.assertEqual((line.giver_id, line.taker_id), (self.shop, self.steel))
        self.assertEqual((line.helper_id, line.asker_id), (self.gil, self.ana))
        self.assertEqual((line.thread_id.id, line.accepted), (question.id, 1))
        self.assertTrue(line.between)

    def test_colleagues_help_one_another_too(self):
        _question, answer = self.answered(self.caio)
        self.assertFalse(self.line(answer, "community.report.exchange").between)

    def test_nobody_helps_himself(self):
        own = self.reply(self.ask(), self.ana)
        self.assertFalse(self.line(own, "community.report.exchange"))


@tagged("post_install", "-at_install")
class TestActivity(ReportCase):
    def people(self, **where):
        domain = [("space_id", "=", self.space.id), ("by_vendor", "=", False)]
        return self.report("community.report.activity")._read_group(
            domain, aggregates=["people:count_distinct"]
        )[0][0]

    def test_each_person_counts_once(self):
        question, answer = self.answered(self.gil)
        self.reply(question, self.agent)
        self.assertEqual(self.people(), 2)
        answer.with_user(self.bia.user_id)._vote(1)
        self.assertEqual(self.people(), 3)

    def test_lines_have_ids_of_their_own(self):
        _question, answer = self.answered(self.gil)
        answer.with_user(self.bia.user_id)._vote(1)
        lines = self.report("community.report.activity").search(
            [("space_id", "=", self.space.id)]
        )
        self.assertEqual(
            sorted(lines.mapped("kind")), ["reply", "thread", "vote"], "and readable"
        )


@tagged("post_install", "-at_install")
class TestIdeas(ReportCase):
    def test_a_company_counts_once(self):
        space = self.env["community.space"].create({"name": "Ideias", "kind": "idea"})
        idea = self.ask(self.gil, space_id=space.id, title="Modo escuro")
        for member in (self.ana, self.caio, self.boss, self.bia, self.agent):
            idea.with_user(member.user_id)._vote(1)
        groups = self.report("community.report.idea")._read_group(
            [("space_id", "=", space.id)], ["idea_id"], ["votes:sum", "customers:sum"]
        )
        self.assertEqual([(i.id, votes) for i, votes, _c in groups], [(idea.id, 4)])
        self.assertAlmostEqual(groups[0][2], 2, msg="Alfa and Beta")
        line = {"id": idea.id, "name": "Modo escuro", "count": 2}
        overview = self.as_(self.agent, "community.dashboard").get_overview(7)
        self.assertIn(line, overview["ideas"])


@tagged("post_install", "-at_install")
class TestAvoided(ReportCase):
    def test_counted_with_its_hours(self):
        question, _answer = self.answered(self.gil)
        self.as_(self.bia, "community.avoided")._note(question.id)
        self.as_(self.agent, "community.avoided")._note(question.id)
        line = self.report("community.report.activity").search(
            [("post_id", "=", question.id), ("kind", "=", "avoided")]
        )
        self.assertEqual((line.member_id, line.avoided), (self.bia, 1))
        self.env.company.community_avoided_hours = 2.5
        overview = self.as_(self.agent, "community.dashboard").get_overview(7)
        figures = {one["key"]: one["value"] for one in overview["figures"]}
        self.assertEqual(figures["hours"], 2.5 * figures["avoided"])
        self.assertGreaterEqual(figures["avoided"], 1)


@tagged("post_install", "-at_install")
class TestWhoSees(ReportCase):
    def test_customers_see_no_report(self):
        for member in (self.ana, self.boss, self.bia):
            for name in (*REPORTS, "community.report.idea"):
                with self.assertRaises(AccessError):
                    self.report(name, member).search([])
                with self.assertRaises(AccessError):
                    self.report(name, member)._read_group([], aggregates=["__count"])
                self.assertFalse(self.as_(member, name).has_access("read"))
            with self.assertRaises(AccessError):
                self.as_(member, "community.dashboard").get_overview()

    def test_what_waits_for_a_boss_is_not_counted(self):
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "participation": "approve"}
        )
        waiting = self.ask(self.caio)
        self.assertEqual(waiting.sudo().approval, "waiting")
        for name in REPORTS:
            found = self.report(name).search([("post_id", "=", waiting.id)])
            self.assertFalse(found, name)

    def test_what_the_gate_holds_is_not_counted(self):
        held = self.ask()
        held.sudo().moderation_state = "held"
        for name in REPORTS:
            self.assertFalse(self.report(name).search([("post_id", "=", held.id)]))

    def test_a_space_of_others_is_not_counted(self):
        secret = self.env["community.space"].create(
            {
                "name": "Só a gestora",
                "access_ids": [
                    fields.Command.create({"right": "see", "member_id": self.vendor.id})
                ],
            }
        )
        post = self.ask(self.vendor, space_id=secret.id)
        for name in REPORTS:
            domain = [("post_id", "=", post.id)]
            self.assertFalse(self.report(name).search(domain))
        self.assertTrue(self.report(member=self.vendor).search(domain))


@tagged("post_install", "-at_install")
class TestOverview(ReportCase):
    def overview(self, days=30, member=None):
        self.env.flush_all()
        self.report()
        return self.as_(member or self.agent, "community.dashboard").get_overview(days)

    def figure(self, key, days=30):
        return next(
            (one["value"], one["before"])
            for one in self.overview(days)["figures"]
            if one["key"] == key
        )

    def test_figures_of_two_periods(self):
        questions = self.figure("questions")
        self.ask()
        self.published(self.ask(), 24 * 40)
        now, before = self.figure("questions")
        self.assertEqual((now - questions[0], before - questions[1]), (1, 1))

    def test_solved_in_the_period_whenever_asked(self):
        customers = self.figure("by_customers")[0]
        agents = self.figure("by_agents")[0]
        question, _answer = self.answered(self.gil)
        self.published(question, 24 * 100)
        self.answered(self.agent)
        self.assertEqual(self.figure("by_customers")[0], customers + 1)
        self.assertEqual(self.figure("by_agents")[0], agents + 1)

    def test_tops(self):
        tag = self.env["community.tag"].create({"name": "Fechamento"})
        for _number in range(3):
            self.answered(self.gil, tag_ids=tag.ids)
        tops = self.overview(7)
        self.assertIn(
            {"id": self.gil.id, "name": "Gil", "count": 3}, tops["helpers"][:5]
        )
        self.assertIn(self.shop.id, [line["id"] for line in tops["givers"]])
        self.assertIn(self.steel.id, [line["id"] for line in tops["takers"]])
        self.assertIn(tag.id, [line["id"] for line in tops["topics"]])
        self.assertLessEqual(len(tops["helpers"]), 5)

    def test_an_agent_is_no_top_helper(self):
        for _number in range(3):
            self.answered(self.agent)
        ids = [line["id"] for line in self.overview(7)["helpers"]]
        self.assertNotIn(self.agent.id, ids)

    def test_a_strange_period_is_thirty_days(self):
        for days in (0, -1, 10**9, "x", None, [7]):
            self.assertEqual(self.overview(days)["days"], 30)

    def test_queries(self):
        self.answered(self.gil)
        self.overview()
        many = [self.answered(self.gil) for _number in range(3)]
        self.assertTrue(many)
        with self.assertQueryCount(20):
            self.as_(self.agent, "community.dashboard").get_overview(30)


@tagged("post_install", "-at_install")
class TestDigest(ReportCase):
    def test_figures(self):
        self.answered(self.gil)
        self.report()
        digest = self.env["digest.digest"].create(
            {"name": "Week", "kpi_community_people": True, "kpi_community_solved": True}
        )
        digest = digest.with_user(self.agent.user_id).sudo(False)
        now = fields.Datetime.now()
        digest = digest.with_context(
            start_datetime=now - timedelta(days=7),
            end_datetime=now + timedelta(minutes=1),
        )
        self.assertGreaterEqual(digest.kpi_community_people_value, 2)
        self.assertGreaterEqual(digest.kpi_community_solved_value, 1)
        self.assertGreaterEqual(digest.kpi_community_avoided_value, 0)

    def test_they_lead_somewhere(self):
        actions = self.env["digest.digest"]._compute_kpis_actions(
            self.env.company, self.agent.user_id
        )
        for name in ("people", "solved", "avoided"):
            xmlid = actions[f"kpi_community_{name}"].split("?")[0]
            self.assertTrue(self.env.ref(xmlid))
