import json
import zipfile
from io import BytesIO

from lxml import html

from odoo import fields, http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from . import test_invitation
from .test_policy import EVENING, NOON, OFFICE

as_datetime = fields.Datetime.to_datetime


class DoorCase(test_invitation.InvitationCase, HttpCase):
    """The pages of joining, of a company's manager and of one's own data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        for user in cls.everyone.user_id:
            user.write({"password": user.login, "lang": "en_US"})
        cls.company_url = "/my/community/company"

    def enter(self, member=None):
        if member:
            user = member if member._name == "res.users" else member.user_id
            self.authenticate(user.login, user.login)
        else:
            self.authenticate(None, None)
        self.opener.cookies["frontend_lang"] = "en_US"

    def page(self, url, member=None):
        """:return: the text of a page, without its menus"""
        self.enter(member)
        return self.text(self.url_open(url))

    def text(self, response, status=200):
        self.assertEqual(response.status_code, status)
        content = html.fromstring(response.text).xpath("//*[@id='wrap']")[0]
        return " ".join(content.text_content().split())

    def send(self, url, member=None, token=True, **data):
        """Send a form."""
        self.enter(member)
        if token:
            data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(url, data=data or {"x": 1})

    def newcomer(self, login="nina", company=None):
        user = self.customer(login, company or self.steel).user_id
        user.write({"password": user.login, "lang": "en_US"})
        self.env["community.member"].search([("user_id", "=", user.id)]).unlink()
        return user


@tagged("post_install", "-at_install")
class TestJoinPage(DoorCase):
    def test_every_page_leads_here(self):
        user = self.newcomer()
        self.enter(user)
        for url in ("/my/community", self.company_url, "/my/community/saved"):
            self.assertTrue(self.url_open(url).url.endswith("/my/community/join"), url)

    def test_not_without_a_login(self):
        self.enter()
        for url in ("/my/community/join", self.company_url, "/my/community/privacy"):
            self.assertIn("/web/login", self.url_open(url).url)

    def test_nothing_of_the_inside(self):
        self.ask(title="Segredo de dentro")
        text = self.page("/my/community/join", self.newcomer())
        for inside in ("Segredo de dentro", "Fiscal", "Ana", "Gil"):
            self.assertNotIn(inside, text)

    def test_asking_waiting_and_going_in(self):
        user = self.newcomer()
        self.assertIn(
            "what you do with the product", self.page("/my/community/join", user)
        )
        text = self.text(self.send("/my/community/join/ask", user, reason=" "))
        self.assertIn("Write a sentence", text)
        text = self.text(
            self.send("/my/community/join/ask", user, reason="<b>Invoices</b>")
        )
        self.assertIn("Somebody is reading your request", text)
        self.assertIn("<b>Invoices</b>", text)
        member = self.env["community.member"].search([("user_id", "=", user.id)])
        member.with_user(self.boss.user_id)._approve_request()
        text = self.page("/my/community", user)
        self.assertIn("House rules", text)
        text = self.text(self.send("/my/community/join/rules", user, version="1"))
        self.assertIn("Tick that you agree", text)
        for version in ("0", "99", "x", "²", "9" * 30):
            answer = self.send(
                "/my/community/join/rules", user, version=version, agree="1"
            )
            self.assertIn("read again", self.text(answer), version)
        version = self.env["community.rules"]._current().version
        answer = self.send("/my/community/join/rules", user, version=version, agree="1")
        self.assertTrue(answer.url.endswith("/my/community"), answer.url)

    def test_taking_it_back(self):
        user = self.newcomer()
        self.send("/my/community/join/ask", user, reason="Invoices")
        text = self.text(self.send("/my/community/join/withdraw", user))
        self.assertIn("Join the community", text)

    def test_at_once(self):
        self.env["community.domain"].create(
            {"name": "alfa.example.com", "organisation_id": self.steel.id}
        )
        user = self.newcomer()
        self.assertIn("come in right away", self.page("/my/community/join", user))
        self.assertIn(
            "House rules", self.text(self.send("/my/community/join/ask", user))
        )

    def test_who_was_stopped_reads_why(self):
        self.caio.with_user(self.vendor.user_id)._suspend("Insults <i>twice</i>")
        text = self.page("/my/community", self.caio)
        self.assertIn("Your membership pauses", text)
        self.assertIn("Insults <i>twice</i>", text)
        text = self.text(
            self.send("/my/community/join/ask", self.caio, reason="Please")
        )
        self.assertIn("cannot ask again here", text)

    def test_members_and_staff(self):
        self.enter(self.ana)
        self.assertTrue(
            self.url_open("/my/community/join").url.endswith("/my/community")
        )
        self.enter(self.agent)
        self.assertNotIn("join", self.url_open("/my/community/join").url)

    @mute_logger("odoo.http")
    def test_not_without_the_token(self):
        user = self.newcomer()
        answer = self.send("/my/community/join/ask", user, token=False, reason="x")
        self.assertEqual(answer.status_code, 400)

    def test_the_card_and_the_menu(self):
        self.enter(self.ana)
        page = self.url_open("/my").text
        self.assertEqual(page.count('href="/my/community"'), 2)


@tagged("post_install", "-at_install")
class TestInvitationPage(DoorCase):
    def url(self, invitation):
        return f"/community/invitation/{self.token(invitation)}"

    def test_what_is_none_looks_the_same(self):
        """Used, taken back, expired, never been: one page, whoever looks."""
        self.ask(title="Segredo de dentro")
        expired, withdrawn = self.invite("a@alfa.example.com"), self.invite()
        expired.sudo().expires = "2020-01-01"
        urls = [self.url(expired), "/community/invitation/" + "x" * 43]
        self.token(withdrawn, "w" * 43)
        withdrawn.with_user(self.boss.user_id)._withdraw()
        urls.append("/community/invitation/" + "w" * 43)
        urls.append("/community/invitation/1")
        self.enter()
        pages = set()
        for url in urls:
            answer = self.url_open(url)
            self.assertEqual(answer.status_code, 404)
            pages.add(self.text(answer, 404))
            self.assertEqual(
                self.text(self.send(f"{url}/accept"), 404), pages.copy().pop()
            )
        self.assertEqual(len(pages), 1)
        page = pages.pop()
        self.assertIn("This invitation does not work", page)
        for leak in ("Alfa", "alfa.example.com", "Boss", "Segredo", "Fiscal"):
            self.assertNotIn(leak, page)

    def test_looking_changes_nothing(self):
        invitation = self.invite()
        text = self.page(self.url(invitation))
        self.assertIn("Boss invites you", text)
        self.assertIn("Aços Alfa", text)
        self.assertNotIn("Fiscal", text)
        self.assertEqual(invitation.sudo().state, "sent")
        self.assertFalse(
            self.env["res.users"].search([("login", "=", invitation.email)])
        )

    def test_the_address_stays_secret(self):
        answer = self.url_open(self.url(self.invite()))
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_from_the_letter_into_the_room(self):
        invitation = self.invite()
        url = self.url(invitation)
        answer = self.send(f"{url}/accept")
        self.assertIn("/web/signup", answer.url)
        form = html.fromstring(answer.text).xpath("//form[input or .//input]")[-1]
        fields = {
            field.get("name"): field.get("value") or ""
            for field in form.xpath(".//input[@name]")
        }
        password = "Uma-senha-9-boa"
        fields |= {"password": password, "confirm_password": password}
        self.assertEqual(fields["login"], "paulo@alfa.example.com")
        answer = self.url_open(answer.url, data=fields)
        self.assertTrue(answer.url.endswith("/my/community/join"), answer.url)
        self.assertIn("House rules", self.text(answer))
        member = invitation.sudo().member_id
        self.assertEqual((member.state, member.organisation_id), ("active", self.steel))
        self.enter()
        self.assertEqual(self.url_open(url).status_code, 404, "used")

    def test_the_tab_was_closed_before_the_password(self):
        url = self.url(self.invite())
        self.send(f"{url}/accept")
        self.assertIn("You are invited", self.page(url))
        self.assertIn("/web/signup", self.send(f"{url}/accept").url)

    def test_who_has_a_login_uses_it(self):
        user = self.newcomer()
        self.env["res.users.log"].with_user(user).sudo().create({})
        url = self.url(self.invite(user.partner_id.email))
        self.assertIn("/web/login", self.send(f"{url}/accept").url)
        answer = self.send(f"{url}/accept", user)
        self.assertTrue(answer.url.endswith("/my/community/join"), answer.url)

    def test_passed_on_to_somebody_else(self):
        invitation = self.invite()
        url = self.url(invitation)
        self.assertIn("for somebody else", self.page(url, self.bia))
        self.send(f"{url}/accept", self.bia)
        self.assertEqual(invitation.sudo().state, "sent")
        self.assertEqual(self.bia.organisation_id, self.rival)

    def test_an_account_of_another_company(self):
        url = self.url(self.from_vendor(self.bia.partner_id.email))
        text = self.text(self.send(f"{url}/accept", self.bia))
        self.assertIn("belongs to another company", text)


@tagged("post_install", "-at_install")
class TestCompanyPage(DoorCase):
    def change(self, path, member=None, **data):
        return self.send(f"{self.company_url}/{path}", member or self.boss, **data)

    def test_for_managers_alone(self):
        for member in (self.ana, self.bia, self.agent):
            self.enter(member)
            answer = self.url_open(self.company_url)
            self.assertEqual(answer.status_code, 404)
            self.assertNotIn("Aços Alfa", answer.text)

    def test_one_s_own_company(self):
        self.env["community.invitation"].with_user(self.boss.user_id)._invite(
            "paulo@alfa.example.com"
        )
        text = self.page(self.company_url, self.boss)
        for shown in ("Ana", "Caio", "paulo@alfa.example.com", "Hours saved"):
            self.assertIn(shown, text)
        for other in ("Bia", "Gil", "Metais Beta", "Mercado Gama"):
            self.assertNotIn(other, text)

    def test_inviting(self):
        answer = self.change("invite", email="nobody", name="<b>P</b>", message="Oi")
        text = self.text(answer)
        self.assertIn("is no e-mail address", text)
        self.assertIn(
            "&lt;b&gt;P&lt;/b&gt;", answer.text, "what was typed is still there"
        )
        answer = self.change("invite", email="paulo@alfa.example.com", name="Paulo")
        self.assertIn("Done.", self.text(answer))
        invitation = self.invitations.search([("email", "=", "paulo@alfa.example.com")])
        answer = self.change(f"invitation/{invitation.id}/withdraw")
        self.assertNotIn("paulo@alfa.example.com", self.text(answer))

    def test_people(self):
        user = self.newcomer()
        member = self.env["community.member"].with_user(user)._ask_to_join("Invoices")
        self.assertIn("Invoices", self.page(self.company_url, self.boss))
        self.change(f"person/{member.id}/approve")
        self.assertEqual(member.state, "active")
        self.change(f"person/{member.id}/close", reason="Left")
        self.assertEqual((member.state, member.state_reason), ("closed", "Left"))
        self.change(f"person/{member.id}/reopen")
        self.assertEqual(member.state, "active")

    def test_posts(self):
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "participation": "approve"}
        )
        post = self.ask(title="Minha pergunta")
        self.assertIn("Minha pergunta", self.page(self.company_url, self.boss))
        text = self.text(self.change(f"post/{post.id}/refuse", reason=""))
        self.assertIn("Write a reason", text)
        self.change(f"post/{post.id}/approve")
        self.assertEqual(post.sudo().approval, "free")

    def test_numbers_of_others(self):
        """What is another company's, and what is not there, sound the same."""
        theirs = self.from_vendor("x@beta.example.com", self.rival)
        post = self.ask(self.bia)
        before = (self.bia.state, theirs.state, post.sudo().approval)
        texts = set()
        for number in (self.bia.id, 0, 2**31, 2**63):
            for path in (f"person/{number}/close", f"post/{number}/approve"):
                texts.add(self.error(self.change(path)))
        for path in (
            f"invitation/{theirs.id}/withdraw",
            f"post/{post.id}/approve",
            f"person/{self.ana.id}/sack",
            f"person/{self.ana.id}/_close",
            f"person/{self.ana.id}/unlink",
        ):
            texts.add(self.error(self.change(path)))
        self.assertEqual(len(texts), 1)
        self.assertEqual((self.bia.state, theirs.state, post.sudo().approval), before)

    def error(self, answer):
        alert = html.fromstring(answer.text).xpath("//div[@role='alert']")
        return alert[0].text_content() if alert else answer.text

    def test_no_perks_of_others(self):
        self.assertTrue(self.error(self.change("perk/999999/agree")))

    def test_the_policy(self):
        policies = self.env["community.company.policy"]
        form = {
            "participation": "approve",
            "spaces": "some",
            "space_ids": [str(self.space.id)],
            "hours_only": "1",
            "days": ["0", "2"],
            "start": "08:30",
            "end": "17:00",
            "tz": "America/Sao_Paulo",
        }
        self.assertIn("Done.", self.text(self.change("policy", **form)))
        policy = policies.search([("organisation_id", "=", self.steel.id)])
        self.assertEqual(policy.participation, "approve")
        self.assertEqual(policy.space_ids, self.space)
        hours = policy._hours_shown("UTC")
        self.assertEqual((hours["days"], hours["start"]), (["0", "2"], 8.5))
        for wrong in (
            {"participation": "everything"},
            {"start": "99:99"},
            {"start": "x"},
            {"end": ""},
            {"tz": "Mars"},
            {"days": []},
            {"space_ids": ["-1", "x"]},
        ):
            answer = self.change("policy", **(form | wrong))
            self.assertNotIn("Done.", self.text(answer), wrong)
        self.assertEqual(policy.participation, "approve")

    def test_a_closed_company_can_be_opened_again(self):
        self.change("policy", participation="nobody", spaces="all")
        text = self.page(self.company_url, self.boss)
        self.assertIn("Nobody takes part", text)
        self.change("policy", participation="free", spaces="all")
        self.assertIn(self.caio, self.seers(self.ask()))

    def test_outside_the_hours_the_page_says_so(self):
        policies = self.env["community.company.policy"].with_user(self.boss.user_id)
        policies._save({"participation": "free", "hours": OFFICE})
        hours = "working hours only"
        for moment, shown in ((EVENING, True), (NOON, False)):
            self.patch(fields.Datetime, "now", lambda at=moment: as_datetime(at))
            self.assertEqual(hours in self.page("/my/community", self.ana), shown)
            self.assertNotIn(hours, self.page("/my/community", self.gil))

    def test_a_closed_company_s_people_read_why_it_is_empty(self):
        self.change("policy", participation="nobody", spaces="all")
        text = self.page("/my/community", self.ana)
        self.assertIn("does not take part in the community", text)
        self.assertNotIn("Fiscal", text)


