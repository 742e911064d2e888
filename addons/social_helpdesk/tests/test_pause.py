from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SocialCase
from .example_provider import Example
from .test_consent import NOW


@tagged("post_install", "-at_install")
class TestPause(SocialCase):
    def setUp(self):
        super().setUp()
        self.conv = self.receive({"text": "Hi", "at": NOW})
        self.account.action_pause()

    def test_answers_wait_and_go_out_in_their_order(self):
        for body in ("One", "Two"):
            self.answer(self.conv.ticket_id, body)
        self.conv._send_waiting()
        self.assertFalse(Example.sent)
        self.assertEqual(
            set(self.messages(direction="out").mapped("state")), {"queued"}
        )
        jobs = self.env["queue.job"].search([("method_name", "=", "_send_waiting")])
        jobs.unlink()
        self.account.action_resume()
        self.assertTrue(jobs.search([("method_name", "=", "_send_waiting")]))
        self.conv._send_waiting()
        texts = [part.text for part, *_rest in Example.sent]
        self.assertEqual(
            ["One" in texts[0], "Two" in texts[1], len(texts)], [True, True, 2]
        )

    def test_what_customers_write_still_comes_in(self):
        self.receive({"id": "later", "text": "Still there?", "at": NOW + 5})
        self.assertIn("Still there?", "".join(self.bodies(self.conv.ticket_id)))

    def test_no_cron_wakes_it(self):
        self.answer(self.conv.ticket_id)
        self.env["queue.job"].search([("method_name", "=", "_send_waiting")]).unlink()
        self.env.cr.execute(
            "UPDATE helpdesk_social_message SET write_date = '2020-01-01'"
        )
        self.env["helpdesk.social.conversation"]._cron_wake()
        self.assertFalse(
            self.env["queue.job"].search([("method_name", "=", "_send_waiting")])
        )

    def test_the_agent_is_told(self):
        self.assertTrue(self.conv.ticket_id.with_user(self.agent).social_info["paused"])

    def test_only_managers(self):
        with self.assertRaises(AccessError):
            self.account.with_user(self.agent).action_resume()
