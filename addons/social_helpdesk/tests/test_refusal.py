import time
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

from ..models.helpdesk_social_refusal import AT_ONCE, EVERY, Tally, _tallies
from ..providers.reach import QUESTION
from .test_webhook import WebhookCase


@tagged("post_install", "-at_install")
class TestTally(TransactionCase):
    """Whatever strangers do, little is written."""

    def test_a_few_are_counted_exactly(self):
        tally = Tally()
        self.assertEqual([tally.count(1000.0 + n) for n in range(AT_ONCE)], [1] * 10)

    def test_a_flood_is_a_row_a_minute(self):
        tally, written = Tally(), []
        for second in range(1800):
            for _request in range(100):
                if number := tally.count(float(second)):
                    written.append(number)
        self.assertLessEqual(len(written), AT_ONCE + 1800 / EVERY)
        self.assertEqual(sum(written) + tally.waiting, 180_000)

    def test_every_hour_begins_anew(self):
        tally = Tally()
        for _request in range(50):
            tally.count(0.0)
        self.assertEqual(tally.count(3600.0), 41)  # with what waited


@tagged("post_install", "-at_install")
class TestRefusal(WebhookCase):
    def setUp(self):
        super().setUp()
        _tallies.clear()

    def found(self):
        self.account.invalidate_recordset()
        return self.account.refused, self.account.refused_reason

    def rows(self, account):
        return self.env["helpdesk.social.refusal"].search(
            [("account_id", "=", account.id)]
        )

    def test_a_wrong_signature_is_counted(self):
        self.assertEqual(self.found(), (0, False))
        for _time in range(2):
            self.assertEqual(self.post(self.body(), "wrong").status_code, 401)
        self.assertEqual(self.found(), (2, "signature"))
        self.assertLess(
            fields.Datetime.now() - self.account.refused_at, timedelta(minutes=1)
        )

    def test_a_wrong_handshake_is_counted(self):
        self.assertEqual(
            self.url_open(f"/social/webhook/{self.account.key}").status_code, 401
        )
        self.assertEqual(self.found(), (1, "handshake"))

    def test_what_is_accepted_is_not(self):
        self.post(self.body())
        self.assertEqual(self.found(), (0, False))

    def test_three_in_a_row_are_red_and_an_accepted_one_ends_that(self):
        self.account.write({"state": "connected", "checks": False})
        for _time in range(3):
            self.post(self.body(), "wrong")
        self.env.cr.execute("UPDATE helpdesk_social_refusal SET last_at = %s", [AGO])
        self.account.invalidate_recordset()
        self.assertEqual(self.account.health, "red")
        self.assertIn("3 requests were refused", self.account.health_reason)
        self.post(self.body())
        self.account.invalidate_recordset()
        self.assertEqual(self.account.health, "yellow")

    def test_an_address_of_nobody_is_counted_for_nobody(self):
        for _time in range(2):
            self.assertEqual(self.post(self.body(), key="gone").status_code, 404)
        refusals = self.env["helpdesk.social.refusal"]
        self.assertEqual(refusals._of_nobody(), 2)
        self.assertEqual(self.found(), (0, False))

    def test_past_hours_become_one_row_and_end(self):
        refusals = self.env["helpdesk.social.refusal"]
        for reason in ("handshake", "signature"):
            refusals._count(self.account.id, reason)
            time.sleep(0.01)
        self.env.cr.execute(
            "UPDATE helpdesk_social_refusal SET hour = hour - interval '2 hours'"
        )
        refusals._gc_hours()
        [row] = self.rows(self.account)
        self.assertEqual(row.number, 2)
        self.env.cr.execute(
            "UPDATE helpdesk_social_refusal SET last_at = last_at - interval '8 days'"
        )
        refusals._gc_hours()
        self.assertFalse(self.rows(self.account))

    def test_managers_read_and_nobody_writes(self):
        self.post(self.body(), "wrong")
        row = self.rows(self.account)
        manager = new_test_user(
            self.env,
            "refusal_manager",
            groups="helpdesk_mgmt.group_helpdesk_manager",
        )
        agent = new_test_user(
            self.env, "refusal_agent", groups="helpdesk_mgmt.group_helpdesk_user"
        )
        self.assertEqual(row.with_user(manager).number, 1)
        self.assertEqual(self.account.with_user(manager).refused, 1)
        with self.assertRaises(AccessError):
            row.with_user(manager).number = 2
        with self.assertRaises(AccessError):
            row.with_user(agent).read(["number"])

    # --- the address answers for itself ---

    def ask(self, question, key=None):
        return self.url_open(
            f"/social/webhook/{key or self.account.key}?{QUESTION}={question}"
        )

    def test_the_address_proves_whose_it_is(self):
        answer = self.ask("q1")
        accounts = self.env["helpdesk.social.account"]
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.text, accounts._reach_answer(self.account.key, "q1"))
        self.assertNotEqual(answer.text, self.ask("q2").text)
        self.assertEqual(self.ask("q1", key="gone").status_code, 404)
        self.assertEqual(self.found(), (0, False))

    def test_the_whole_way(self):
        """Through the address as it is, on the sandbox's host."""
        base = self.base_url()
        self.env["ir.config_parameter"].set_param("web.base.url", base)
        self.account.write({"state": "connected", "api_url": base})
        self.env.flush_all()
        self.env.registry.clear_cache()
        with self.allow_requests(all_requests=True):
            self.account._reach()
        [line] = self.account.checks
        self.assertFalse(line["todo"], line)


AGO = fields.Datetime.now() - timedelta(seconds=5)
