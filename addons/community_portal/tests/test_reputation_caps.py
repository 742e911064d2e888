from odoo.tests import tagged

from .reputation_common import ReputationCase


@tagged("post_install", "-at_install")
class TestCaps(ReputationCase):
    """Where earning ends."""

    def answers(self, count, asker=None, helper=None):
        return [self.answered(asker, helper)[1] for _ in range(count)]

    def test_two_people_in_a_day(self):
        for answer in self.answers(5):
            self.vote(answer, self.bia)
        self.assertEqual(self.points(self.ana), 25)
        self.assertEqual(
            self.entries(self.ana).sorted("id").mapped("points"), [10, 10, 5]
        )

    def test_two_people_ever(self):
        for day in range(5):
            with self.on_day(2 * day):
                for answer in self.answers(3):
                    self.vote(answer, self.bia)
        self.assertEqual(self.points(self.ana), 50)

    def test_two_people_are_one_pair_whoever_gives(self):
        for day in range(4):
            with self.on_day(2 * day):
                for answer in self.answers(3, helper=self.ana):
                    self.vote(answer, self.bia)
                for answer in self.answers(3, helper=self.bia):
                    self.vote(answer, self.ana)
        self.assertEqual(self.points(self.ana) + self.points(self.bia), 50)

    def test_colleagues(self):
        for day in range(15):
            with self.on_day(2 * day):
                for answer in self.answers(2):
                    self.vote(answer, self.caio)
                    self.vote(answer, self.boss)
        self.assertEqual(self.points(self.ana), 50)

    def test_colleagues_in_a_day(self):
        for answer in self.answers(3):
            self.vote(answer, self.caio)
            self.vote(answer, self.boss)
        self.assertEqual(self.points(self.ana), 5)

    def test_many_accounts_of_another_company(self):
        accounts = [self.customer(f"conta{i}", self.rival) for i in range(8)]
        for day in range(2):
            with self.on_day(2 * day):
                for answer in self.answers(3):
                    for account in accounts:
                        self.vote(answer, account)
        self.assertEqual(self.points(self.ana), 200)

    def test_a_day_ends_and_acceptance_is_exempt(self):
        crowd = self.customers(25)
        question, answer = self.answered()
        for customer in crowd:
            self.vote(answer, customer)
        self.assertEqual(self.points(self.ana), 200)
        self.accept(question, answer)
        self.assertEqual(self.points(self.ana), 215)
        with self.on_day(1.1):
            self.vote(self.answered()[1], crowd[0])
        self.assertEqual(self.points(self.ana), 225)

    def test_agents_judge_by_role(self):
        for answer in self.answers(8):
            self.vote(answer, self.agent)
        self.assertEqual(self.points(self.ana), 80)

    def test_agents_are_colleagues_of_one_another(self):
        for answer in self.answers(3, helper=self.moderator):
            self.vote(answer, self.agent)
        self.assertEqual(self.points(self.moderator), 5)

    def test_nobody_is_voted_down_to_the_ground(self):
        for answer in self.answers(8):
            self.vote(answer, self.bia, -1)
        self.assertEqual(self.points(self.ana), -4)
        # He pays for each of them all the same.
        self.assertEqual(self.points(self.bia), -8)

    def test_deleting_and_posting_again_earns_nothing_more(self):
        for _ in range(6):
            question, answer = self.answered()
            self.vote(answer, self.bia)
            self.accept(question, answer)
            answer._remove()
        self.assertFalse(self.points(self.ana))
        _question, last = self.answered()
        self.vote(last, self.bia)
        self.assertFalse(self.points(self.ana))

    def test_zero_is_no_limit(self):
        self.rules["reply_up"].write(
            {"pair_day_cap": 0, "pair_total_cap": 0, "company_total_cap": 0}
        )
        for answer in self.answers(8):
            self.vote(answer, self.bia)
        self.assertEqual(self.points(self.ana), 80)

    def test_a_new_rule_is_a_record(self):
        self.env["community.reputation.rule"].create(
            {"name": "Extra", "event": "vote_up", "kind": "question", "points": 3}
        )
        question, answer = self.answered()
        self.vote(question, self.bia)
        self.vote(answer, self.bia)
        self.assertEqual(self.points(self.gil), 8)
        self.assertEqual(self.points(self.ana), 10)

    def test_an_archived_rule_gives_nothing(self):
        self.rules["reply_up"].active = False
        self.vote(self.answered()[1], self.bia)
        self.assertFalse(self.points(self.ana))

    # --- what came at the same instant ------------------------------------------------

    def test_the_night_takes_back_what_got_past_a_cap(self):
        answers = self.answers(4)
        for answer in answers[:2]:
            self.vote(answer, self.bia)
        self.simultaneous(answers[2], self.bia)
        self.simultaneous(answers[3], self.bia)
        self.assertEqual(self.points(self.ana), 40)
        self.ledger._cron_audit()
        self.assertEqual(self.points(self.ana), 20)
        self.assertEqual(
            self.entries(self.ana, kind="taken_back").mapped("cause"), ["over_cap"] * 2
        )
        self.ledger._cron_audit()
        self.assertEqual(self.points(self.ana), 20)

    def test_the_night_leaves_the_rest_alone(self):
        for answer in self.answers(3):
            self.vote(answer, self.bia)
            self.vote(answer, self.agent)
            self.vote(answer, self.caio, -1)
        before = self.ledger.search([])
        self.ledger._cron_audit()
        self.assertEqual(self.ledger.search([]), before)

    def test_the_night_knows_that_a_rule_was_changed(self):
        for answer in self.answers(2):
            self.vote(answer, self.bia)
        with self.on_day(0.1):
            self.rules["reply_up"].pair_day_cap = 10
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE community_reputation_rule "
                "SET write_date = write_date + interval '2 hours'"
            )
            self.ledger._cron_audit()
        self.assertEqual(self.points(self.ana), 20)

    def simultaneous(self, answer, voter):
        """Earned in a transaction that could not see the others."""
        rule = self.rules["reply_up"]
        self.env.cr.execute(
            "INSERT INTO community_reputation_entry (member_id, other_id, "
            "organisation_id, other_organisation_id, rule_id, post_id, points, date, "
            "kind, open, capped, times_key) VALUES (%s, %s, %s, %s, %s, %s, 10, "
            "%s, 'earned', true, true, %s)",
            [
                self.ana.id,
                voter.id,
                self.ana.organisation_id.id,
                voter.organisation_id.id,
                rule.id,
                answer.id,
                self.now(),
                voter.id,
            ],
        )
        self.env["community.tally"]._add("community.member", self.ana.id, "points", 10)
        self.env["community.vote"]._set(answer, voter, 1)
