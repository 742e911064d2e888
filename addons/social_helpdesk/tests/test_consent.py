import time
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..providers.errors import Refused
from .common import SocialCase
from .example_provider import Example

PHONE = "5511999990001"
NOW = int(time.time()) - 60  # the customer may be answered freely


@tagged("post_install", "-at_install")
class TestConsent(SocialCase):
    def setUp(self):
        super().setUp()
        self.conv = self.receive({"text": "The printer is dead", "at": NOW})
        self.ticket = self.conv.ticket_id

    def says(self, wants, at, **event):
        self.receive(
            {"id": f"consent{at}", "from": PHONE, "wants": wants, "at": at, **event}
        )

    def test_nothing_is_sent_against_it(self):
        self.says(False, NOW + 10)
        self.assertTrue(self.conv.contact_id.opted_out)
        with self.assertRaisesRegex(UserError, "wants no messages on Example"):
            self.answer(self.ticket)
        self.assertFalse(self.messages(direction="out"))

    def test_the_agent_sees_why(self):
        self.says(False, NOW + 10)
        info = self.ticket.with_user(self.agent).social_info
        self.assertIn("(The customer wrote X), so nothing", info["opted_out"])
        note = self.ticket.message_ids.sorted("id")[-1]
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))
        self.assertIn("The customer wrote X", note.body)

    def test_he_wants_them_again(self):
        self.says(False, NOW + 10)
        self.says(True, NOW + 20)
        self.assertFalse(self.ticket.with_user(self.agent).social_info["opted_out"])
        self.answer(self.ticket)
        self.assertEqual(self.messages(direction="out").state, "queued")

    def test_a_late_one_turns_nothing_back(self):
        self.says(False, NOW + 20)
        self.says(True, NOW + 10)
        self.assertTrue(self.conv.contact_id.opted_out)

    def test_said_twice_is_told_once(self):
        self.says(False, NOW + 10)
        told = len(self.ticket.message_ids)
        self.says(False, NOW + 20)
        self.assertEqual(len(self.ticket.message_ids), told)

    def test_a_stranger_does_not_become_a_contact(self):
        contacts = self.env["helpdesk.social.contact"].search_count([])
        self.says(False, NOW, **{"from": "5511999990999"})
        self.assertEqual(self.env["helpdesk.social.contact"].search_count([]), contacts)

    def test_what_waited_is_not_sent_either(self):
        self.answer(self.ticket)
        self.says(False, NOW + 10)
        self.conv._send_waiting()
        message = self.messages(direction="out")
        self.assertEqual(message.state, "failed")
        self.assertIn("wants no messages", message.error)
        self.assertFalse(Example.sent)

    def test_a_failed_one_is_not_sent_again(self):
        self.answer(self.ticket)
        Example.outcomes = [Refused("No")]
        self.conv._send_waiting()
        self.says(False, NOW + 10)
        with self.assertRaisesRegex(UserError, "wants no messages"):
            self.messages(direction="out").with_user(self.agent).action_retry()

    def test_nobody_turns_it_off_by_hand(self):
        self.says(False, NOW + 10)
        contact = self.conv.contact_id.with_user(self.env.ref("base.user_admin"))
        with self.assertRaises(UserError):
            contact.write({"opted_out": False})


@tagged("post_install", "-at_install")
class TestWatermark(SocialCase):
    def setUp(self):
        super().setUp()
        self.conv = self.receive({"text": "Hi", "at": NOW})
        for body in ("One", "Two"):
            self.answer(self.conv.ticket_id, body)
        self.conv._send_waiting()
        self.one, self.two = self.messages(direction="out")
        self.two.sending_since = self.one.sending_since + timedelta(seconds=60)

    def reads(self, seconds):
        at = fields.Datetime.add(self.one.sending_since, seconds=seconds)
        stamp = int((at - fields.Datetime.to_datetime("1970-01-01")).total_seconds())
        self.receive(
            {"id": f"r{seconds}", "from": PHONE, "read_until": stamp, "at": NOW}
        )

    def test_what_left_before_was_read(self):
        self.reads(30)
        self.assertEqual((self.one.state, self.two.state), ("read", "sent"))
        self.reads(90)
        self.assertEqual(self.two.state, "read")

    def test_what_waits_or_failed_was_not(self):
        self.one.state, self.two.state = "failed", "queued"
        self.reads(90)
        self.assertEqual((self.one.state, self.two.state), ("failed", "queued"))

    def test_of_a_thread_that_nobody_knows(self):
        self.receive({"id": "r", "from": "nobody", "read_until": NOW, "at": NOW})
        event = self.env["helpdesk.social.event"].search([("external_id", "=", "r")])
        self.assertEqual(event.state, "ignored")
