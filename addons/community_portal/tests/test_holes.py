"""What portal users can do to Odoo's public forum, tried on our room."""

import json
from unittest.mock import patch

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CommunityHttpCase

QUIET = "odoo.http", "odoo.addons.base.models.ir_rule", "odoo.models"


@tagged("post_install", "-at_install")
class TestHoles(CommunityHttpCase):
    def call(self, path, **params):
        """The answer to a JSON call: (result, error)."""
        with mute_logger(*QUIET):
            answer = self.url_open(
                path,
                data=json.dumps({"jsonrpc": "2.0", "params": params}),
                headers={"Content-Type": "application/json"},
            ).json()
        return answer.get("result"), answer.get("error")

    def rpc(self, member, model, method, *args, **kwargs):
        self.login(member)
        return self.call(
            "/web/dataset/call_kw",
            model=model,
            method=method,
            args=list(args),
            kwargs=kwargs,
        )

    def assertRefused(self, answer):  # noqa: N802
        result, error = answer
        self.assertTrue(error, result)
        self.assertIn("AccessError", error["data"]["name"])

    def try_write(self, member, post, **vals):
        return self.rpc(member, "community.post", "write", post.ids, vals)

    def test_01_a_closed_thread_stays_closed(self):
        post = self.ask()
        post.sudo().locked = True
        self.assertRefused(self.try_write(self.ana, post, locked=False))
        with self.assertRaises(UserError):
            self.reply(post)

    def test_02_03_states_are_not_the_authors(self):
        post = self.ask()
        post.sudo().write({"approval": "waiting"})
        for vals in (
            {"moderation_state": "published"},
            {"approval": "free"},
            {"active": True},
            {"announced": True},
        ):
            self.assertRefused(self.try_write(self.ana, post, **vals))
        self.assertEqual(post.sudo().approval, "waiting")

    def test_04_what_was_approved_is_not_rewritten(self):
        post = self.ask()
        self.assertRefused(self.try_write(self.ana, post, body="<p>outra coisa</p>"))
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "participation": "approve"}
        )
        post._edit({"body": "<p>Agora sim</p>"})
        shown = self.as_(self.gil).search([("id", "=", post.id)])
        self.assertNotIn("Agora sim", str(shown.body))

    def test_05_answers_are_approved_where_all_is(self):
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "participation": "approve"}
        )
        reply = self.reply(self.ask(self.gil), self.ana)
        self.assertEqual(self.seers(reply), self.ana | self.boss)

    def test_06_nobody_reads_what_waits(self):
        post = self.ask(title="Espera um moderador")
        post.sudo().moderation_state = "held"
        found, _error = self.rpc(
            self.gil, "community.post", "search_read", [], ["title"]
        )
        self.assertNotIn(post.id, [row["id"] for row in found])
        self.assertRefused(self.rpc(self.gil, "community.post", "read", post.ids))
        with mute_logger(*QUIET):
            page = self.url_open(f"/my/community/post/{post.id}")
        self.assertNotIn("Espera um moderador", page.text)

    def test_07_08_no_message_goes_around_the_gate(self):
        post = self.ask()
        self.login(self.gil)
        for kind in ("comment", "email", "notification"):
            _result, error = self.call(
                "/mail/message/post",
                thread_model="community.post",
                thread_id=post.id,
                post_data={"body": "http://spam.example.com", "message_type": kind},
            )
            self.assertTrue(error)
        messages = self.env["mail.message"].search([("model", "=", "community.post")])
        self.assertFalse(messages)

    def test_09_no_column_is_the_authors(self):
        post = self.ask()
        for name, field in post._fields.items():
            if field.store and name not in models.MAGIC_COLUMNS:
                with self.subTest(field=name):
                    self.assertRefused(self.try_write(self.ana, post, **{name: False}))

    def test_10_the_server_opens_no_address_for_a_customer(self):
        self.login(self.ana)
        with patch(
            "odoo.addons.mail.tools.link_preview.get_link_preview_from_url"
        ) as opened:
            for path in ("external", "internal"):
                _result, error = self.call(
                    f"/html_editor/link_preview_{path}",
                    preview_url="http://127.0.0.1:8069/web/login",
                )
                self.assertTrue(error)
        opened.assert_not_called()

    def test_11_12_nobody_grants_himself_anything(self):
        for model in self.env.registry:
            ours = self.env.registry[model]._original_module == "community_portal"
            records = self.env[model].with_user(self.ana.user_id)
            if ours and not records._abstract and not records._transient:
                for operation in ("create", "write", "unlink"):
                    with self.subTest(model=model, operation=operation):
                        self.assertFalse(records.has_access(operation))

    def test_13_nobody_closes_a_newcomers_post(self):
        post = self.ask(self.gil)
        with self.assertRaises(UserError):
            post.with_user(self.ana.user_id)._remove()
        self.assertTrue(post.sudo().active)

    def test_15_who_takes_an_answer_away_loses_nothing(self):
        question = self.ask()
        answer = self.reply(question, self.gil)
        question._accept(answer)
        self.fold()
        before = self.moderator.points
        answer.with_user(self.moderator.user_id)._remove()
        self.fold()
        self.assertEqual(self.moderator.points, before)

    def test_16_members_report_and_one_company_hides_nothing(self):
        post = self.ask(self.gil)
        for member in (self.ana, self.caio, self.boss):
            self.login(member)
            result, error = self.call(
                "/moderation/report",
                res_model="community.post",
                res_id=post.id,
                category="insult",
            )
            self.assertFalse(error)
            self.assertTrue(result["message"])
        self.assertEqual(post.sudo().moderation_state, "published")
        self.assertTrue(post.sudo()._moderation_case())

    def test_17_what_one_may_not_see_cannot_be_reported(self):
        post = self.ask(audience="company")
        self.login(self.bia)
        told = []
        for number in (post.id, 10**8):
            _result, error = self.call(
                "/moderation/report",
                res_model="community.post",
                res_id=number,
                category="insult",
            )
            told.append(error["data"]["message"])
        self.assertEqual(*told)


