from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import MissingError
from odoo.tests import tagged

from .reputation_common import ReputationCase


@tagged("post_install", "-at_install")
class TestBoard(ReputationCase):
    """Who helped most, as its reader may know it."""

    def board(self, reader, **how):
        return self.as_(reader, "community.board")._board(**how)

    def rows(self, reader, **how):
        board = self.board(reader, **how)
        return {row["member"]["id"]: row["points"] for row in board["rows"]}

    def helped(self, helper, voters, **vals):
        _question, answer = self.answered(helper=helper, **vals)
        for voter in voters:
            self.vote(answer, voter)
        return answer

    def test_places(self):
        self.helped(self.ana, self.bia | self.gil)
        self.helped(self.bia, self.gil)
        board = self.board(self.gil)
        self.assertEqual(
            [(row["place"], row["points"], row["me"]) for row in board["rows"]],
            [(1, 20, False), (2, 10, False)],
        )
        self.assertIsNone(board["me"])
        self.assertEqual(self.board(self.bia)["me"]["place"], 2)

    def test_the_same_points_are_the_same_place(self):
        self.helped(self.ana, self.gil)
        self.helped(self.bia, self.gil)
        board = self.board(self.gil)
        self.assertEqual([row["place"] for row in board["rows"]], [1, 1])

    def test_one_who_is_further_down_sees_his_place(self):
        self.helped(self.ana, self.gil | self.agent)
        self.helped(self.bia, self.gil)
        board = self.board(self.bia, limit=1)
        self.assertEqual(len(board["rows"]), 1)
        self.assertEqual(board["me"]["place"], 2)

    def test_who_does_not_want_to_is_not_shown(self):
        self.helped(self.ana, self.gil)
        self.ana.board_optout = True
        for reader in (self.gil, self.agent, self.ana):
            self.assertFalse(self.rows(reader))
        self.ana.board_optout = False
        self.ana.state = "left"
        self.assertFalse(self.rows(self.gil))

    def test_the_vendors_people_compete_with_nobody(self):
        self.helped(self.agent, self.gil)
        self.assertFalse(self.rows(self.gil))

    def test_restricted_posts_count_for_no_stranger(self):
        self.helped(self.caio, self.agent, asker=self.ana, audience="company")
        for reader in (self.bia, self.gil, self.caio, self.agent):
            for period in ("month", "quarter", "all"):
                self.fold()
                self.assertFalse(self.rows(reader, period=period))
        self.assertEqual(self.rows(self.ana, company=True), {self.caio.id: 10})
        self.assertEqual(
            self.rows(self.ana, company=True, period="all"), {self.caio.id: 10}
        )

    def test_the_own_company(self):
        self.helped(self.ana, self.gil)
        self.helped(self.bia, self.gil)
        self.assertEqual(list(self.rows(self.caio, company=True)), [self.ana.id])
        self.assertEqual(list(self.rows(self.bia, company=True)), [self.bia.id])

    def test_a_space_that_not_everybody_sees(self):
        closed = self.space.copy({"name": "Projeto"})
        for company in (self.steel, self.shop):
            closed.access_ids.create(
                {"space_id": closed.id, "organisation_id": company.id}
            )
        self.helped(self.ana, self.gil, space_id=closed.id)
        self.assertEqual(self.rows(self.gil, space_id=closed.id), {self.ana.id: 10})
        self.assertFalse(self.rows(self.gil))
        self.assertFalse(self.rows(self.bia, space_id=closed.id))
        self.assertEqual(
            self.board(self.bia, space_id=closed.id)["rows"],
            self.board(self.bia, space_id=closed.id + 10_000)["rows"],
        )

    def test_spaces_and_topics(self):
        other = self.space.copy({"name": "Impressoras"})
        tag = self.env["community.tag"].create({"name": "SPED"})
        self.helped(self.ana, self.bia, tag_ids=tag.ids)
        self.helped(self.bia, self.gil, asker=self.caio, space_id=other.id)
        self.assertEqual(list(self.rows(self.gil, space_id=other.id)), [self.bia.id])
        self.assertEqual(list(self.rows(self.gil, tag_id=tag.id)), [self.ana.id])
        # What has no end is asked of counters, and topics have none.
        board = self.board(self.gil, tag_id=tag.id, period="all")
        self.assertEqual(board["period"], "quarter")

    def test_months(self):
        with freeze_time("2026-03-30 12:00:00"):
            self.helped(self.ana, self.gil)
        with freeze_time("2026-04-02 12:00:00"):
            self.helped(self.bia, self.gil)
            self.assertEqual(list(self.rows(self.gil)), [self.bia.id])
            self.assertEqual(
                list(self.rows(self.gil, period="last_month")), [self.ana.id]
            )
            self.assertEqual(len(self.rows(self.gil, period="quarter")), 2)

    def test_all_times(self):
        self.helped(self.ana, self.gil)
        self.fold()
        self.assertEqual(self.rows(self.gil, period="all"), {self.ana.id: 10})

    def test_strange_questions(self):
        for how in (
            {"period": "1; DROP TABLE"},
            {"limit": 10**9},
            {"limit": -1},
            {"space_id": -1},
            {"tag_id": 10**6},
        ):
            with self.subTest(how):
                self.assertFalse(self.board(self.gil, **how)["rows"])

    def test_the_margin_of_the_pages(self):
        self.helped(self.ana, self.gil | self.agent)
        self.helped(self.bia, self.gil)
        self.helped(self.caio, self.agent, asker=self.ana, audience="company")
        helpers = self.as_(self.gil, "community.board")._helpers
        self.assertEqual(
            [(row["member"]["name"], row["points"]) for row in helpers(5)],
            [("Ana", 20), ("Bia", 10)],
        )
        self.assertEqual(len(helpers(1)), 1)
        with self.assertQueryCount(3):
            helpers(5)
        self.ana.board_optout = True
        self.assertEqual([row["member"]["name"] for row in helpers(5)], ["Bia"])

    def test_few_queries_however_many_people(self):
        counts = []
        for helpers in (self.customers(2, "Um"), self.customers(12, "Dois")):
            for helper in helpers:
                self.helped(helper, self.gil)
            self.board(self.gil)
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.board(self.gil)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
class TestProfile(ReputationCase):
    """A person's page."""

    def profile(self, member, reader):
        return self.as_(reader, "community.member")._find(member.id)._profile()

    def setUp(self):
        super().setUp()
        self.tag = self.env["community.tag"].create({"name": "NF-e"})
        question, answer = self.answered(tag_ids=self.tag.ids)
        self.vote(answer, self.bia)
        self.accept(question, answer)
        secret, private = self.answered(self.caio, self.ana, audience="company")
        self.vote(private, self.agent)
        self.fold()
        self.env.invalidate_all()

    def test_what_strangers_learn(self):
        for reader in (self.bia, self.gil):
            profile = self.profile(self.ana, reader)
            self.assertEqual(profile["points"], 25)
            self.assertEqual(
                [(topic["name"], topic["points"]) for topic in profile["expertise"]],
                [("NF-e", 25)],
            )
            self.assertEqual(profile["contributions"], {"reply": 1, "accepted": 1})
            self.assertFalse(profile["history"] or profile["is_me"])

    def test_what_colleagues_learn(self):
        profile = self.profile(self.ana, self.caio)
        self.assertEqual(profile["points"], 35)
        self.assertEqual(profile["contributions"], {"reply": 2, "accepted": 1})
        self.assertFalse(profile["history"])

    def test_what_one_learns_of_oneself(self):
        profile = self.profile(self.ana, self.ana)
        self.assertTrue(profile["is_me"])
        self.assertEqual([line["points"] for line in profile["history"]], [10, 15, 10])
        self.assertEqual(profile["level"]["name"], "Member")
        self.assertEqual(profile["next_level"]["points"], 100)
        self.assertNotIn("Bia", str(profile["history"]))

    def test_history_leads_nowhere_when_the_post_is_not_for_him_any_more(self):
        self.ana.user_id.partner_id.parent_id = self.rival
        self.env.invalidate_all()
        lines = self.profile(self.ana, self.ana)["history"]
        self.assertFalse(lines[0]["url"])
        self.assertTrue(lines[1]["url"])

    def test_achievements(self):
        reached = {
            one["name"]
            for one in self.profile(self.ana, self.gil)["achievements"]
            if one["reached"]
        }
        self.assertEqual(reached, {"First solution"})

    def test_achievements_of_restricted_posts(self):
        self.env["community.achievement"].search([]).active = False
        self.env["community.achievement"].create(
            {"name": "Três", "measure": "times", "target": 3}
        )
        for reader, progress in ((self.gil, 2), (self.ana, 3), (self.agent, 3)):
            (one,) = self.profile(self.ana, reader)["achievements"]
            self.assertEqual(one["progress"], progress)

    def test_an_achievement_goes_with_what_it_was_for(self):
        self.env["community.post"].search([("author_id", "=", self.ana.id)]).filtered(
            "root_id"
        ).active = False
        profile = self.profile(self.ana, self.ana)
        self.assertFalse([one for one in profile["achievements"] if one["reached"]])
        self.assertFalse(profile["expertise"])

    def test_who_is_not_there_and_who_is_not_for_one(self):
        self.gil.state = "left"
        errors = []
        for member_id in (self.gil.id, self.gil.id + 100_000):
            with self.assertRaises(MissingError) as error:
                self.as_(self.ana, "community.member")._find(member_id)
            errors.append(str(error.exception))
        self.assertEqual(*errors)

    def test_company_standing(self):
        standing = self.steel._community_standing()
        # Praise of colleagues is none of it; that of the vendor's people is.
        self.assertEqual(standing["points"], 35)
        self.assertEqual(standing["people"], 1)
        self.assertEqual(self.shop._community_standing()["points"], 2)

    def test_neither_a_star_nor_a_crowd_makes_a_company(self):
        from ..models import community_reputation_standing as standing

        self.patch(standing, "PERSON_MONTH_CAP", 20)
        self.assertEqual(self.steel._community_standing()["points"], 20)
        _question, answer = self.answered(helper=self.boss)
        self.vote(answer, self.bia)
        self.assertEqual(self.steel._community_standing()["points"], 30)
        self.patch(standing, "MONTH_CAP", 25)
        self.assertEqual(self.steel._community_standing()["points"], 25)
        with freeze_time(datetime(2035, 1, 1)):
            self.vote(answer, self.gil)
            self.assertEqual(self.steel._community_standing()["points"], 35)
