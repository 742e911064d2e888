from markupsafe import escape

from odoo.tests import TransactionCase, tagged

from .. import providers


@tagged("post_install", "-at_install")
class TestGuide(TransactionCase):
    """Whoever has never done it finds what to do, for every channel."""

    def account(self, provider):
        return self.env["helpdesk.social.account"].create(
            {"name": "Support", "provider": provider}
        )

    def test_every_channel_is_explained_in_both_languages(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        for code, cls in providers.known().items():
            with self.subTest(channel=code):
                account = self.account(code)
                self.assertGreater(len(cls.guide), 2)
                english = account.with_context(lang="en_US").guide_html
                brazil = account.with_context(lang="pt_BR").guide_html
                for step in cls.guide:
                    self.assertIn(escape(step.text), english)
                    self.assertNotIn(escape(step.text), brazil)
                    self.assertTrue(step.url.startswith(("https://", "/", "")))

    def test_what_is_entered_at_the_provider_can_be_copied_and_nothing_else(self):
        account = self.account("whatsapp")
        account.set_credentials({"access_token": "a secret", "app_secret": "another"})
        copied = {c.name: c.to_copy for c in account.credential_ids}
        token = copied.pop("verify_token")
        self.assertEqual(token, account._route().settings["verify_token"])
        self.assertFalse(any(copied.values()))
