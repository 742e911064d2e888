from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import SECRET
from .example_provider import sign
from .test_webhook import WebhookCase


@tagged("post_install", "-at_install")
class TestRotation(WebhookCase):
    """A secret is replaced while the provider still signs with the old one."""

    def setUp(self):
        super().setUp()
        self.account.set_credentials({"secret": "the new one"})
        self.credential = self.account.credential_ids.filtered(
            lambda c: c.name == "secret"
        )

    def status(self, secret, event_id):
        body = self.body(self.event(id=event_id))
        return self.post(body, sign(secret, body)).status_code

    def test_both_are_accepted_for_a_while(self):
        self.assertEqual(self.status("the new one", "a"), 200)
        self.assertEqual(self.status(SECRET, "b"), 200)
        self.assertEqual(self.status("a third one", "c"), 401)
        self.assertEqual(len(self.events()), 2)

    def test_the_old_one_ends(self):
        self.credential.sudo().former_until = fields.Datetime.now() - timedelta(hours=1)
        self.assertEqual(self.status(SECRET, "a"), 401)
        self.assertEqual(self.status("the new one", "b"), 200)
        self.credential._gc_former()
        self.assertFalse(self.credential.former_until)

    def test_the_old_one_has_leaked(self):
        self.credential.action_end_former()
        self.assertEqual(self.status(SECRET, "a"), 401)

    def test_a_secret_that_is_removed_leaves_none(self):
        self.account.set_credentials({"secret": False})
        self.assertEqual(self.status(SECRET, "a"), 401)
        self.assertEqual(self.status("the new one", "b"), 401)

    def test_nobody_reads_the_old_one(self):
        admin = new_test_user(
            self.env,
            "rotation_admin",
            groups="base.group_system,helpdesk_mgmt.group_helpdesk_manager",
        )
        credential = self.credential.with_user(admin)
        with self.assertRaises(AccessError):
            credential.read(["former_value"])
        self.assertTrue(credential.former_until)

    def test_a_form_keeps_its_bytes(self):
        """Signed as well, and read by Odoo before any controller sees it."""
        body = b"Body=Ol%C3%A1&From=%2B5511999990001"
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        # verified, and then no JSON: 400, not 401
        self.assertEqual(
            self.post(body, sign(SECRET, body), **headers).status_code, 400
        )
        (event,) = self.events()
        self.assertIn("Body=Ol%C3%A1", event.payload)
