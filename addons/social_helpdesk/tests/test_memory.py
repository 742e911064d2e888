from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import SocialCase

# what PostgreSQL says when another transaction deleted the row meanwhile
AS_IF_DELETED_BY_ANOTHER = """
    CREATE FUNCTION pg_temp.conflict() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE 'could not serialize access due to concurrent delete'
        USING ERRCODE = 'serialization_failure';
    END $$;
    CREATE TRIGGER conflict BEFORE DELETE ON helpdesk_social_memory
        FOR EACH ROW EXECUTE FUNCTION pg_temp.conflict();
"""


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

    @mute_logger("odoo.sql_db")
    def test_it_is_forgotten_by_two_at_once(self):
        self.memory()["question"] = "HX1"
        self.env.cr.execute(AS_IF_DELETED_BY_ANOTHER)
        self.memory().pop("question", None)
        self.env.cr.execute("DROP TRIGGER conflict ON helpdesk_social_memory")
        self.memory()["question"] = "HX2"
        self.assertEqual(self.memory().get("question"), "HX2")

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