@tagged("post_install", "-at_install")
class TestPrivacyPage(DoorCase):
    def test_download(self):
        self.ask(title="Minha")
        answer = self.send("/my/community/privacy/export", self.ana)
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        archive = zipfile.ZipFile(BytesIO(answer.content))
        data = json.loads(archive.read("data.json"))
        self.assertEqual(data["community.post"][0]["title"], "Minha")
        self.assertIn(
            "A copy of the data", self.page("/my/community/privacy", self.ana)
        )

    def test_asking_and_thinking_again(self):
        text = self.text(self.send("/my/community/privacy/ask", self.ana, kind="x"))
        self.assertIn("Choose what is to be done", text)
        text = self.text(self.send("/my/community/privacy/ask", self.ana, kind="erase"))
        self.assertIn("answered until", text)
        mine = self.env["community.privacy.request"].search(
            [("member_number", "=", self.ana.id)]
        )
        self.send(f"/my/community/privacy/{mine.id}/withdraw", self.bia)
        self.assertTrue(mine.exists(), "nobody else's")
        self.send(f"/my/community/privacy/{mine.id}/withdraw", self.ana)
        self.assertFalse(mine.exists())

    def test_leaving(self):
        text = self.text(self.send("/my/community/privacy/leave", self.ana))
        self.assertIn("Say whether your name stays", text)
        user = self.ana.user_id
        answer = self.send("/my/community/privacy/leave", user, name="drop")
        self.assertTrue(self.ana.anonymous)
        self.assertIn("There is none", self.text(answer))

    def test_who_is_outside(self):
        self.assertIn(
            "There is none", self.page("/my/community/privacy", self.newcomer())
        )
        self.caio.with_user(self.vendor.user_id)._suspend("x")
        self.assertIn("Download my data", self.page("/my/community/privacy", self.caio))
        answer = self.send("/my/community/privacy/export", self.caio)
        self.assertEqual(answer.headers["Content-Type"], "application/zip")

    def test_for_the_vendor(self):
        self.ask(title="Minha")
        url = f"/community/privacy/{self.ana.id}/export"
        for who in (self.ana, self.boss, self.bia, self.agent):
            self.enter(who)
            self.assertEqual(self.url_open(url).status_code, 404)
        self.enter(self.vendor)
        answer = self.url_open(url)
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        self.assertEqual(
            self.url_open("/community/privacy/999999/export").status_code, 404
        )
        proof = self.env["community.privacy.request"].search(
            [("member_number", "=", self.ana.id)]
        )
        self.assertEqual(proof.asked_by, self.vendor.user_id.id)
