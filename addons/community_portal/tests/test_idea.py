from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import CommunityCase


class IdeaCase(CommunityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What stands in the database already is not these tests' concern.
        cls.env["community.space"].search([("id", "!=", cls.space.id)]).active = False
        cls.ideas = cls.env["community.space"].create(
            {
                "name": "Ideias",
                "kind": "idea",
                "idea_person_votes": 2,
                "idea_company_votes": 3,
            }
        )
        cls.dora = cls.customer("dora", cls.steel)

    def idea(self, title="Modo escuro", member=None, **vals):
        return self.ask(member or self.gil, title, space_id=self.ideas.id, **vals)

    def vote(self, idea, member, value=1):
        return idea.with_user(member.user_id)._vote(value)

    def left(self, member):
        return self.ideas.with_user(member.user_id)._votes_left()

    def decide(self, idea, state, member=None, **how):
        idea.with_user((member or self.agent).user_id)._set_idea(state, **how)

    def voters(self, idea):
        votes = self.env["community.vote"].search(
            [("post_id", "=", idea.id), ("value", ">", 0)]
        )
        return votes.member_id


@tagged("post_install", "-at_install")
class TestIdeaVotes(IdeaCase):
    def test_a_persons_budget(self):
        one, two, three = (self.idea(f"Ideia {n}") for n in range(3))
        self.assertEqual(self.vote(one, self.ana), 1)
        self.vote(two, self.ana)
        with self.assertRaisesRegex(UserError, "You have no vote left here, of 2"):
            self.vote(three, self.ana)
        self.vote(one, self.ana, 0)
        self.vote(three, self.ana)
        self.assertEqual(self.voters(three), self.ana)

    def test_a_companys_budget(self):
        one, two = self.idea("Um"), self.idea("Dois")
        self.vote(one, self.ana)
        self.vote(two, self.ana)
        self.vote(one, self.caio)
        with self.assertRaisesRegex(
            UserError, "Your company has no vote left here, of 3"
        ):
            self.vote(one, self.dora)
        self.vote(one, self.bia)
        self.assertEqual(self.voters(one), self.ana | self.caio | self.bia)

    def test_voting_again_costs_nothing(self):
        one, two = self.idea("Um"), self.idea("Dois")
        self.vote(one, self.ana)
        self.vote(two, self.ana)
        self.assertEqual(self.vote(two, self.ana), 1)

    def test_no_limit(self):
        self.ideas.write({"idea_person_votes": 0, "idea_company_votes": 0})
        for number in range(5):
            self.vote(self.idea(f"Ideia {number}"), self.ana)
        self.assertEqual(self.left(self.ana), {"person": None, "company": None})

    def test_what_is_left(self):
        idea = self.idea()
        self.vote(idea, self.ana)
        self.assertEqual(self.left(self.ana), {"person": 1, "company": 2})
        self.assertEqual(self.left(self.caio), {"person": 2, "company": 2})
        self.assertEqual(self.left(self.bia), {"person": 2, "company": 3})
        self.assertEqual(self.left(self.agent), {}, "the vendor's people spend nothing")

    def test_votes_come_back(self):
        ideas = [self.idea(f"Ideia {n}") for n in range(4)]
        self.vote(ideas[0], self.ana)
        self.vote(ideas[1], self.ana)
        self.decide(ideas[0], "shipped")
        self.vote(ideas[2], self.ana)
        self.decide(ideas[1], "declined", reason="Não cabe no produto")
        self.vote(ideas[3], self.ana)
        self.assertEqual(self.voters(ideas[0]), self.ana, "the vote itself stays")

    def test_a_removed_idea_gives_its_votes_back(self):
        one, two, three = (self.idea(f"Ideia {n}") for n in range(3))
        self.vote(one, self.ana)
        self.vote(two, self.ana)
        one._remove()
        self.vote(three, self.ana)

    def test_not_on_what_is_decided(self):
        idea = self.idea()
        self.decide(idea, "shipped")
        for value in (1, 0):
            with self.assertRaisesRegex(UserError, "takes no votes any more"):
                self.vote(idea, self.ana, value)

    def test_never_against(self):
        with self.assertRaisesRegex(UserError, "voted for, not against"):
            self.vote(self.idea(), self.ana, -1)

    def test_agents_have_no_budget(self):
        for number in range(4):
            self.vote(self.idea(f"Ideia {number}"), self.agent)

    def test_customers_are_counted_once(self):
        idea = self.idea()
        for member in (self.ana, self.caio, self.bia, self.agent):
            self.vote(idea, member)
        self.assertEqual(idea.sudo().voter_company_count, 2)

    def test_queries(self):
        idea, other = self.idea("Um"), self.idea("Dois")
        self.vote(other, self.ana)
        self.env.flush_all()
        mine = idea.with_user(self.ana.user_id)
        with self.assertQueryCount(14):
            mine._vote(1)
            self.env.flush_all()

    def meanwhile(self, taking, spent):
        """Others have committed this since the transaction of the vote began."""
        original = type(self.env["community.post"])._votes_seen_by

        def seen(ideas, cr, member):
            own = original(ideas, self.env.cr, member)
            return own if cr is self.env.cr else (taking, spent)

        self.patch(type(self.env["community.post"]), "_votes_seen_by", seen)

    def test_colleagues_who_voted_meanwhile_count(self):
        idea = self.idea()
        self.meanwhile(True, {(10**9, 10**9 + number) for number in range(3)})
        with self.assertRaisesRegex(UserError, "Your company has no vote left"):
            self.vote(idea, self.ana)

    def test_what_was_decided_meanwhile_takes_no_votes(self):
        idea = self.idea()
        self.meanwhile(False, set())
        with self.assertRaisesRegex(UserError, "takes no votes any more"):
            self.vote(idea, self.ana)

    def test_colleagues_wait_for_one_another(self):
        idea = self.idea()
        held = """SELECT mode FROM pg_locks
                  WHERE locktype = 'advisory' AND pid = pg_backend_pid()"""
        self.env.cr.execute(held)
        before = len(self.env.cr.fetchall())
        self.vote(idea, self.ana)
        self.env.cr.execute(held)
        modes = [mode for (mode,) in self.env.cr.fetchall()]
        self.assertEqual(len(modes) - before, 2)
        self.assertIn("ShareLock", modes)
        self.assertIn("ExclusiveLock", modes)

    def test_other_posts_know_no_budget(self):
        for number in range(4):
            question = self.ask(self.gil, f"Pergunta {number}")
            self.vote(question, self.ana)


@tagged("post_install", "-at_install")
class TestIdeaStates(IdeaCase):
    def setUp(self):
        super().setUp()
        self.told = []
        original = type(self.env["community.post"])._happened

        def happened(posts, event, actor, **facts):
            if event in ("idea_state", "merged"):
                self.told.append((event, posts.id, facts))
            return original(posts, event, actor, **facts)

        self.startPatcher(
            patch.object(type(self.env["community.post"]), "_happened", happened)
        )

    def test_new(self):
        self.assertEqual(self.idea().sudo().idea_state, "new")
        self.assertFalse(self.ask().sudo().idea_state)

    def test_told_of_each_change(self):
        idea = self.idea()
        self.decide(idea, "planned", release="2027.1")
        self.decide(idea, "planned", answer="<p>Sim</p>")
        self.decide(idea, "shipped")
        self.assertEqual(
            self.told,
            [
                ("idea_state", idea.id, {"before": "new", "state": "planned"}),
                ("idea_state", idea.id, {"before": "planned", "state": "shipped"}),
            ],
        )
        self.assertEqual(idea.sudo().release, "2027.1")
        self.assertIn("Sim", idea.sudo().official_answer)

    def test_declined_with_a_reason(self):
        idea = self.idea()
        with self.assertRaisesRegex(ValidationError, "Say why"):
            self.decide(idea, "declined")
        with self.assertRaisesRegex(ValidationError, "Say why"):
            self.decide(idea, "declined", reason="  ")
        self.decide(idea, "declined", reason="Muito caro")
        self.assertEqual(idea.sudo().idea_state, "declined")

    def test_only_the_vendor(self):
        idea = self.idea()
        with self.assertRaisesRegex(AccessError, "Only the vendor's people"):
            self.decide(idea, "shipped", self.gil)
        with self.assertRaises(AccessError):
            idea.write({"idea_state": "shipped"})
        with self.assertRaises(AccessError):
            idea.with_user(self.ana.user_id).write({"official_answer": "x"})

    def test_only_ideas(self):
        with self.assertRaisesRegex(UserError, "Only an idea"):
            self.decide(self.ask(), "shipped")

    def test_card(self):
        idea = self.idea()
        self.decide(idea, "declined", reason="Muito caro")
        [card] = idea.with_user(self.ana.user_id)._cards()
        self.assertEqual(card["idea"]["state"], "declined")
        self.assertEqual(card["idea"]["label"], "Declined")
        self.assertEqual(card["idea"]["reason"], "Muito caro")
        self.assertFalse(card["idea"]["open"])
        self.assertNotIn("idea", self.ask()._cards()[0])


@tagged("post_install", "-at_install")
class TestMerge(IdeaCase):
    def merge(self, idea, into, member=None):
        with trap_jobs() as trap:
            idea.with_user((member or self.agent).user_id)._merge(into)
        return trap

    def test_votes_move_and_nobody_counts_twice(self):
        one, two = self.idea("Um"), self.idea("Dois")
        for member in (self.ana, self.bia):
            self.vote(one, member)
        for member in (self.ana, self.caio):
            self.vote(two, member)
        trap = self.merge(one, two)
        self.assertEqual(self.voters(two), self.ana | self.bia | self.caio)
        self.fold()
        self.assertEqual(two.sudo().score, 3)
        self.assertEqual(one.sudo().score, 1)
        trap.assert_jobs_count(1, only=one.sudo()._move_votes)

    def test_votes_come_back(self):
        one, two, three = (self.idea(f"Ideia {n}") for n in range(3))
        self.vote(one, self.ana)
        self.vote(two, self.ana)
        self.merge(one, two)
        self.vote(three, self.ana)

    def test_a_vote_of_that_moment_follows(self):
        one, two = self.idea("Um"), self.idea("Dois")
        self.merge(one, two)
        self.env["community.vote"]._set(one.sudo(), self.ana, 1)
        self.assertEqual(one.sudo()._move_votes(), 1)
        self.assertEqual(one.sudo()._move_votes(), 0)
        self.assertEqual(self.voters(two), self.ana)

    def test_a_vote_of_that_moment_is_spent(self):
        one, two, three = (self.idea(f"Ideia {n}") for n in range(3))
        self.merge(one, two)
        for member in (self.ana, self.caio):
            self.env["community.vote"]._set(one.sudo(), member, 1)
        self.vote(three, self.dora)
        with self.assertRaisesRegex(UserError, "no vote left here, of 3"):
            self.vote(three, self.ana)

    def test_who_waited_for_the_merge_counts_no_vote_twice(self):
        one, two, three = (self.idea(f"Ideia {n}") for n in range(3))
        for member in (self.ana, self.caio):
            self.vote(one, member)
        before = three.sudo()._votes_seen_by(self.env.cr, self.dora)
        self.merge(one, two)
        self.assertEqual(three.sudo()._votes_seen_by(self.env.cr, self.dora), before)

    def test_who_took_his_vote_back_there_keeps_the_other(self):
        one, two = self.idea("Um"), self.idea("Dois")
        for idea, value in ((two, 1), (two, 0), (one, 1)):
            self.vote(idea, self.ana, value)
        self.merge(one, two)
        self.assertEqual(self.voters(two), self.ana)

    def test_nobody_votes_for_his_own(self):
        one, two = self.idea("Um"), self.idea("Dois", self.ana)
        self.vote(one, self.ana)
        self.merge(one, two)
        self.assertFalse(self.voters(two))

    def test_takes_no_votes_any_more(self):
        one, two = self.idea("Um"), self.idea("Dois")
        self.merge(one, two)
        with self.assertRaisesRegex(UserError, "takes no votes any more"):
            self.vote(one, self.ana)
        with self.assertRaisesRegex(UserError, "not merged"):
            self.decide(one, "shipped")

    def test_refused(self):
        one, two, done = self.idea("Um"), self.idea("Dois"), self.idea("Pronta")
        self.decide(done, "shipped")
        for idea, into in ((one, one), (one, done), (one, self.ask())):
            with self.assertRaisesRegex(UserError, "Choose"):
                self.merge(idea, into)
        with self.assertRaisesRegex(AccessError, "Only the vendor's people"):
            self.merge(one, two, self.gil)

    def test_voters_keep_seeing_what_they_voted_for(self):
        everybodys, secret = self.idea("Um"), self.idea("Dois", audience="company")
        with self.assertRaisesRegex(UserError, "Not everybody who voted"):
            self.merge(everybodys, secret)
        self.merge(secret, everybodys)


@tagged("post_install", "-at_install")
class TestRoadmap(IdeaCase):
    def roadmap(self, member):
        columns = self.as_(member)._roadmap()
        return {column["state"]: column for column in columns}

    def setUp(self):
        super().setUp()
        self.planned = self.idea("Planejada")
        self.shipped = self.idea("Entregue")
        self.decide(self.planned, "planned", release="2027.1")
        self.decide(self.shipped, "shipped", release="2026.4")

    def allow(self, allowed):
        self.patch(type(self.ana), "_may", lambda member, privilege: allowed)

    def test_with_the_privilege(self):
        self.allow(True)
        columns = self.roadmap(self.ana)
        self.assertEqual(list(columns), ["planned", "progress", "shipped"])
        [card] = columns["planned"]["ideas"]
        self.assertEqual(card["title"], "Planejada")
        self.assertEqual(card["release"], "2027.1")
        self.assertFalse(columns["progress"]["locked"])

    def test_without(self):
        self.allow(False)
        columns = self.roadmap(self.ana)
        self.assertTrue(columns["planned"]["locked"])
        self.assertEqual(columns["planned"]["ideas"], [])
        self.assertEqual(len(columns["shipped"]["ideas"]), 1)
        with self.assertRaises(AccessError):
            self.planned.with_user(self.ana.user_id).read(["release"])
        with self.assertRaises(AccessError):
            self.as_(self.ana).search([("release", "=", "2027.1")])

    def test_agents(self):
        self.allow(False)
        self.assertFalse(self.roadmap(self.agent)["planned"]["locked"])

    def test_only_what_one_may_see(self):
        self.allow(True)
        secret = self.idea("Segredo", audience="company")
        self.decide(secret, "planned")
        self.assertEqual(len(self.roadmap(self.ana)["planned"]["ideas"]), 1)
        self.assertEqual(len(self.roadmap(self.gil)["planned"]["ideas"]), 2)

    def test_more_ideas_ask_no_more(self):
        self.allow(True)
        posts = self.as_(self.ana)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            posts._roadmap()
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(5):
            self.decide(self.idea(f"Ideia {number}"), "planned")
        self.assertEqual(queries(), few)

    def test_no_member(self):
        self.gil.state = "left"
        self.assertFalse(
            any(column["ideas"] for column in self.roadmap(self.gil).values())
        )
