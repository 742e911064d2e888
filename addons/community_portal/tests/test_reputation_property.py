import random

from odoo.tests import tagged

from .reputation_common import ReputationCase

ROUNDS = 4
STEPS = 60


@tagged("post_install", "-at_install")
class TestLedgerAndCounters(ReputationCase):
    """Whatever people do, in whatever order: the counters are the ledger's sums, and
    what is gone has earned nothing."""

    def test_any_order(self):
        for seed in range(ROUNDS):
            with self.subTest(seed=seed):
                self.play(random.Random(seed))
                self.check()

    def play(self, dice):
        people = [self.ana, self.caio, self.bia, self.gil, self.agent]
        threads = [self.answered(dice.choice(people[:4]), p) for p in people[:4]]
        for _ in range(STEPS):
            question, answer = dice.choice(threads)
            step = dice.choice(
                [self.vote_somehow, self.vote_somehow, self.settle, self.hide]
            )
            step(dice, question.sudo(), answer.sudo(), dice.choice(people))

    def vote_somehow(self, dice, question, answer, person):
        post = dice.choice([question, answer])
        if self.shown(question, post) and post.author_id != person:
            self.vote(post, person, dice.choice([-1, 0, 1]))

    def settle(self, dice, question, answer, person):
        if not self.shown(question, answer):
            return
        as_asker = question.with_user(question.author_id.user_id)
        if dice.random() < 0.5:
            as_asker._accept(answer)
        else:
            as_asker._unaccept()

    def shown(self, *posts):
        return all(post._is_shown() for post in posts)

    def hide(self, dice, question, answer, person):
        if dice.random() < 0.5:
            answer.active = not answer.active
        else:
            hidden = answer.moderation_state == "hidden"
            answer.moderation_state = "published" if hidden else "hidden"

    def check(self):
        self.fold()
        self.env.invalidate_all()
        for member in self.everyone:
            self.assertEqual(member.points, self.points(member))
            self.assertEqual(member.open_points, self.points(member, only_open=True))
        self.assertFalse(self.ledger._repair_counters())
        gone = self.env["community.post"].search(
            [
                "&",
                "&",
                ("author_id", "in", self.everyone.ids),
                ("id", "in", self.ledger.search([]).post_id.ids),
                "|",
                ("active", "=", False),
                ("moderation_state", "=", "hidden"),
                ("active", "in", (True, False)),
            ]
        )
        for post in gone:
            entries = self.ledger.search([("post_id", "=", post.id)])
            # What happens to a post while it is gone is worth nothing either.
            self.assertFalse(sum(entries.mapped("points")))

    def test_counters_that_went_wrong_are_put_right_at_night(self):
        self.vote(self.answered()[1], self.bia)
        self.fold()
        self.set_points(self.ana, 5_000)
        self.set_points(self.gil, 7)
        self.ledger._cron_audit()
        self.fold()
        self.assertEqual(self.ana.points, 10)
        self.assertEqual(self.ana.open_points, 10)
        self.assertFalse(self.gil.points)

    def test_what_waits_in_the_tally_is_no_difference(self):
        self.vote(self.answered()[1], self.bia)
        self.assertFalse(self.ledger._repair_counters())
