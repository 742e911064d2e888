from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..rings import components, find_rings
from .reputation_common import ReputationCase


@tagged("post_install", "-at_install")
class TestFarming(ReputationCase):
    """Each attempt is played, brings nearly nothing, is found, and is undone and put
    back by one click."""

    def praise(self, giver, receiver, days=3, threads=3, accept=True):
        """One asks, the other answers, and all of it is voted up and accepted."""
        for day in range(days):
            with self.on_day(2 * day):
                for _ in range(threads):
                    question, answer = self.answered(giver, receiver)
                    self.vote(answer, giver)
                    if accept:
                        self.accept(question, answer)

    def detect(self, kind):
        found = self.env["community.reputation.alert"]._detect()
        return found.filtered(lambda alert: alert.kind == kind)

    def check_judging(self, alert, people):
        """One click takes all of it back, one gives it back."""
        self.assertEqual(alert.member_ids, people)
        before = {person: self.points(person) for person in people}
        self.assertTrue(any(before.values()))
        as_moderator = alert.with_user(self.moderator.user_id)
        as_moderator.action_reverse()
        for person in people:
            self.assertFalse(self.points(person))
        self.assertFalse(self.env["community.reputation.alert"]._detect())
        taken = self.ledger.search([("alert_id", "=", alert.id)])
        self.assertEqual(set(taken.mapped("cause")), {"farming"})
        as_moderator.action_restore()
        self.assertEqual({person: self.points(person) for person in people}, before)
        as_moderator.action_reverse()
        self.assertFalse(any(self.points(person) for person in people))
        as_moderator.action_restore()
        self.assertEqual({person: self.points(person) for person in people}, before)

    def ring(self, size):
        people = self.customers(size, "Anel")
        for giver in people:
            for receiver in people - giver:
                self.praise(giver, receiver, days=2, threads=2, accept=False)
        return people

    def test_a_ring_of_two(self):
        people = self.ring(2)
        self.assertLessEqual(sum(map(self.points, people)), 50)
        alert = self.detect("ring")
        self.check_judging(alert, people)
        self.assertIn("4", alert.evidence_html)

    def test_a_ring_of_five(self):
        people = self.ring(5)
        # 50 for each of the ten pairs, and never more, however long they go on.
        self.assertLessEqual(sum(map(self.points, people)), 10 * 50)
        self.check_judging(self.detect("ring"), people)

    def test_a_ring_in_which_nobody_praises_back(self):
        people = self.customers(3, "Roda")
        for index, giver in enumerate(people):
            self.praise(giver, people[index - 1], days=2, accept=False)
        self.assertLessEqual(max(map(self.points, people)), 50)
        self.check_judging(self.detect("ring"), people)

    def test_mutual_acceptance(self):
        pair = self.ana | self.bia
        for giver, receiver in ((self.ana, self.bia), (self.bia, self.ana)):
            self.praise(giver, receiver, days=4)
        # 12 accepted answers each way would be worth 300 points each.
        self.assertLessEqual(sum(map(self.points, pair)), 50)
        self.check_judging(self.detect("mutual"), pair)

    def test_a_burst_of_votes(self):
        answers = [self.answered(helper=self.ana)[1] for _ in range(20)]
        for answer in answers:
            self.vote(answer, self.bia)
        self.assertEqual(self.points(self.ana), 25)
        alert = self.detect("burst")
        self.assertIn("20", alert.evidence_html)
        self.check_judging(alert, self.ana | self.bia)

    def test_a_burst_of_votes_down(self):
        for _ in range(6):
            self.vote(self.answered(helper=self.ana)[1], self.bia, -1)
        self.assertEqual(self.points(self.ana), -4)
        alert = self.detect("burst")
        alert.action_reverse()
        self.assertFalse(self.points(self.ana))

    def test_delete_and_repost(self):
        for day in range(6):
            with self.on_day(2 * day):
                question, answer = self.answered(self.bia, self.ana)
                self.vote(answer, self.bia)
                if day < 5:
                    answer._remove()
        self.assertLessEqual(self.points(self.ana), 10)
        found = self.detect("repost")
        if self.points(self.ana):
            self.check_judging(found, self.ana | self.bia)

    def test_second_accounts_of_one_company(self):
        accounts = self.env["community.member"].union(
            *(self.customer(f"segunda{i}", self.steel) for i in range(6))
        )
        for account in accounts:
            self.praise(account, self.ana, days=2)
        self.assertLessEqual(self.points(self.ana), 10)
        alert = self.detect("accounts")
        self.assertEqual(alert.member_ids, accounts | self.ana)
        alert.action_reverse()
        self.assertFalse(self.points(self.ana))

    def test_second_accounts_praise_a_friend_elsewhere(self):
        accounts = self.env["community.member"].union(
            *(self.customer(f"amigo{i}", self.rival) for i in range(10))
        )
        for account in accounts:
            self.praise(account, self.ana, days=2)
        self.assertLessEqual(self.points(self.ana), 200)
        alert = self.detect("accounts")
        self.assertEqual(alert.member_ids, accounts | self.ana)

    def test_honest_people_raise_no_alert(self):
        crowd = self.customers(6, "Honesto")
        for asker in crowd:
            question, answer = self.answered(asker, self.ana)
            self.vote(answer, asker)
            self.accept(question, answer)
        question, answer = self.answered(self.ana, crowd[0])
        self.vote(answer, self.ana)
        self.accept(question, answer)
        self.assertFalse(self.env["community.reputation.alert"]._detect())

    def test_a_finding_comes_once(self):
        self.ring(2)
        self.assertTrue(self.detect("ring"))
        self.assertFalse(self.detect("ring"))

    def test_each_night(self):
        self.ring(2)
        self.ledger._cron_audit()
        alerts = self.env["community.reputation.alert"].search([("kind", "=", "ring")])
        self.assertEqual(len(alerts), 1)

    def test_what_was_found_harmless_is_left_in_peace(self):
        self.ring(2)
        alerts = self.env["community.reputation.alert"]._detect()
        alerts.with_user(self.moderator.user_id).action_dismiss()
        self.assertFalse(self.env["community.reputation.alert"]._detect())
        self.assertEqual(set(alerts.decided_by_id), {self.moderator.user_id})

    def test_only_moderators_judge(self):
        self.ring(2)
        alert = self.detect("ring")
        for member in (self.agent, self.ana):
            for action in ("action_reverse", "action_dismiss"):
                with self.assertRaises(AccessError):
                    getattr(alert.with_user(member.user_id), action)()
        alert.action_reverse()
        with self.assertRaisesRegex(UserError, "judged this alert meanwhile"):
            alert.action_reverse()

    def test_judgements_are_logged(self):
        self.ring(2)
        alert = self.detect("ring").with_user(self.moderator.user_id)
        alert.note = "Os dois são a mesma pessoa."
        alert.action_reverse()
        entry = self.env["moderation.log"].search(
            [("res_model", "=", alert._name), ("res_id", "=", alert.id)]
        )
        self.assertEqual(entry.event, "reputation.reversed")
        self.assertEqual(entry.reason, alert.note)
        self.assertEqual(entry.user_id, self.moderator.user_id)

    def test_a_moderator_finds_something_himself(self):
        self.vote(self.answered()[1], self.bia)
        entries = self.entries(self.ana).with_user(self.moderator.user_id)
        action = entries.action_alert()
        alert = self.env["community.reputation.alert"].browse(action["res_id"])
        alert.action_reverse()
        self.assertFalse(self.points(self.ana))

    def test_a_vote_withdrawn_meanwhile_is_not_given_back(self):
        answer = self.answered()[1]
        self.vote(answer, self.bia)
        self.entries(self.ana).action_alert()
        alert = self.env["community.reputation.alert"].search([], limit=1)
        alert.action_reverse()
        self.vote(answer, self.bia, 0)
        alert.action_restore()
        self.assertFalse(self.points(self.ana))


@tagged("post_install", "-at_install")
class TestRings(ReputationCase):
    """The search for groups, on plain numbers."""

    def test_groups_that_keep_to_themselves(self):
        praise = {(1, 2): 9, (2, 1): 9, (3, 4): 2, (4, 3): 2, (5, 6): 50}
        self.assertEqual(find_rings(praise), [frozenset({1, 2})])

    def test_much_praise_from_elsewhere_makes_no_ring(self):
        praise = {(1, 2): 5, (2, 1): 5} | {(i, 1): 3 for i in range(10, 20)}
        self.assertFalse(find_rings(praise))

    def test_six_are_no_small_group(self):
        everybody = range(6)
        praise = {(a, b): 4 for a in everybody for b in everybody if a != b}
        self.assertFalse(find_rings(praise))
        five = {pair: times for pair, times in praise.items() if 5 not in pair}
        self.assertEqual(find_rings(five), [frozenset(range(5))])

    def test_a_long_chain_does_not_exhaust_the_stack(self):
        chain = {i: {i + 1} for i in range(50_000)}
        chain[50_000] = {0}
        (part,) = components(chain)
        self.assertEqual(len(part), 50_001)