@tagged("post_install", "-at_install")
class TestPrivacy(CommunityHttpCase):
    """What the public forum tells about its people."""

    def page(self, member, path):
        self.login(member)
        return self.url_open(path).text

    def test_the_employer_is_shown_as_the_member_wants(self):
        industry = self.env["res.partner.industry"].create({"name": "Siderurgia"})
        self.steel.industry_id = industry
        post = self.ask()
        path = f"/my/community/post/{post.id}"
        for shown, name, branch in (
            ("name", True, False),
            ("industry", False, True),
            ("hidden", False, False),
        ):
            self.ana.employer_shown = shown
            text = self.page(self.gil, path)
            with self.subTest(shown=shown):
                self.assertEqual("Aços Alfa" in text, name)
                self.assertEqual("Siderurgia" in text, branch)
            self.assertIn("Aços Alfa", self.page(self.agent, path))

    def test_the_vendor_may_allow_less(self):
        self.env.company.community_employer_shown = "hidden"
        self.ana.employer_shown = "name"
        post = self.ask()
        text = self.page(self.gil, f"/my/community/post/{post.id}")
        self.assertNotIn("Aços Alfa", text)

    def test_nothing_for_search_engines_and_other_networks(self):
        post = self.ask()
        text = self.page(self.gil, f"/my/community/post/{post.id}")
        for foreign in ("application/ld+json", "facebook.com/share", "twitter.com/"):
            self.assertNotIn(foreign, text)

    def test_nothing_without_a_login(self):
        post = self.ask(title="Fechada a sete chaves")
        file = self.env["ir.attachment"].create(
            {
                "name": "nota.png",
                "raw": b"\x89PNG segredo",
                "res_model": "community.post",
                "res_id": post.id,
            }
        )
        self.authenticate(None, None)
        with mute_logger(*QUIET):
            for path in (
                "/my/community",
                f"/my/community/post/{post.id}",
                f"/my/community/people/{self.ana.id}",
                f"/my/community/avatar/{self.ana.id}",
            ):
                answer = self.url_open(path)
                self.assertNotIn("Fechada", answer.text)
                self.assertIn("/web/login", answer.url)
            for path in (f"/web/image/{file.id}", f"/web/content/{file.id}"):
                self.assertNotIn(b"segredo", self.url_open(path).content)

    def test_a_login_alone_is_not_enough(self):
        self.ask(title="Fechada a sete chaves")
        self.gil.state = "left"
        text = self.page(self.gil, "/my/community")
        self.assertNotIn("Fechada", text)

    def test_partners_of_others_are_not_opened(self):
        for model in ("res.partner", "res.users"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                record = (
                    self.ana.partner_id
                    if model == "res.partner"
                    else (self.ana.user_id)
                )
                record.with_user(self.bia.user_id).read(["email"])
