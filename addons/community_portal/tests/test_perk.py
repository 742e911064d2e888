from datetime import timedelta

import psycopg2
from freezegun import freeze_time

from odoo import fields, http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .reputation_common import ReputationCase


class PerkCase(ReputationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["community.perk"].search([]).active = False
        cls.grants = cls.env["community.perk.grant"]

    def perk(self, **values):
        values = {"name": "Brinde", "kind": "event", "basis": "hand"} | values
        return self.env["community.perk"].create(values)

    def propose(self, member=None, perk=None, **values):
        perk = perk or self.perk(**values)
        return self.grants.create(
            {"perk_id": perk.id, "member_id": (member or self.ana).id}
        )

    def wants_consent(self, company):
        self.env["community.company.policy"].create(
            {"organisation_id": company.id, "perk_consent": True}
        )

    def answer(self, grant, member, agreed=True):
        return self.as_(member, "community.perk.grant")._answer(grant.id, agreed)

    def mine(self, member):
        return self.as_(member, "community.perk.grant")._mine()

    def events(self, grant):
        log = self.env["moderation.log"].search(
            [("res_model", "=", grant._name), ("res_id", "=", grant.id)], order="id"
        )
        return log.mapped("event")


@tagged("post_install", "-at_install")
class TestGrant(PerkCase):
    """A perk on its way into somebody's hands and out of them."""

    def test_granted_for_its_term(self):
        grant = self.propose(term_days=30)
        grant.with_user(self.vendor.user_id).action_grant()
        self.assertEqual(grant.state, "granted")
        self.assertEqual(grant.date_to - grant.date_from, timedelta(days=30))
        self.assertEqual([card["name"] for card in self.mine(self.ana)], ["Brinde"])
        self.assertFalse(self.mine(self.bia))
        with freeze_time(fields.Date.today() + timedelta(days=30)):
            self.grants._expire()
            self.assertEqual(grant.state, "granted")
        with freeze_time(fields.Date.today() + timedelta(days=31)):
            self.grants._expire()
        self.assertEqual(grant.state, "expired")
        self.assertFalse(self.mine(self.ana))
        self.assertEqual(
            self.events(grant),
            ["perk.proposed", "perk.agreed", "perk.granted", "perk.expired"],
        )
        self.assertIn("Perk granted", grant.history_html)

    def test_without_end(self):
        grant = self.propose(term_days=0)
        grant.action_grant()
        self.assertFalse(grant.date_to)
        with freeze_time("2099-01-01"):
            self.grants._expire()
        self.assertEqual(grant.state, "granted")

    def test_the_company_agrees_where_it_wants_to(self):
        self.wants_consent(self.steel)
        grant = self.propose()
        grant.action_grant()
        self.assertEqual(grant.state, "consent")
        for member in (self.ana, self.caio, self.bia, self.gil):
            with self.assertRaisesRegex(UserError, "does not exist or does not wait"):
                self.answer(grant, member)
        (card,) = self.as_(self.boss, "community.perk.grant")._to_consent()
        self.assertEqual((card["holder"], card["asks"]), ("Ana", "company"))
        self.assertFalse(self.as_(self.bia, "community.perk.grant")._to_consent())
        self.answer(grant, self.boss)
        self.assertEqual(grant.state, "granted")
        self.assertIn("perk.company_consent_given", self.events(grant))

    def test_a_company_that_asks_for_nothing_is_not_asked(self):
        grant = self.propose(self.gil)
        grant.action_grant()
        self.assertEqual((grant.state, grant.company_consent), ("granted", "none"))

    def test_every_company_where_the_perk_says_so(self):
        grant = self.propose(self.gil, needs_company_consent=True)
        grant.action_grant()
        self.assertEqual(grant.state, "consent")
        grant.with_user(self.vendor.user_id).action_record_consent()
        self.assertEqual(grant.state, "granted")

    def test_a_company_that_refuses(self):
        self.wants_consent(self.steel)
        perk = self.perk(basis="points", min_points=1)
        self.set_points(self.ana, 5)
        grant = self.propose(perk=perk)
        grant.action_grant()
        self.answer(grant, self.boss, agreed=False)
        self.assertEqual(grant.state, "revoked")
        self.assertFalse(perk._award())
        with self.assertRaises(UserError):
            self.answer(grant, self.boss)

    def test_the_person_agrees_to_be_named(self):
        perk = self.perk(
            kind="release_notes", release="17.2", needs_person_consent=True
        )
        grant = self.propose(perk=perk)
        grant.action_grant()
        self.assertFalse(self.grants._release_names("17.2"))
        (card,) = self.mine(self.ana)
        self.assertEqual(card["asks"], "person")
        self.answer(grant, self.ana)
        self.assertEqual(self.grants._release_names("17.2"), ["Ana"])
        self.assertFalse(self.grants._release_names("17.3"))

    def test_a_manager_who_gets_it_agrees_as_both(self):
        self.wants_consent(self.steel)
        grant = self.propose(self.boss, needs_person_consent=True)
        grant.action_grant()
        self.answer(grant, self.boss)
        self.assertEqual(grant.state, "granted")

    def test_proof(self):
        grant = self.propose(needs_proof=True)
        with self.assertRaisesRegex(UserError, "why it is deserved"):
            grant.action_grant()
        grant.proof = "Explicou o bloco K."
        grant.action_grant()
        self.assertEqual(grant.state, "granted")

    def test_seats(self):
        perk = self.perk(seats=1)
        self.propose(perk=perk).action_grant()
        with self.assertRaisesRegex(UserError, "All 1 seats"):
            self.propose(self.bia, perk).action_grant()

    def test_taken_away_with_a_reason(self):
        grant = self.propose()
        grant.action_grant()
        with self.assertRaisesRegex(UserError, "Write the reason"):
            grant.action_revoke()
        grant.reason = "Pontos combinados entre colegas."
        grant.action_revoke()
        self.assertEqual(grant.state, "revoked")
        with self.assertRaisesRegex(UserError, "over already"):
            grant.action_revoke()
        with self.assertRaises(UserError):
            grant.unlink()

    def test_held_once(self):
        perk = self.perk()
        self.propose(perk=perk)
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.propose(perk=perk)

    def test_discount_codes(self):
        perk = self.perk(kind="discount", code_prefix="ajuda10")
        grants = self.propose(perk=perk) | self.propose(self.gil, perk)
        grants.action_grant()
        codes = grants.mapped("code")
        self.assertEqual(len(set(codes)), 2)
        self.assertRegex(codes[0], r"^AJUDA10-[0-9A-F]{10}$")
        self.assertEqual([card["code"] for card in self.mine(self.ana)], codes[:1])
        self.assertNotIn(codes[0], str(self.mine(self.gil)))
        with self.assertRaises(AccessError):
            grants.with_user(self.moderator.user_id).read(["code"])

    def test_for_a_company(self):
        perk = self.perk(kind="discount", for_company=True)
        grant = self.grants.create(
            {"perk_id": perk.id, "organisation_id": self.steel.id}
        )
        grant.action_grant()
        self.assertTrue(self.mine(self.boss)[0]["code"])
        # A colleague knows of it, the code is for the manager.
        self.assertEqual(self.mine(self.caio)[0]["code"], "")
        self.assertFalse(self.mine(self.bia))

    def test_a_person_has_to_be_named(self):
        with self.assertRaisesRegex(ValidationError, "Choose the person"):
            self.grants.create(
                {"perk_id": self.perk().id, "organisation_id": self.steel.id}
            )

    def test_a_perk_opens_the_roadmap(self):
        self.allow("see_roadmap", 100_000)
        self.assertFalse(self.ana._may("see_roadmap"))
        grant = self.propose(kind="roadmap")
        self.assertFalse(self.ana._may("see_roadmap"))
        grant.action_grant()
        self.assertTrue(self.ana._may("see_roadmap"))
        self.assertFalse(self.caio._may("see_roadmap"))
        self.assertFalse(self.ana._may("vote_down") and self.ana.points)
        grant.reason = "Fim"
        grant.action_revoke()
        self.assertFalse(self.ana._may("see_roadmap"))

    def test_a_companys_perk_opens_it_for_all_its_people(self):
        self.allow("see_roadmap", 100_000)
        perk = self.perk(kind="beta", for_company=True)
        self.grants.create(
            {"perk_id": perk.id, "organisation_id": self.steel.id}
        ).action_grant()
        self.assertTrue(self.ana._may("see_roadmap"))
        self.assertTrue(self.caio._may("see_roadmap"))
        self.assertFalse(self.bia._may("see_roadmap"))

    def test_who_is_erased_holds_nothing(self):
        grant = self.propose(kind="release_notes", release="1")
        grant.proof = "Ana explicou tudo."
        grant.action_grant()
        self.vote(self.answered()[1], self.bia)
        self.ana.sudo()._anonymise()
        self.assertEqual(grant.state, "expired")
        self.assertFalse(grant.proof)
        self.assertFalse(self.grants._release_names("1"))
        self.assertEqual(self.points(self.ana), 10)

    def test_only_administrators_grant(self):
        grant = self.propose()
        for member in (self.agent, self.moderator, self.ana):
            with self.assertRaises(AccessError):
                grant.with_user(member.user_id).action_grant()
            with self.assertRaises(AccessError):
                grant.with_user(member.user_id).write({"state": "granted"})


@tagged("post_install", "-at_install")
class TestAward(PerkCase):
    """Who deserves what."""

    def test_by_points(self):
        perk = self.perk(basis="points", min_points=100)
        self.set_points(self.ana, 100)
        self.set_points(self.bia, 99)
        self.set_points(self.agent, 5_000)
        self.assertEqual(perk._award().member_id, self.ana)
        self.assertFalse(perk._award())

    def test_by_level(self):
        level = self.env.ref("community_portal.level_expert")
        perk = self.perk(basis="level", level_id=level.id)
        self.set_points(self.bia, level.points)
        self.assertEqual(perk._deserving(), self.bia)

    def test_by_topic(self):
        tag = self.env["community.tag"].create({"name": "SPED"})
        perk = self.perk(basis="topic", tag_id=tag.id, min_points=10)
        self.vote(self.answered(tag_ids=tag.ids)[1], self.bia)
        self.vote(self.answered(helper=self.bia)[1], self.ana)
        self.assertEqual(perk._deserving(), self.ana)

    def test_by_place_of_last_month(self):
        perk = self.perk(basis="place", min_place=1)
        with freeze_time("2026-03-10 12:00:00"):
            self.vote(self.answered()[1], self.bia)
            self.vote(self.answered(helper=self.bia)[0], self.ana)
            self.assertFalse(perk._deserving())
        with freeze_time("2026-04-01 00:00:01"):
            self.assertEqual(perk._deserving(), self.ana)

    def test_by_standing_of_the_company(self):
        perk = self.perk(for_company=True, basis="points", min_points=10)
        self.vote(self.answered()[1], self.bia)
        grants = perk._award()
        grant = grants.filtered(lambda one: one.organisation_id == self.steel)
        self.assertEqual(len(grant), 1)
        self.assertFalse(grant.member_id)
        self.assertFalse(perk._award())

    def test_nobody_deserves_anything_for_nothing(self):
        self.assertFalse(self.perk(basis="points", min_points=0)._deserving())
        self.assertFalse(self.perk(basis="hand")._deserving())

    def test_granted_at_once(self):
        self.wants_consent(self.rival)
        perk = self.perk(basis="points", min_points=50, giving="grant")
        self.set_points(self.ana, 60)
        self.set_points(self.bia, 70)
        grants = perk._award()
        states = {grant.member_id: grant.state for grant in grants}
        self.assertEqual(states, {self.ana: "granted", self.bia: "consent"})

    def test_the_best_get_the_seats(self):
        perk = self.perk(basis="points", min_points=50, seats=1)
        self.set_points(self.ana, 60)
        self.set_points(self.bia, 70)
        self.assertEqual(perk._award().member_id, self.bia)
        self.assertFalse(perk._award())

    def test_each_night(self):
        perk = self.perk(basis="points", min_points=50)
        self.set_points(self.ana, 60)
        over = self.propose(self.bia, term_days=1)
        over.action_grant()
        with freeze_time(fields.Date.today() + timedelta(days=3)):
            self.env["community.perk"]._cron_award()
        self.assertEqual(perk.grant_ids.member_id, self.ana)
        self.assertEqual(over.state, "expired")

    def test_who_left_gets_nothing(self):
        perk = self.perk(basis="points", min_points=50)
        self.set_points(self.ana, 60)
        self.ana.state = "left"
        self.assertFalse(perk._deserving())

    def test_points_that_were_farmed_are_seen_at_the_perk(self):
        perk = self.perk(basis="points", min_points=10)
        self.vote(self.answered()[1], self.bia)
        self.fold()
        self.env.invalidate_all()
        grant = perk._award()
        grant.action_grant()
        self.assertTrue(grant.deserved)
        self.entries(self.ana).action_alert()
        alert = self.env["community.reputation.alert"].search([], limit=1)
        self.assertEqual(alert.grant_ids, grant)
        alert.action_reverse()
        self.fold()
        self.env.invalidate_all()
        self.assertFalse(grant.deserved)

    def test_a_rule_needs_its_measure(self):
        for values in (
            {"basis": "level"},
            {"basis": "topic"},
            {"basis": "place", "for_company": True},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.perk(**values)


@tagged("post_install", "-at_install")
class TestPerkPages(PerkCase, HttpCase):
    """What customers reach over HTTP."""

    def test_certificate(self):
        grant = self.propose(
            kind="certificate", certificate_text="ajudou muita gente", term_days=0
        )
        url = f"/my/community/perk/{grant.id}/certificate"
        self.assertEqual(self.get(url, self.ana).status_code, 404)
        grant.action_grant()
        answer = self.get(url, self.ana)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        refusals = {
            self.get(url, member).text.partition("<h1")[2]
            for member in (self.bia, self.caio)
        }
        self.assertEqual(len(refusals), 1)
        missing = url.replace(str(grant.id), "999999")
        self.assertEqual(self.get(missing, self.bia).status_code, 404)

    def test_what_the_certificate_says(self):
        grant = self.propose(kind="certificate", certificate_text="ajudou muita gente")
        grant.action_grant()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "community_portal.report_certificate", grant.ids
        )
        text = html.decode()
        for words in ("Ana", "ajudou muita gente", "Brinde", grant._number()):
            self.assertIn(words, text)

    def test_consent(self):
        self.wants_consent(self.steel)
        grant = self.propose()
        grant.action_grant()
        url = f"/my/community/perk/{grant.id}/consent"
        self.authenticate(self.bia.user_id.login, self.bia.user_id.login)
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.make_jsonrpc_request(url, {"agreed": True})
        self.authenticate(self.boss.user_id.login, self.boss.user_id.login)
        card = self.make_jsonrpc_request(url, {"agreed": True})
        self.assertEqual(card["state"], "granted")

    def test_the_persons_own_page(self):
        named = self.propose(needs_person_consent=True)
        code = self.propose(perk=self.perk(name="Cupom", kind="discount"))
        (named | code).action_grant()
        page = self.get(f"/my/community/people/{self.ana.id}", self.ana).text
        self.assertIn(code.code, page)
        self.assertIn(f"/my/community/perk/{named.id}/agree", page)
        seen = self.get(f"/my/community/people/{self.ana.id}", self.bia).text
        self.assertNotIn(code.code, seen)
        self.assertNotIn("Cupom", seen)
        self.authenticate(self.ana.user_id.login, self.ana.user_id.login)
        url = f"/my/community/perk/{named.id}/agree"
        answer = self.url_open(url, data={"csrf_token": http.Request.csrf_token(self)})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(named.state, "granted")

    def get(self, url, member):
        self.authenticate(member.user_id.login, member.user_id.login)
        return self.url_open(url)
