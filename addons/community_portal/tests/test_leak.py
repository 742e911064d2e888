from odoo import fields
from odoo.tests import tagged

from odoo.addons.moderation.exceptions import Coached, Refused
from odoo.addons.moderation.tests.common import CPF

from .common import CommunityCase


@tagged("post_install", "-at_install")
class TestLeak(CommunityCase):
    """The boss is told that something was stopped, and nothing of what it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["moderation.rule.set"].search([]).active = False
        places = cls.env["moderation.place"].search([("code", "=", "community")])
        cls.set = cls.env["moderation.rule.set"].create(
            {"name": "Test", "place_ids": [fields.Command.set(places.ids)]}
        )
        cls.leaks = cls.env["community.policy.leak"]

    def rule(self, action, category="personal", **values):
        rule = self.env["moderation.rule"].create(
            {
                "name": action,
                "set_id": self.set.id,
                "kind": "confidential",
                "action": action,
                "category_id": self.env.ref(f"moderation.category_{category}").id,
            }
            | values
        )
        rule._switch_on()
        return rule

    def attempt(self, error, who=None):
        """Write something confidential, be refused, and roll back as a request
        does."""
        with self.assertRaises(error):
            self.ask(who, body=f"<p>O CPF dele: {CPF}</p>")
        with self.enter_registry_test_mode():
            self.env.cr.postrollback.run()
        return self.ours()

    def ours(self):
        companies = self.steel | self.rival | self.shop | self.gil.partner_id
        return self.leaks.search([("organisation_id", "in", companies.ids)])

    def letters(self, member):
        return self.env["mail.mail"].search(
            [
                ("recipient_ids", "in", member.partner_id.ids),
                ("model", "=", "community.policy.leak"),
            ]
        )

    def test_coached(self):
        self.rule("coach")
        leak = self.attempt(Coached)
        self.assertEqual(leak.organisation_id, self.steel)
        self.assertEqual((leak.member_id, leak.space_id), (self.ana, self.space))
        self.assertEqual((leak.action, leak.category_id.code), ("coach", "personal"))

    def test_blocked(self):
        self.rule("block", "secret")
        self.assertEqual(self.attempt(Refused).action, "block")

    def test_held(self):
        self.rule("hold", "confidential")
        self.ask(body=f"<p>O CPF dele: {CPF}</p>")
        leak = self.ours()
        self.assertEqual((leak.action, leak.member_id), ("hold", self.ana))

    def test_rude_words_are_no_leak(self):
        self.rule("block", "insult")
        self.assertFalse(self.attempt(Refused))

    def test_told_without_the_text(self):
        self.rule("coach")
        leak = self.attempt(Coached)
        letter = self.letters(self.boss)
        self.assertEqual(len(letter), 1)
        for secret in (CPF, "O CPF dele", "NF-e rejeitada"):
            self.assertNotIn(secret, letter.body_html)
            self.assertNotIn(secret, str(leak.read()))
        self.assertIn("Ana", letter.body_html)
        for other in (self.ana, self.caio, self.bia, self.gil):
            self.assertFalse(self.letters(other))

    def test_one_letter_for_ten_attempts(self):
        self.rule("coach")
        for _attempt in range(3):
            self.attempt(Coached)
        self.assertEqual(len(self.letters(self.boss)), 1)
        self.assertEqual(len(self.ours()), 3)

    def test_on_the_own_boss_s_page_alone(self):
        self.rule("coach")
        self.attempt(Coached)
        rival_boss = self.customer("rboss", self.rival, is_manager=True)
        policies = self.env["community.company.policy"]
        [shown] = policies.with_user(self.boss.user_id)._leaks()
        self.assertEqual((shown["who"], shown["space"]), ("Ana", "Fiscal"))
        self.assertFalse(policies.with_user(rival_boss.user_id)._leaks())

    def test_of_nobody_s_company(self):
        """A person without an employer has no boss to tell."""
        self.gil.partner_id.parent_id = False
        self.rule("coach")
        self.assertFalse(self.attempt(Coached, self.gil))

    def test_not_kept_for_ever(self):
        self.rule("coach")
        leak = self.attempt(Coached)
        self.leaks._gc_old()
        self.assertTrue(leak.exists())
        leak.at = fields.Datetime.subtract(fields.Datetime.now(), months=13)
        self.leaks._gc_old()
        self.assertFalse(leak.exists())
