import os
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.queue_job.jobrunner.runner import queue_job_config

from .. import providers
from ..providers.errors import Refused, RetryLater
from ..providers.types import Connection, Credential, Note
from .common import SECRET, SocialCase
from .example_provider import Example


@tagged("post_install", "-at_install")
class TestAccount(SocialCase):
    def credential(self, name="secret"):
        return self.account.credential_ids.filtered(lambda c: c.name == name)

    # --- credentials ---

    def test_a_secret_is_never_read_back(self):
        admin = new_test_user(
            self.env,
            "social_admin",
            groups="base.group_system,helpdesk_mgmt.group_helpdesk_manager",
        )
        credential = self.credential().with_user(admin)
        self.assertEqual(credential.shown, "••••••••")
        self.assertFalse(credential.new_value)
        with self.assertRaises(AccessError):
            credential.read(["value"])
        self.assertNotIn(SECRET, str(credential.read()))
        self.assertNotIn(SECRET, str(credential.export_data(["shown", "new_value"])))
        with self.assertRaises(AccessError):
            credential.export_data(["value"])
        with self.assertRaises(AccessError):
            credential.search([("value", "=like", "a%")])

    def test_only_administrators_see_that_there_are_credentials(self):
        manager = new_test_user(
            self.env, "social_manager", groups="helpdesk_mgmt.group_helpdesk_manager"
        )
        account = self.account.with_user(manager)
        with self.assertRaises(AccessError):
            account.read(["credential_ids"])
        with self.assertRaises(AccessError):
            account.read(["api_url"])
        with self.assertRaises(AccessError):
            self.credential().with_user(manager).read(["shown"])

    def test_writing_a_new_value(self):
        self.credential().new_value = "  another  "
        self.assertEqual(self.account._route().settings["secret"], "another")
        self.assertEqual(self.credential().shown, "••••••••")

    def test_an_empty_new_value_changes_nothing(self):
        self.credential().new_value = ""
        self.assertEqual(self.account._route().settings["secret"], SECRET)

    def test_value_from_the_environment(self):
        self.credential().new_value = "env:SOCIAL_TEST_SECRET"
        with patch.dict(os.environ, {"SOCIAL_TEST_SECRET": "from outside"}):
            self.env.registry.clear_cache()
            self.assertEqual(self.account._route().settings["secret"], "from outside")
            self.assertEqual(self.credential().shown, "env:SOCIAL_TEST_SECRET (found)")
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        self.assertEqual(self.account._route().settings["secret"], "")
        self.assertIn("missing", self.credential().shown)

    def test_somebody_hears_the_alarm(self):
        manager = new_test_user(
            self.env, "desk_manager", groups="helpdesk_mgmt.group_helpdesk_manager"
        )
        self.account._raise_alarm("Token expired")
        told = self.account.message_ids[0].notified_partner_ids
        self.assertIn(manager.partner_id, told)
        self.account.message_subscribe(self.agent.partner_id.ids)
        self.account._raise_alarm("Number locked")
        told = self.account.message_ids[0].notified_partner_ids
        self.assertLessEqual(self.agent.partner_id | manager.partner_id, told)

    def test_generated_secrets(self):
        declared = (
            Credential("secret", "Secret"),
            Credential("hook", "Hook", generate=True),
        )
        with patch.object(Example, "credentials", declared):
            accounts = self.account.create(
                [{"name": f"n{n}", "provider": "example"} for n in range(2)]
            )
            values = {a._route().settings["hook"] for a in accounts}
        self.assertEqual(len(values), 2)
        self.assertGreater(min(map(len, values)), 30)

    def test_unknown_credential(self):
        with self.assertRaisesRegex(UserError, "It needs: secret"):
            self.account.set_credentials({"password": "x"})

    # --- connecting ---

    def test_connect(self):
        self.account.action_connect()
        self.assertEqual(self.account.state, "connected")
        self.assertEqual(self.account.address, "@example")

    def test_connect_says_what_is_missing(self):
        account = self.account.create({"name": "New", "provider": "example"})
        with self.assertRaisesRegex(UserError, "Secret"):
            account.action_connect()
        self.assertEqual(account.state, "draft")

    def test_connect_refused_and_unreachable(self):
        for error in (Refused("Wrong token", "190"), RetryLater("Not reachable")):
            with (
                patch.object(Example, "connect", side_effect=error),
                self.assertRaisesRegex(UserError, error.text),
            ):
                self.account.action_connect()

    def test_check_raises_and_ends_the_alarm(self):
        self.account.action_connect()
        with patch.object(Example, "check", side_effect=Refused("Token expired")):
            self.account._check()
        self.assertEqual(self.account.state, "alarm")
        with patch.object(Example, "check", side_effect=RetryLater("Timeout")):
            self.account._check()
        self.assertEqual(self.account.state, "alarm")
        self.account._check()
        self.assertEqual(
            (self.account.state, self.account.state_message), ("connected", False)
        )

    def test_the_alarm_is_told_once(self):
        before = len(self.account.message_ids)
        for _n in range(3):
            self.account._raise_alarm("Token expired")
        told = self.account.message_ids.filtered(lambda m: "Token expired" in m.body)
        self.assertEqual(len(told), 1)
        self.assertGreater(len(self.account.message_ids), before)

    def test_warnings_of_a_working_account(self):
        with patch.object(
            Example,
            "check",
            return_value=Connection("D", "@d", (Note("Webhook late"),)),
        ):
            self.account.action_check()
        self.assertEqual(self.account.state_message, "Webhook late")

    # --- the record ---

    def test_form(self):
        form = Form(self.env["helpdesk.social.account"])
        form.name = "By hand"
        form.provider = "example"
        account = form.save()
        self.assertEqual(account.credential_ids.mapped("name"), ["secret", "page"])
        self.assertIn(account.key, account.webhook_url)

    def test_archived_account_takes_nothing(self):
        self.assertIn(self.account.key, self.account._routes())
        self.account.active = False
        self.assertNotIn(self.account.key, self.account._routes())

    def test_a_copy_has_its_own_key_and_no_secret(self):
        copy = self.account.copy()
        self.assertNotEqual(copy.key, self.account.key)
        self.assertFalse(copy._route().settings["secret"])
        self.assertEqual(copy.state, "draft")

    def test_a_channel_whose_add_on_is_gone(self):
        providers.unregister("example")
        try:
            with self.assertRaisesRegex(UserError, "not installed any more"):
                self.account.action_check()
        finally:
            providers.register(Example)

    def test_third_channel_is_one_file(self):
        """Everything the example needs is in its own file: it can be chosen, has
        its credentials, its ticket channel and its label."""
        selection = dict(self.account._selection_provider())
        self.assertEqual(selection["example"], "Example")
        self.assertEqual(self.account.channel_id.name, "Example")
        other = self.account.create({"name": "Second", "provider": "example"})
        self.assertEqual(other.channel_id, self.account.channel_id)

    def test_two_providers_with_one_code(self):
        class Other(Example):
            pass

        with self.assertRaisesRegex(ValueError, "example"):
            providers.register(Other)

    def test_doctor_report(self):
        with patch.dict(queue_job_config, {"channels": "root:4,root.social_in:2"}):
            report = self.env["helpdesk.social.account"].doctor_report()
        self.assertIn("odoo", report)
        self.assertEqual(report["channels"], "root:4,root.social_in:2")
        self.assertEqual(report["modules"]["social_helpdesk"]["state"], "installed")
        self.assertIn("Example desk", [a["name"] for a in report["accounts"]])
        self.assertNotIn(SECRET, str(report))
        with self.assertRaises(AccessError):
            self.account.with_user(self.agent).doctor_report()
