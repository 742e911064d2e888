from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..providers.errors import Refused, RetryLater, Uncertain
from .common import SocialCase
from .example_provider import Example
from .test_consent import NOW

CODE = "helpdesk.social.delivery"


@tagged("post_install", "-at_install")
class TestDelivery(SocialCase):
    def setUp(self):
        super().setUp()
        self.patch(Example, "logs_deliveries", True)
        self.conv = self.receive({"id": "in", "text": "Hello", "at": NOW})

    def deliver(self, outcome=None):
        self.answer(self.conv.ticket_id, "Good morning")
        Example.outcomes = [outcome] if outcome else []
        try:
            self.conv._send_waiting()
        except Exception as error:  # the job is to be tried again
            self.assertIsInstance(outcome, RetryLater, error)
        return self.env[CODE].search([("account_id", "=", self.account.id)], limit=1)

    def test_each_call_with_its_result(self):
        for outcome, result in (
            (None, "taken"),
            (Refused("No such person", "404"), "refused"),
            (Uncertain("Cut"), "uncertain"),
            (RetryLater("Busy"), "later"),
        ):
            found = self.deliver(outcome)
            self.assertEqual(found.result, result)
            self.assertEqual(found.attempt, 1)
            self.assertEqual(found.message_id, self.messages(direction="out")[-1])
        refused = self.env[CODE].search([("result", "=", "refused")], limit=1)
        self.assertEqual((refused.code, refused.error), ("404", "No such person"))

    def test_other_channels_keep_none(self):
        self.patch(Example, "logs_deliveries", False)
        self.assertFalse(self.deliver())

    def test_a_manager_sees_those_of_his_companies(self):
        found = self.deliver()
        manager = new_test_user(
            self.env, "delivery_manager", groups="helpdesk_mgmt.group_helpdesk_manager"
        )
        self.assertEqual(found.with_user(manager).result, "taken")
        other = self.env["res.company"].create({"name": "Elsewhere"})
        manager.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        with self.assertRaises(AccessError):
            found.with_user(manager).read(["result"])
        with self.assertRaises(AccessError):
            found.with_user(self.agent).read(["result"])

    def test_they_end_with_the_raw_events(self):
        found = self.deliver()
        found.at = "2020-01-01"
        self.account._purge()
        self.assertFalse(found.exists())

    def test_the_account_shows_them(self):
        action = self.account.action_deliveries()
        found = self.deliver()
        self.assertIn(found, self.env[CODE].search(action["domain"]))
