from datetime import datetime, timedelta

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestTally(TransactionCase):
    """In transactions of their own, as counters are folded; what is counted belongs
    to nobody, so that nothing stays."""

    NOBODY = 0

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cron:  # what others have left
            self.env(cr=cron)["community.tally"]._cron_fold()

    def count_one(self, moment=None, killed=True):
        """:param killed: the worker that would have folded"""
        change = ("community.member", self.NOBODY, "points", 1)
        with self.registry.cursor() as cr:
            self.env(cr=cr)["community.tally"]._add_all([change], moment)
            cr.flush()
            if killed:
                cr.postcommit.clear()

    def waiting(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM community_tally WHERE res_id = %s", [self.NOBODY]
            )
            return cr.fetchone()[0]

    def test_who_comes_later_folds_what_waited(self):
        self.count_one(datetime.now() - timedelta(minutes=1), killed=False)
        self.assertEqual(self.waiting(), 1, "it has not waited for anybody else")
        self.count_one(killed=False)
        self.assertEqual(self.waiting(), 0)

    def test_changes_gather_for_a_while(self):
        soon = datetime.now() + timedelta(minutes=1)  # however slow the test is
        for _time in range(3):
            self.count_one(soon, killed=False)
        self.assertEqual(self.waiting(), 3)

    def test_the_cron_folds_what_nobody_folded(self):
        self.count_one()
        self.assertEqual(self.waiting(), 1)
        with self.registry.cursor() as cron:
            self.env(cr=cron)["community.tally"]._cron_fold()
        self.assertEqual(self.waiting(), 0)

    def test_the_cron_meets_somebody_who_folds(self):
        self.count_one()
        with self.registry.cursor() as cron, self.registry.cursor() as other:
            # The cron's transaction begins before the other's ends.
            cron.execute("SELECT count(*) FROM community_tally")
            self.env(cr=other)["community.tally"]._fold()
            other.commit()
            self.count_one()
            self.env(cr=cron)["community.tally"]._cron_fold()
        self.assertEqual(self.waiting(), 0)
