from datetime import datetime, timedelta, timezone

from odoo.tests import tagged

from ..providers.types import Check, Connection, Note
from .common import SocialCase
from .example_provider import Example
from .test_consent import NOW


@tagged("post_install", "-at_install")
class TestHealth(SocialCase):
    def check(self, **values):
        connection = Connection("Example Desk", "@example", **values)
        self.patch(Example, "check", lambda provider: connection)
        self.account._check()

    def told(self):
        return [m.body for m in self.account.message_ids if "ends on" in m.body]

    def ends_in(self, days):
        self.check(
            expires_at=datetime.now(timezone.utc) + timedelta(days=days, hours=-1)
        )

    def test_the_end_of_the_access_is_told_three_times(self):
        for days, times in ((60, 0), (15, 0), (14, 1), (10, 1), (3, 2), (2, 2), (1, 3)):
            self.ends_in(days)
            self.assertEqual(len(self.told()), times, f"{days} days before")
        self.assertIn("Example desk", self.told()[0])

    def test_a_new_token_begins_anew(self):
        self.ends_in(2)
        self.ends_in(60)
        self.ends_in(2)
        self.assertEqual(len(self.told()), 2)
        self.check()
        self.assertFalse(self.account.token_expires_at)

    def test_checks_are_shown_with_what_to_do(self):
        self.check(
            checks=(
                Check(Note("Token of %(name)s", {"name": "<Ana>"})),
                Check(Note("Webhook"), Note("Press “Connect again”.")),
            ),
            quality="GREEN",
        )
        html = str(self.account.checks_html)
        self.assertIn("Token of &lt;Ana&gt;", html)
        self.assertEqual(
            (html.count("text-success"), html.count("text-danger")), (1, 1)
        )
        self.assertIn("Press “Connect again”.", html)
        self.assertEqual(self.account.quality, "GREEN")

    def test_traffic(self):
        self.assertFalse(self.account.last_event_at)
        conv = self.receive({"text": "Hi", "at": NOW})
        self.receive({"id": "bad", "bad": True, "at": NOW})
        self.store({"id": "waits", "text": "Hi", "at": NOW})
        self.answer(conv.ticket_id, "One")
        conv._send_waiting()
        self.answer(conv.ticket_id, "Two")
        self.messages(direction="out")[0].state = "failed"
        self.env.flush_all()
        self.account.invalidate_recordset()
        self.assertTrue(self.account.last_event_at and self.account.last_answer_at)
        numbers = (
            self.account.waiting_in,
            self.account.waiting_out,
            self.account.parked,
            self.account.error_rate,
        )
        self.assertEqual(numbers, (1, 1, 1, 0.5))
        self.assertEqual(
            self.env["helpdesk.social.event"].search_count(
                self.account.action_parked()["domain"]
            ),
            1,
        )
