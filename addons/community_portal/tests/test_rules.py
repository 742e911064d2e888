from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CommunityCase


@tagged("post_install", "-at_install")
class TestHouseRules(CommunityCase):
    """A new version is agreed to before anybody goes on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["community.rules"]

    def publish(self, body="<p>Be kind</p>"):
        draft = self.rules.with_user(self.vendor.user_id).create({"body": body})
        draft.action_publish()
        return draft

    def test_one_version_is_in_force(self):
        before = self.rules._current().version
        draft = self.rules.create({"body": "<p>New</p>"})
        self.assertEqual(self.rules._current().version, before)
        draft.action_publish()
        self.assertEqual(self.rules._current(), draft)
        self.assertEqual(draft.version, before + 1)
        self.assertTrue(draft.published)

    def test_what_was_agreed_to_stays(self):
        rules = self.publish()
        for change in (
            lambda: rules.write({"body": "<p>Give us your house</p>"}),
            lambda: rules.write({"version": 99}),
            rules.unlink,
            rules.action_publish,
        ):
            with self.assertRaises(UserError):
                change()

    def test_empty_rules_are_none(self):
        with self.assertRaisesRegex(UserError, "Write the rules"):
            self.publish("<p><br></p>")

    def test_a_copy_is_a_draft(self):
        self.assertEqual(self.publish().copy().version, 0)

    def test_until_agreed_nothing_is_found(self):
        post = self.ask()
        rules = self.publish()
        self.assertFalse(self.as_(self.caio).search([]))
        self.assertFalse(self.as_(self.caio, "community.space").search([]))
        for write in (self.ask, lambda: self.reply(post)):
            with self.assertRaisesRegex(UserError, "new version"):
                write()
        mine = self.as_(self.caio, "community.member")._of_mine()
        self.assertTrue(mine._needs_rules())
        mine._accept_rules(rules.version)
        self.assertIn(self.caio, self.seers(post))
        self.reply(post)

    def test_agreeing_leaves_a_proof(self):
        rules = self.publish()
        self.caio._accept_rules(rules.version)
        self.caio._accept_rules(rules.version)
        self.assertEqual(rules.acceptance_ids.member_id, self.caio)
        self.assertEqual(rules.acceptance_count, 1)
        self.assertTrue(rules.acceptance_ids.at)

    def test_agreeing_to_what_one_has_not_read(self):
        old = self.publish()
        self.publish("<p>Newer</p>")
        with self.assertRaisesRegex(UserError, "read again"):
            self.caio._accept_rules(old.version)

    def test_the_vendor_s_people_made_them(self):
        self.publish()
        self.assertFalse(self.agent._needs_rules())
        self.ask(self.agent)

    def test_only_administrators_write_them(self):
        draft = self.rules.create({"body": "<p>New</p>"})
        for who in (self.ana, self.boss, self.agent):
            as_who = draft.with_user(who.user_id)
            for change in (
                as_who.action_publish,
                lambda one=as_who: one.write({"body": "x"}),
                lambda one=as_who: one.create({"body": "x"}),
                as_who.unlink,
            ):
                with self.assertRaises(AccessError):
                    change()

    def test_asking_costs_no_query(self):
        member = self.as_(self.caio, "community.member")
        member._me()
        with self.assertQueryCount(0):
            member._me()
