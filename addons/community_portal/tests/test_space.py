from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CommunityCase


@tagged("post_install", "-at_install")
class TestSpace(CommunityCase):
    def spaces_of(self, member, right="see"):
        return self.as_(member, "community.space")._ids_for(right)

    def restrict(self, right="see", **grantee):
        self.space.access_ids = [(0, 0, {"right": right} | grantee)]

    def who(self, right="see"):
        return self.everyone.filtered(
            lambda m: self.space.id in self.spaces_of(m, right)
        )

    def test_a_company(self):
        self.restrict(organisation_id=self.steel.id)
        self.assertEqual(self.who(), self.everyone - self.bia - self.gil)

    def test_an_industry(self):
        self.shop.industry_id = self.env["res.partner.industry"].create({"name": "X"})
        self.restrict(industry_id=self.shop.industry_id.id)
        staff = self.agent | self.moderator | self.vendor
        self.assertEqual(self.who(), self.gil | staff)

    def test_a_space_of_another_company_of_the_database(self):
        other = self.env["res.company"].create({"name": "Filial"})
        self.space.company_id = other
        self.assertFalse(self.who())
        self.assertFalse(self.who("moderate"))
        (self.gil | self.agent).user_id.company_ids += other
        self.assertEqual(self.who(), self.gil | self.agent)

    def test_a_person(self):
        self.restrict(member_id=self.bia.id)
        self.assertEqual(self.who(), self.bia | self.vendor)

    def test_a_group(self):
        self.restrict(group_id=self.env.ref("base.group_user").id)
        self.assertEqual(self.who(), self.agent | self.moderator | self.vendor)

    def test_who_may_post(self):
        self.restrict("post", organisation_id=self.shop.id)
        self.assertEqual(
            self.who("post"), self.gil | self.agent | self.moderator | self.vendor
        )
        with self.assertRaises(UserError):
            self.ask(self.ana)

    def test_who_may_moderate(self):
        self.assertEqual(self.who("moderate"), self.moderator | self.vendor)
        self.restrict("moderate", member_id=self.gil.id)
        self.assertEqual(self.who("moderate"), self.gil | self.moderator | self.vendor)

    def test_levels_of_posting(self):
        post = self.ask()
        self.space.posting = "reply"
        with self.assertRaises(UserError):
            self.ask(self.ana)
        self.assertTrue(self.reply(post))
        self.space.posting = "vendor"
        with self.assertRaises(UserError):
            self.reply(post)
        self.assertTrue(self.reply(post, self.agent))

    def test_points_are_asked_for(self):
        self.space.min_level_points = 50
        with self.assertRaisesRegex(UserError, "50 points"):
            self.ask(self.ana)
        self.assertTrue(self.ask(self.agent))

    def test_an_archived_space_is_gone(self):
        self.space.active = False
        self.assertFalse(self.who())

    def test_audiences_are_what_the_space_offers(self):
        self.space.write({"allow_everybody": False, "allow_vendor": False})
        self.assertEqual(self.space._audiences(), ["not_competitors", "company"])
        self.assertEqual(self.ask().sudo().audience, "not_competitors")
        with self.assertRaises(UserError):
            self.ask(audience="everybody")

    def test_a_company_takes_no_part(self):
        policy = self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "participation": "nobody"}
        )
        people = self.ana | self.caio | self.boss
        self.assertEqual(self.who(), self.everyone - people)
        policy.participation = "read"
        self.assertEqual(self.who(), self.everyone)
        self.assertEqual(self.who("post"), self.everyone - people)

    def test_a_company_chooses_its_spaces(self):
        other = self.env["community.space"].create({"name": "Estoque"})
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "space_ids": [(6, 0, other.ids)]}
        )
        people = self.ana | self.caio | self.boss
        self.assertEqual(self.who(), self.everyone - people)
