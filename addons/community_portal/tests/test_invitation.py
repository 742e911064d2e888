from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.community_invitation import fingerprint
from .common import CommunityCase


class InvitationCase(CommunityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invitations = cls.env["community.invitation"]

    def invite(self, email="paulo@alfa.example.com", who=None, **values):
        who = who or self.boss
        invitations = self.invitations.with_user(who.user_id)
        return invitations._invite(email, values.pop("name", "Paulo Reis"), **values)

    def from_vendor(self, email="paulo@alfa.example.com", company=None, **values):
        invitations = self.invitations.with_user(self.vendor.user_id)
        company = company or self.steel
        values |= {"email": email, "organisation_id": company.id}
        return invitations.create(values).sudo()

    def token(self, invitation, token="t" * 43):
        """Nobody knows the token of an invitation, so a test gives it another."""
        invitation.sudo().token_hash = fingerprint(token)
        return token

    def letter(self, invitation):
        return self.env["mail.mail"].search(
            [("model", "=", invitation._name), ("res_id", "=", invitation.id)],
            order="id desc",
        )


@tagged("post_install", "-at_install")
class TestInvitation(InvitationCase):
    """Who invites whom, and what opens the door."""

    def test_the_letter_has_the_token_and_the_database_does_not(self):
        invitation = self.invite(message="See <b>you</b>")
        letter = self.letter(invitation)
        self.assertEqual(letter.email_to, "paulo@alfa.example.com")
        self.assertIn("See &lt;b&gt;you&lt;/b&gt;", letter.body_html)
        token = letter.body_html.split("/community/invitation/")[1].split('"')[0]
        self.assertEqual(self.invitations._of_token(token), invitation)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(i)::text FROM community_invitation i WHERE id = %s",
            [invitation.id],
        )
        self.assertNotIn(token, self.env.cr.fetchone()[0])

    def test_a_manager_invites_for_his_own_company_alone(self):
        invitation = self.invite()
        self.assertEqual(invitation.organisation_id, self.steel)
        self.assertFalse(invitation.by_vendor)
        self.assertFalse(invitation.as_manager)
        for who in (self.ana, self.bia, self.agent):
            with self.assertRaises(AccessError):
                self.invite(who=who)

    def test_the_vendor_invites_a_manager(self):
        invitation = self.from_vendor(as_manager=True)
        self.assertTrue(invitation.by_vendor)
        self.assertTrue(invitation._accept().is_manager)

    def test_only_companies_are_invited_for(self):
        with self.assertRaisesRegex(UserError, "Choose the company"):
            self.from_vendor(company=self.ana.partner_id)

    def test_no_address(self):
        for email in ("", "paulo", "paulo@", "a b@c", None, 7, "x@y.z\nBcc: a@b.c"):
            with self.subTest(email), self.assertRaises(UserError):
                self.invite(email)

    def test_only_the_company_s_domains_where_the_vendor_says_so(self):
        self.env.company.community_invite_domains_only = True
        self.env["community.domain"].create(
            {"name": "alfa.example.com", "organisation_id": self.steel.id}
        )
        self.invite()
        with self.assertRaisesRegex(UserError, "alfa.example.com"):
            self.invite("paulo@beta.example.com")
        self.env["community.domain"].create(
            {"name": "beta.example.com", "organisation_id": self.rival.id}
        )
        with self.assertRaises(UserError) as caught:
            self.invite("paulo@beta.example.com")
        self.assertNotIn("beta.example.com", str(caught.exception))

    def test_not_too_many_in_a_day(self):
        self.env.company.community_invite_limit = 2
        self.invite("a@alfa.example.com")
        self.invite("b@alfa.example.com")
        with self.assertRaisesRegex(UserError, "Go on tomorrow"):
            self.invite("c@alfa.example.com")
        self.from_vendor("c@alfa.example.com")

    def test_inviting_again_makes_the_first_letter_worthless(self):
        invitation = self.invite()
        token = self.token(invitation)
        self.assertEqual(self.invite(), invitation)
        self.assertFalse(self.invitations._of_token(token))
        self.assertEqual(len(self.letter(invitation)), 2)

    def test_of_colleagues_alone_one_learns_that_they_are_here(self):
        with self.assertRaisesRegex(UserError, "is here already"):
            self.invite(self.ana.partner_id.email)
        self.assertTrue(self.invite(self.bia.partner_id.email))

    def test_withdrawing(self):
        invitation = self.invite()
        token = self.token(invitation)
        for who in (self.ana, self.customer("rboss", self.rival, is_manager=True)):
            with self.assertRaises(AccessError):
                invitation.with_user(who.user_id)._withdraw()
        invitation.with_user(self.boss.user_id)._withdraw()
        self.assertFalse(self.invitations._of_token(token))
        with self.assertRaisesRegex(UserError, "already"):
            invitation.with_user(self.vendor.user_id)._withdraw()

    def test_a_closed_manager_s_invitations_end(self):
        token = self.token(self.invite())
        self.boss.with_user(self.vendor.user_id)._close()
        self.assertFalse(self.invitations._of_token(token))

    def test_what_opens_nothing(self):
        invitation = self.invite()
        token = self.token(invitation)
        self.assertEqual(self.invitations._of_token(token), invitation)
        for wrong in ("", "t", "t" * 42, token + "x", invitation.token_hash, None, 5):
            self.assertFalse(self.invitations._of_token(wrong), wrong)
        invitation.sudo().expires = fields.Datetime.now() - timedelta(seconds=1)
        self.assertFalse(self.invitations._of_token(token))

    # --- accepting --------------------------------------------------------------------

    def test_a_new_person_gets_a_login_in_that_company(self):
        member = self.invite()._accept()
        user = member.user_id
        self.assertEqual(
            (user.login, user.name, member.state),
            ("paulo@alfa.example.com", "Paulo Reis", "active"),
        )
        self.assertTrue(user.has_group("base.group_portal"))
        self.assertFalse(user.has_group("base.group_user"))
        self.assertEqual(member.organisation_id, self.steel)
        self.assertTrue(member._needs_rules())

    def test_a_contact_of_the_company_is_taken(self):
        contact = self.env["res.partner"].create(
            {
                "name": "Paulo",
                "email": "Paulo@alfa.example.com",
                "parent_id": self.steel.id,
            }
        )
        self.assertEqual(self.invite()._accept().partner_id, contact)

    def test_another_company_s_contact_is_left_alone(self):
        contact = self.env["res.partner"].create(
            {
                "name": "Paulo",
                "email": "paulo@alfa.example.com",
                "parent_id": self.rival.id,
            }
        )
        self.assertNotEqual(self.invite()._accept().partner_id, contact)

    def test_an_account_without_a_company_is_attached(self):
        user = self.customer("livre", self.shop).user_id
        user.partner_id.parent_id = False
        member = self.invite(user.partner_id.email)._accept()
        self.assertEqual(member.user_id, user)
        self.assertEqual(member.organisation_id, self.steel)

    def test_accounts_of_others_do_not_change_sides(self):
        for other in (self.bia, self.agent):
            email = other.user_id.login
            if "@" not in email:
                other.user_id.login = email = f"{email}@x.example.com"
            invitation = self.from_vendor(email)
            with self.assertRaisesRegex(UserError, "another company"):
                invitation._accept()
        self.assertEqual(self.bia.organisation_id, self.rival)

    def test_a_person_who_waits_or_came_back(self):
        self.caio.state = "left"
        self.invite(self.caio.partner_id.email)._accept()
        self.assertEqual(self.caio.state, "active")

    def test_not_around_the_vendor(self):
        email = self.caio.partner_id.email
        self.caio.with_user(self.vendor.user_id)._close()
        with self.assertRaisesRegex(UserError, "stopped by us"):
            self.invite(email)._accept()
        self.caio.state = "suspended"
        self.invitations.search([]).unlink()
        with self.assertRaisesRegex(UserError, "stopped by us"):
            self.from_vendor(email)._accept()

    def test_twice_is_once(self):
        invitation = self.invite()
        member = invitation._accept()
        self.assertEqual(invitation._accept(), member)
        self.env["res.users.log"].with_user(member.user_id).sudo().create({})
        member.user_id.invalidate_recordset(["login_date"])
        with self.assertRaisesRegex(UserError, "used already"):
            invitation._accept()

    # --- an address that says where one works -----------------------------------------

    def confirming(self):
        self.env["community.domain"].create(
            {"name": "alfa.example.com", "organisation_id": self.steel.id}
        )
        user = self.customer("livre", self.steel).user_id
        self.env["community.member"].search([("user_id", "=", user.id)]).unlink()
        user.partner_id.parent_id = False
        return user

    def test_confirming_an_address(self):
        user = self.confirming()
        invitation = self.invitations.with_user(user)._confirm_address()
        self.assertEqual(self.letter(invitation).email_to, user.partner_id.email)
        self.assertTrue(invitation._is_for(user))
        self.assertFalse(invitation._is_for(self.bia.user_id))
        self.assertEqual(invitation._accept().organisation_id, self.steel)
        self.assertEqual(user.partner_id.parent_id, self.steel)

    def test_one_letter_at_a_time(self):
        invitations = self.invitations.with_user(self.confirming())
        invitation = invitations._confirm_address()
        with self.assertRaisesRegex(UserError, "on its way"):
            invitations._confirm_address()
        invitation.sudo().expires = fields.Datetime.now() - timedelta(days=1)
        self.assertEqual(invitations._confirm_address(), invitation)
        self.assertEqual(len(self.letter(invitation)), 2)

    def test_nothing_to_confirm(self):
        user = self.confirming()
        user.partner_id.email = "livre@nowhere.example.com"
        with self.assertRaisesRegex(UserError, "no company"):
            self.invitations.with_user(user)._confirm_address()
