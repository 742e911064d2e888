from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import helpdesk_social_retention
from .common import SocialCase
from .example_provider import Example
from .test_consent import NOW

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c6360000002000154a24f5f0000000049454e44ae426082"
)


@tagged("post_install", "-at_install")
class TestRetention(SocialCase):
    def setUp(self):
        super().setUp()
        Example.files = {"photo": PNG}
        self.conv = self.receive({"text": "Look", "media": ["photo"], "at": NOW})
        self.ticket = self.conv.ticket_id
        self.message = self.messages(direction="in")
        self.message._fetch_media()
        self.event = self.message.event_ids

    def make_old(self, days):
        at = fields.Datetime.now() - timedelta(days=days)
        self.event.received_at = at
        self.message.occurred_at = at

    def close(self):
        self.ticket.stage_id = self.env["helpdesk.ticket.stage"].search(
            [("closed", "=", True)], limit=1
        )

    def test_raw_events_end_and_what_was_said_stays(self):
        self.make_old(91)
        self.account._purge()
        self.assertFalse(self.event.exists())
        self.assertTrue(self.message.attachment_id, "the ticket is open")
        self.assertIn("Look", "".join(self.bodies(self.ticket)))

    def test_files_of_closed_tickets_end(self):
        self.close()
        self.make_old(91)
        attachment = self.message.attachment_id
        self.assertTrue(attachment)
        self.account._purge()
        self.assertFalse(attachment.exists())
        body = "".join(self.bodies(self.ticket))
        self.assertIn("Look", body)
        self.assertIn("The file was removed after 90 days.", body)

    def test_not_before_their_time(self):
        self.close()
        self.make_old(89)
        self.account._purge()
        self.assertTrue(self.event.exists() and self.message.attachment_id)

    def test_for_ever(self):
        self.account.keep_days = 0
        self.make_old(900)
        self.account._purge()
        self.account._cron_purge()
        self.assertTrue(self.event.exists())

    def test_what_waits_or_is_parked_is_kept(self):
        self.make_old(900)
        self.event.state = "failed"
        self.account._purge()
        self.assertTrue(self.event.exists())

    def test_a_purged_message_is_not_doubled_by_a_late_repetition(self):
        self.make_old(91)
        self.account._purge()
        self.receive({"text": "Look", "media": ["photo"], "at": NOW})
        self.assertEqual(len(self.messages(direction="in")), 1)

    def test_in_small_steps(self):
        self.patch(helpdesk_social_retention, "EVENTS", 1)
        self.patch(helpdesk_social_retention, "PURGE_SECONDS", 0)
        self.make_old(91)
        self.account._purge()
        job = self.env["queue.job"].search([("method_name", "=", "_purge")])
        self.assertEqual(job.channel, "root.social_bulk")

    def test_a_negative_number_of_days(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as caught:
            self.account.keep_days = -1
            self.env.flush_all()
        self.assertIn("keep_days_positive", str(caught.exception))
