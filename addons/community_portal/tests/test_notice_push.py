import json
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.mail.models import mail_thread

from .notice_common import NoticeCase

KEYS = {"p256dh": "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTp", "auth": "tBHItJI5svbp"}
SECRET = "Contrato Netuno"


@tagged("post_install", "-at_install")
class TestNoticePush(NoticeCase):
    """News in the browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.follow(cls.space, *cls.everyone)
        for number, member in enumerate(cls.everyone):
            cls.choose(member, "space", push=True)
            cls.device(member, f"https://fcm.googleapis.com/fcm/send/{number}")

    @classmethod
    def device(cls, member, endpoint):
        subscription = {"endpoint": endpoint, "keys": KEYS}
        cls.notices.with_user(member.user_id)._add_device(subscription)

    def pushed(self, action):
        """:return: {endpoint: payload} of what is pushed by an action"""
        sent = {}

        def push(base_url, device, payload, **kwargs):
            sent[device["endpoint"]] = json.loads(payload)

        with (
            patch.object(mail_thread, "push_to_end_point", push),
            patch.object(mail_thread, "MAX_DIRECT_PUSH", 100),
            self.told(),
        ):
            action()
        return sent

    def devices(self, members):
        return set(
            self.env["mail.push.device"]
            .search([("partner_id", "in", members.partner_id.ids)])
            .mapped("endpoint")
        )

    def test_everybody_in_an_open_space(self):
        posts = []
        sent = self.pushed(lambda: posts.append(self.ask(self.ana, title="Aberta")))
        self.assertEqual(set(sent), self.devices(self.everyone - self.ana))
        options = next(iter(sent.values()))["options"]
        self.assertEqual(options["body"], "Ana begins “Aberta”")
        self.assertEqual(options["data"]["url"], posts[0]._url())

    def test_restricted_ones_reach_readers_alone_and_say_nothing(self):
        for audience in ("not_competitors", "company", "vendor"):
            with self.subTest(audience=audience):
                posts = []
                sent = self.pushed(
                    lambda a=audience, p=posts: p.append(
                        self.ask(self.ana, title=SECRET, audience=a)
                    )
                )
                readers = posts[0].sudo()._readers(self.everyone)
                self.assertEqual(set(sent), self.devices(readers - self.ana))
                self.assertFalse(set(sent) & self.devices(self.bia))
                self.assertNotIn(SECRET, json.dumps(sent))
                self.assertNotIn("Ana", json.dumps(sent))

    def test_each_in_his_language_without_asking_for_each(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.gil.user_id.lang = "pt_BR"
        languages = []
        payload = type(self.notices)._payload

        def spy(notice):
            languages.append(notice.env.lang)
            return payload(notice)

        with patch.object(type(self.notices), "_payload", spy):
            self.pushed(lambda: self.ask(self.ana))
        self.assertEqual(sorted(languages), ["en_US", "pt_BR"])

    def test_who_wants_peace_is_not_woken_up(self):
        self.gil.write({"quiet_from": 0, "quiet_to": 24})
        sent = self.pushed(lambda: self.ask(self.ana))
        self.assertFalse(set(sent) & self.devices(self.gil))

    def test_once(self):
        posts = []
        self.pushed(lambda: posts.append(self.ask(self.ana)))
        again = self.pushed(lambda: self.notices._push_now(posts[0].id))
        self.assertEqual(again, {})

    def test_hidden_before_the_push(self):
        def hide():
            late = patch.object(type(self.notices), "_send_soon", lambda *args: None)
            with late, self.told():
                post = self.ask(self.ana)
            waiting = self.notices.search([("post_id", "=", post.id)])
            self.assertEqual(set(waiting.mapped("push")), {True})
            post.sudo().moderation_state = "hidden"
            self.notices._push_now(post.id)

        self.assertEqual(self.pushed(hide), {})

    def test_chunks(self):
        from ..models import community_notice_push

        with patch.object(community_notice_push, "MEMBERS", 3):
            sent = self.pushed(lambda: self.ask(self.ana))
        self.assertEqual(len(sent), len(self.everyone) - 1)

    # --- devices ----------------------------------------------------------------------

    def test_server_posts_to_push_services_only(self):
        mine = self.as_(self.bia, "community.notice")
        for endpoint in (
            "http://fcm.googleapis.com/x",
            "https://127.0.0.1/x",
            "https://localhost:8069/x",
            "https://fcm.googleapis.com.evil.example/x",
            "https://evil.example/?fcm.googleapis.com",
            "https://user@evil.example/x",
            "https://fcm.googleapis.com:22/x",
            "https://[::1]/x",
            "https://[",
            "file:///etc/passwd",
            "",
            None,
            ["https://fcm.googleapis.com/x"],
        ):
            with self.assertRaisesRegex(UserError, "push service", msg=endpoint):
                mine._add_device({"endpoint": endpoint, "keys": KEYS})
        for keys in (None, {}, {"p256dh": "x"}, {"p256dh": 1, "auth": 2}):
            with self.assertRaisesRegex(UserError, "push service", msg=keys):
                mine._add_device(
                    {"endpoint": "https://web.push.apple.com/x", "keys": keys}
                )

    def test_device_added_behind_our_back_is_not_used(self):
        """Odoo's own route takes any address."""
        self.env["mail.push.device"].with_user(self.bia.user_id).register_devices(
            endpoint="https://10.0.0.1/admin",
            keys=KEYS,
            vapid_public_key=self.as_(self.bia, "community.notice")._push_key(),
        )
        sent = self.pushed(lambda: self.ask(self.ana))
        self.assertNotIn("https://10.0.0.1/admin", sent)

    def test_own_push_service_of_an_installation(self):
        self.env["ir.config_parameter"].set_param(
            "community_portal.push_hosts", "push.example.com, other.example.com"
        )
        self.device(self.bia, "https://eu.push.example.com/1")
        self.assertIn("https://eu.push.example.com/1", self.devices(self.bia))

    def test_only_ones_own_device_is_removed(self):
        (endpoint,) = self.devices(self.bia)
        self.as_(self.gil, "community.notice")._remove_device(endpoint)
        self.assertEqual(self.devices(self.bia), {endpoint})
        self.as_(self.bia, "community.notice")._remove_device(endpoint)
        self.assertFalse(self.devices(self.bia))
