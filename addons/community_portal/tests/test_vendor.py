"""Spaces, members, companies and settings in the vendor's backend."""

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import CommunityCase


@tagged("post_install", "-at_install")
class TestForms(CommunityCase):
    def form(self, model, record=None):
        model = self.as_(self.vendor, model)
        return Form(model.browse(record.id) if record else model)

    def test_a_space_with_access(self):
        with self.form("community.space") as form:
            form.name = "Projeto"
            form.kind = "group"
            with form.access_ids.new() as line:
                line.right = "see"
                line.organisation_id = self.steel
        space = form.record
        self.assertTrue(
            self.as_(self.ana, "community.space").search([("id", "=", space.id)])
        )
        self.assertFalse(
            self.as_(self.bia, "community.space").search([("id", "=", space.id)])
        )

    def test_a_space_asks_for_each_thing_once(self):
        arch = self.as_(self.vendor, "community.space").get_view(view_type="form")[
            "arch"
        ]
        fields = etree.fromstring(arch).xpath("//field[not(ancestor::field)]/@name")
        self.assertEqual(sorted(fields), sorted(set(fields)))

    def test_a_member(self):
        with self.form("community.member", self.ana) as form:
            form.is_expert = True
        self.assertTrue(self.ana.is_expert)

    def test_a_manager(self):
        with self.form("community.member", self.ana) as form:
            form.is_manager = True
        self.assertTrue(self.ana.is_manager)

    def test_a_policy(self):
        with self.form("community.company.policy") as form:
            form.organisation_id = self.shop
            form.participation = "nobody"
        self.assertFalse(self.as_(self.gil, "community.space").search([]))

    def test_industries_that_compete(self):
        industry = self.env["res.partner.industry"].create({"name": "Aço"})
        (self.steel | self.shop).industry_id = industry
        industry.with_user(self.vendor.user_id).community_compete = True
        self.assertIn(self.shop.id, self.steel._community_rivals())

    def test_agents_look_and_do_not_change(self):
        for record in (self.space, self.ana):
            record = record.with_user(self.agent.user_id)
            self.assertTrue(record.name)
            with self.assertRaises(AccessError):
                record.write({"active": False})


@tagged("post_install", "-at_install")
class TestKeptOut(CommunityCase):
    def keep_out(self, member, change, by=None, **values):
        wizard = self.as_(by or self.vendor, "community.member.state").create(
            {"member_ids": member.ids, "change": change, "reason": "Não foi legal"}
            | values
        )
        return wizard.action_apply()

    def test_suspended_and_let_back_in(self):
        self.keep_out(self.ana, "suspend")
        self.assertEqual(
            (self.ana.state, self.ana.state_reason), ("suspended", "Não foi legal")
        )
        self.ana.with_user(self.vendor.user_id).action_back()
        self.assertEqual(self.ana.state, "active")

    def test_closed_and_let_back_in(self):
        self.keep_out(self.ana, "close")
        self.assertEqual(self.ana.state, "closed")
        self.ana.with_user(self.vendor.user_id).action_back()
        self.assertEqual(self.ana.state, "active")

    def test_a_request(self):
        self.ana.state = self.gil.state = "requested"
        self.ana.with_user(self.vendor.user_id).action_approve()
        self.keep_out(self.gil, "refuse")
        self.assertEqual((self.ana.state, self.gil.state), ("active", "closed"))

    def test_twice_says_so(self):
        self.keep_out(self.ana, "suspend")
        with self.assertRaisesRegex(UserError, "meanwhile"):
            self.keep_out(self.ana, "suspend")

    def test_nobody_else_may(self):
        for member in (self.bia, self.boss, self.agent, self.moderator):
            with self.assertRaises(AccessError):
                self.keep_out(self.ana, "suspend", by=member)
            for name in ("action_approve", "action_back"):
                with self.assertRaises(AccessError):
                    getattr(self.ana.with_user(member.user_id), name)()
        self.assertEqual(self.ana.state, "active")


@tagged("post_install", "-at_install")
class TestStanding(CommunityCase):
    def test_on_companies_and_people(self):
        self.ana.points, self.caio.points = 5, 7
        partners = self.steel | self.ana.partner_id | self.shop.create({"name": "Só"})
        partners = partners.with_user(self.agent.user_id)
        self.assertEqual(partners.mapped("community_points"), [12, 5, 0])
        self.assertEqual(partners.mapped("community_member_count"), [3, 1, 0])

    def test_many_cost_what_one_costs(self):
        partners = self.env["res.partner"].search([], limit=40)
        partners = partners.with_user(self.agent.user_id)
        partners[:1].mapped("community_points")
        partners.invalidate_model(["community_points", "community_member_count"])
        with self.assertQueryCount(2):
            partners.mapped("community_points")

    def test_customers_do_not_read_it(self):
        partner = self.ana.partner_id.with_user(self.ana.user_id)
        with self.assertRaises(AccessError):
            partner.read(["community_points"])

    def test_buttons_lead_to_members(self):
        action = self.steel.action_community_members()
        found = self.env["community.member"].search(action["domain"])
        self.assertEqual(found, self.ana | self.boss | self.caio)
        action = self.ana.user_id.action_community_member()
        self.assertEqual(action["res_id"], self.ana.id)


@tagged("post_install", "-at_install")
class TestSettings(CommunityCase):
    def test_they_are_kept(self):
        settings = self.env["res.config.settings"].create(
            {"community_employer_shown": "hidden", "community_invite_days": 3}
        )
        settings.execute()
        company = self.env.company
        self.assertEqual(company.community_employer_shown, "hidden")
        self.assertEqual(company.community_invite_days, 3)


@tagged("post_install", "-at_install")
class TestMenus(CommunityCase):
    def test_every_menu_opens(self):
        menus = self.env["ir.ui.menu"].search(
            [("id", "child_of", self.env.ref("community_portal.menu_root").id)]
        )
        for menu in menus.filtered("action"):
            action = menu.action
            if action._name != "ir.actions.act_window":
                continue
            with self.subTest(menu.complete_name):
                views = [(False, kind) for kind in action.view_mode.split(",")]
                model = self.env[action.res_model].with_user(self.vendor.user_id)
                if not model.has_access("read"):
                    continue
                self.assertTrue(model.get_views(views, {"toolbar": True})["views"])
