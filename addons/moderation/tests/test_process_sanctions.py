from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .process_common import ProcessCase


@tagged("post_install", "-at_install")
class TestSanctions(ProcessCase):
    def sanction(self, kind="silence", days=7, places=None):
        _message, case = self.held()
        return self.decide(case, kind, days=days, places=places).sanction_ids

    def in_force(self, place="ticket", partner=None):
        if partner is None:
            partner = self.customer.partner_id
        return self.env["moderation.sanction"]._in_force(partner, place)

    def later(self, **delta):
        return freeze_time(fields.Datetime.now() + timedelta(**delta))

    def test_it_ends_by_itself(self):
        sanction = self.sanction()
        self.assertEqual(self.in_force(), sanction)
        self.assertTrue(sanction.active_now)
        with self.later(days=6, hours=23):
            self.assertEqual(self.in_force(), sanction)
        with self.later(days=7, minutes=1):
            self.env.invalidate_all()
            self.assertFalse(self.in_force())
            self.assertFalse(sanction.active_now)
            self.assertFalse(
                self.env["moderation.sanction"].search([("active_now", "=", True)])
                & sanction
            )

    def test_one_query_for_the_gate(self):
        self.sanction()
        partner = self.customer.partner_id
        self.in_force()
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.in_force(partner=partner)
        self.assertFalse(self.in_force(partner=self.env["res.partner"]))
        self.assertFalse(self.in_force(partner=self.colleague.partner_id))

    def test_only_in_some_places(self):
        place = self.env.ref("moderation.place_answer")
        sanction = self.sanction(places=place)
        self.assertFalse(self.in_force("ticket"))
        self.assertEqual(self.in_force("answer"), sanction)

    def test_a_warning_forbids_nothing(self):
        sanction = self.sanction("warn")
        self.assertEqual((sanction.kind, sanction.end), ("warning", False))
        self.assertFalse(self.in_force())

    def test_until_somebody_lifts_it(self):
        sanction = self.sanction("suspend", days=0)
        with self.later(days=4000):
            self.assertEqual(self.in_force(), sanction)
        sanction.with_user(self.second).action_lift()
        self.assertFalse(self.in_force())
        self.assertEqual(
            self.letters(self.customer.partner_id)[0], "You may write again"
        )
        with self.assertRaisesRegex(UserError, "not in force any more"):
            sanction.with_user(self.second).action_lift()

    def test_the_longest_counts(self):
        self.sanction(days=2)
        long = self.sanction(days=9)
        self.assertEqual(self.in_force(), long)
        for_ever = self.sanction(days=0)
        self.assertEqual(self.in_force(), for_ever)

    def test_help_stays_within_reach(self):
        sanction = self.sanction("suspend")
        self.assertEqual(sanction._answer(self.ticket), "hold")
        other = self.ticket.copy({"partner_id": self.stranger.partner_id.id})
        self.assertEqual(sanction._answer(other), "refuse")
        self.assertEqual(sanction._answer(self.env["res.partner"]), "refuse")
        self.assertEqual(sanction._answer(None), "refuse")

    def test_he_is_told_what_until_when_why_and_what_to_do(self):
        self.customer.tz = "America/Sao_Paulo"
        with freeze_time("2026-03-01 12:00:00"):
            sanction = self.sanction()
            sentence = sanction._sentence()
        for part in ("may not write here until", "9:00", "America/Sao_Paulo"):
            self.assertIn(part, sentence)
        self.assertIn("Reason: Because", sentence)
        self.assertIn("appeal", sentence)

    def test_he_is_told_once_that_it_is_over(self):
        self.sanction()
        sanctions = self.env["moderation.sanction"]
        sanctions._cron_tell_ended()
        before = len(self.letters(self.customer.partner_id))
        with self.later(days=8):
            sanctions._cron_tell_ended()
            sanctions._cron_tell_ended()
        letters = self.letters(self.customer.partner_id)
        self.assertEqual(len(letters), before + 1)
        self.assertEqual(letters[0], "You may write again")

    def test_the_author_s_record(self):
        self.sanction()
        _message, case = self.held()
        _other, _open = self.held()
        mine = case.with_user(self.moderator)
        self.assertEqual(mine.author_cases, 2)
        self.assertEqual(mine.author_open, 1)
        self.assertEqual(mine.author_against, 1)
        self.assertEqual(mine.author_sanctions, 1)
        self.assertTrue(mine.author_sanctioned)
        self.assertEqual(mine.company_cases, 3)
        for name in ("cases", "open", "decisions", "sanctions"):
            action = getattr(mine, f"action_author_{name}")()
            found = self.env[action["res_model"]].search_count(action["domain"])
            self.assertTrue(found)
