from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import CommunityCase


@tagged("post_install", "-at_install")
class TestMembership(CommunityCase):
    """Who gets in, who decides, and how it ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = cls.env["community.member"]
        cls.newcomer = cls.portal("nina", cls.steel)

    @classmethod
    def portal(cls, login, company=None, email=""):
        user = new_test_user(
            cls.env,
            login=f"community_{login}",
            groups="base.group_portal",
            name=login.capitalize(),
            email=email or f"{login}@alfa.example.com",
        )
        user.lang = "en_US"
        user.partner_id.parent_id = company
        return user

    def join(self, user, reason="I do the invoices"):
        return self.members.with_user(user)._ask_to_join(reason)

    def letters(self, partner):
        return self.env["mail.mail"].search([("recipient_ids", "in", partner.ids)])

    def own_domain(self, name="alfa.example.com", company=None):
        return self.env["community.domain"].create(
            {"name": name, "organisation_id": (company or self.steel).id}
        )

    # --- asking -----------------------------------------------------------------------

    def test_asking_waits_for_the_manager(self):
        member = self.join(self.newcomer)
        self.assertEqual(
            (member.state, member.organisation_id), ("requested", self.steel)
        )
        self.assertEqual(member.reason, "I do the invoices")
        self.assertTrue(self.letters(self.boss.partner_id))
        self.assertFalse(self.letters(self.bia.partner_id))
        member.with_user(self.boss.user_id)._approve_request()
        self.assertEqual(member.state, "active")
        self.assertEqual(member.state_by_id, self.boss.user_id)
        self.assertTrue(self.letters(self.newcomer.partner_id))

    def test_who_waits_finds_nothing(self):
        self.ask()
        self.join(self.newcomer)
        env = self.env(user=self.newcomer)
        for model in ("community.post", "community.space", "community.member"):
            self.assertFalse(env[model].search([]), model)
        with self.assertRaises(UserError):
            env["community.post"]._ask({"space_id": self.space.id, "title": "x"})

    def test_a_reason_is_needed(self):
        with self.assertRaisesRegex(UserError, "Write a sentence"):
            self.join(self.newcomer, "  ")

    def test_a_reason_has_a_limit(self):
        self.assertEqual(len(self.join(self.newcomer, "x" * 9000).reason), 2000)

    def test_asking_once(self):
        self.join(self.newcomer)
        with self.assertRaisesRegex(UserError, "asked already"):
            self.join(self.newcomer)
        self.assertEqual(
            self.members.search_count([("user_id", "=", self.newcomer.id)]), 1
        )

    def test_taking_the_question_back(self):
        member = self.join(self.newcomer)
        self.members.with_user(self.newcomer)._withdraw_request()
        self.assertEqual(member.state, "left")
        self.assertEqual(self.join(self.newcomer), member)
        self.assertEqual(member.state, "requested")

    def test_withdrawing_a_membership_that_is_no_request(self):
        self.members.with_user(self.ana.user_id)._withdraw_request()
        self.assertEqual(self.ana.state, "active")

    def test_staff_do_not_ask(self):
        with self.assertRaises(UserError):
            self.join(self.agent.user_id)

    def test_not_where_the_company_takes_no_part(self):
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "participation": "nobody"}
        )
        with self.assertRaisesRegex(UserError, "does not take part"):
            self.join(self.newcomer)

    # --- at once, by the e-mail domain ------------------------------------------------

    def test_at_once_with_the_company_s_domain(self):
        self.own_domain()
        self.assertEqual(self.join(self.newcomer, "").state, "active")

    def test_not_at_once_by_only_saying_so(self):
        """Anybody can write another address into his account."""
        self.own_domain()
        stranger = self.portal("eva", self.rival, "eva@alfa.example.com")
        self.assertEqual(self.join(stranger).state, "requested")
        alone = self.portal("rui", None, "rui@alfa.example.com")
        self.assertEqual(self.join(alone).state, "requested")
        self.assertEqual(alone.partner_id.commercial_partner_id, alone.partner_id)

    def test_not_for_a_domain_that_looks_alike(self):
        self.own_domain()
        domains = self.env["community.domain"]
        for email in (
            "a@evil-alfa.example.com",
            "a@alfa.example.com.evil.example",
            "a@sub.alfa.example.com",
            "a@alfa.example.com@evil.example",
            "alfa.example.com",
            "",
            False,
        ):
            self.assertFalse(domains._organisation_of(email), email)
        self.assertEqual(domains._organisation_of("A@ALFA.example.COM"), self.steel)

    def test_domains_are_cleaned_and_checked(self):
        self.assertEqual(
            self.own_domain(" @Alfa.Example.com. ").name, "alfa.example.com"
        )
        for name in ("gmail.com", "nothing", "a b.com", "-x.com", "é.com", ""):
            with self.subTest(name), self.assertRaises(UserError):
                self.own_domain(name)
        contact = self.ana.partner_id
        with self.assertRaisesRegex(UserError, "Name the company"):
            self.own_domain("other.example.com", contact)

    # --- who decides ------------------------------------------------------------------

    def test_only_the_own_manager_decides(self):
        member = self.join(self.newcomer)
        rival_boss = self.customer("rboss", self.rival, is_manager=True)
        for other in (self.ana, rival_boss, self.agent, self.bia):
            as_other = member.with_user(other.user_id)
            for change in (
                as_other._approve_request,
                lambda one=as_other: one._refuse_request("No"),
                as_other._close,
                as_other._reopen,
                lambda one=as_other: one._suspend("No"),
                as_other._resume,
            ):
                with self.assertRaises(AccessError):
                    change()
        self.assertEqual(member.state, "requested")

    def test_the_vendor_decides(self):
        member = self.join(self.newcomer)
        member.with_user(self.vendor.user_id)._approve_request()
        self.assertEqual(member.state, "active")

    def test_refusing_says_why(self):
        member = self.join(self.newcomer)
        boss = member.with_user(self.boss.user_id)
        with self.assertRaisesRegex(UserError, "Write a reason"):
            boss._refuse_request(" ")
        boss._refuse_request("Ask Caio first")
        self.assertEqual(
            (member.state, member.state_reason), ("closed", "Ask Caio first")
        )
        self.assertIn(
            "Ask Caio first", self.letters(self.newcomer.partner_id).body_html
        )
        with self.assertRaisesRegex(UserError, "cannot ask again"):
            self.join(self.newcomer)

    def test_answering_twice(self):
        member = self.join(self.newcomer).with_user(self.boss.user_id)
        member._approve_request()
        with self.assertRaisesRegex(UserError, "meanwhile"):
            member._refuse_request("Too late")

    def test_deciding_about_nobody(self):
        nobody = self.members.with_user(self.boss.user_id).browse()
        with self.assertRaises(AccessError):
            nobody._approve_request()

    def test_a_manager_elsewhere_is_none(self):
        """Who changes his employer is not the boss of other people's staff."""
        self.boss.partner_id.parent_id = self.rival
        self.assertEqual(self.boss.organisation_id, self.rival)
        self.assertFalse(self.boss.is_manager)
        with self.assertRaises(AccessError):
            self.bia.with_user(self.boss.user_id)._close()

    # --- how it ends ------------------------------------------------------------------

    def test_leaving_with_the_name(self):
        post = self.ask()
        self.members.with_user(self.ana.user_id)._leave()
        self.assertEqual((self.ana.state, self.ana.name), ("left", "Ana"))
        self.assertFalse(self.as_(self.ana).search([]))
        card = self.ana.with_user(self.caio.user_id)._cards()[self.ana.id]
        self.assertEqual(card["name"], "Ana")
        self.assertIn(self.caio, self.seers(post))

    def test_leaving_without_the_name(self):
        post = self.ask()
        user = self.ana.user_id
        self.members.with_user(user)._leave(keep_name=False)
        card = self.ana.with_user(self.caio.user_id)._cards()[self.ana.id]
        self.assertEqual((card["name"], card["employer"]), ("Former member", ""))
        self.assertIn(self.caio, self.seers(post))
        member = self.join(user)
        self.assertNotEqual(member, self.ana)

    def test_staff_do_not_leave(self):
        with self.assertRaises(UserError):
            self.members.with_user(self.agent.user_id)._leave()

    def test_a_departed_employee(self):
        self.caio.with_user(self.boss.user_id)._close("Left in May")
        self.assertEqual(self.caio.state, "closed")
        self.assertTrue(self.caio.user_id.active)
        self.assertFalse(self.as_(self.caio).search([]))
        with self.assertRaises(UserError):
            self.ask(self.caio)
        self.caio.with_user(self.boss.user_id)._reopen()
        self.assertEqual(self.caio.state, "active")

    def test_the_login_too_where_the_vendor_says_so(self):
        self.env.company.community_close_login = True
        self.caio.with_user(self.boss.user_id)._close()
        self.assertFalse(self.caio.user_id.active)

    def test_not_oneself(self):
        with self.assertRaisesRegex(UserError, "cannot close your own"):
            self.boss.with_user(self.boss.user_id)._close()

    def test_a_manager_does_not_undo_what_the_vendor_did(self):
        boss = self.caio.with_user(self.boss.user_id)
        self.caio.with_user(self.vendor.user_id)._suspend("Insults")
        with self.assertRaises(UserError):
            boss._close()
        with self.assertRaises(AccessError):
            boss._resume()
        self.caio.with_user(self.vendor.user_id)._close("For good")
        with self.assertRaisesRegex(UserError, "closed this membership ourselves"):
            boss._reopen()

    def test_a_suspension_ends(self):
        vendor = self.caio.with_user(self.vendor.user_id)
        vendor._suspend("Insults", fields.Datetime.now() + timedelta(hours=1))
        self.assertFalse(self.as_(self.caio).search([]))
        self.assertIn("Insults", self.letters(self.caio.partner_id).body_html)
        self.members._cron_resume()
        self.assertEqual(self.caio.state, "suspended")
        self.caio.suspended_until = fields.Datetime.now() - timedelta(minutes=1)
        self.members._cron_resume()
        self.assertEqual(
            (self.caio.state, self.caio.suspended_until), ("active", False)
        )

    def test_the_managers_of_a_company(self):
        self.assertEqual(self.ana._managers(), self.boss)
        self.assertFalse(self.bia._managers())
        self.assertFalse(self.agent._managers())
