from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import SocialCase


@tagged("post_install", "-at_install")
class TestMemory(SocialCase):
    """What an adapter finds again the next time it sends."""

    def memory(self, account=None):
        return (account or self.account)._provider().account.memory

    def test_it_is_there_the_next_time(self):
        self.memory()["question"] = "HX1"
        self.assertEqual(self.memory().get("question"), "HX1")
        self.memory()["question"] = "HX2"
        self.assertEqual(dict(self.memory()), {"question": "HX2"})
        self.assertEqual(len(self.memory()), 1)

    def test_it_can_be_forgotten(self):
        self.memory()["question"] = "HX1"
        self.assertEqual(self.memory().pop("question", None), "HX1")
        self.assertIsNone(self.memory().pop("question", None))
        self.assertNotIn("question", self.memory())

    def test_each_account_has_its_own(self):
        self.memory()["question"] = "HX1"
        self.assertNotIn("question", self.memory(self.account.copy()))

    def test_it_goes_with_the_account(self):
        other = self.account.copy()
        self.memory(other)["question"] = "HX1"
        other.unlink()
        found = self.env["helpdesk.social.memory"].search([("name", "=", "question")])
        self.assertFalse(found)

    def test_nobody_looks_at_it(self):
        manager = new_test_user(
            self.env, "nosy", groups="helpdesk_mgmt.group_helpdesk_manager"
        )
        with self.assertRaises(AccessError):
            self.env["helpdesk.social.memory"].with_user(manager).search([])
