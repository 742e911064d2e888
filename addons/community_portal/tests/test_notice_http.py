import re

from odoo.tests import HttpCase, tagged

from .notice_common import NoticeCase


@tagged("post_install", "-at_install")
class TestNoticeHttp(NoticeCase, HttpCase):
    """The routes, as a browser and as a mail program use them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.follow(cls.space, cls.bia)
        cls.choose(cls.bia, "space", mail="now")
        cls.bia.user_id.password = "community_bia"

    def call(self, path, **params):
        return self.make_jsonrpc_request(f"/my/community/{path}", params)

    def unsubscribe_link(self):
        with self.told():
            self.ask(self.ana)
        header = self.letters(self.bia)._prepare_outgoing_list()[0]["headers"]
        url = re.fullmatch("<(.+)>", header["List-Unsubscribe"])[1]
        return url.removeprefix(self.letters(self.bia).get_base_url())

    def space_mail(self):
        self.env.invalidate_all()
        settings = self.as_(self.bia, "community.notice")._settings()["kinds"]
        return next(row["mail"] for row in settings if row["code"] == "space")

    def test_one_click(self):
        """RFC 8058: a POST without a cookie, a login or a CSRF token."""
        link = self.unsubscribe_link()
        answer = self.url_open(
            link, data={"List-Unsubscribe": "One-Click"}, allow_redirects=False
        )
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self.space_mail(), "")
        self.assertIn("A new thread in a space that I follow", answer.text)

    def test_opening_the_link_changes_nothing(self):
        answer = self.url_open(self.unsubscribe_link())
        self.assertEqual(answer.status_code, 200)
        self.assertIn("<button", answer.text)
        self.assertEqual(self.space_mail(), "now")
        self.assertNotIn("Bia", answer.text)

    def test_digest_stops_everything(self):
        url = self.notices._unsubscribe_url(self.bia)
        self.url_open(url.removeprefix(self.notices._base()), data={"x": "1"})
        self.env.invalidate_all()
        settings = self.as_(self.bia, "community.notice")._settings()["kinds"]
        self.assertEqual({row["mail"] for row in settings}, {""})
        self.assertEqual({row["portal"] for row in settings}, {True})

    def test_links_that_we_have_not_made(self):
        good = self.unsubscribe_link().rsplit("/", 1)[1]
        for token in (good[:-4], good[:20] + "AAAA" + good[24:], "x", "AQ", "%00", "é"):
            with self.subTest(token=token):
                answer = self.url_open(f"/community/unsubscribe/{token}", data={"a": 1})
                self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.space_mail(), "now")

    def test_bell_and_page(self):
        with self.told():
            self.ask(self.ana)
        self.authenticate("community_bia", "community_bia")
        self.assertEqual(self.call("notices/unread"), {"unread": 1})
        found = self.call("notices/list")
        self.assertEqual(len(found["notices"]), 1)
        self.assertEqual(self.call("notices/read"), {"unread": 0})

    def test_settings(self):
        self.authenticate("community_bia", "community_bia")
        settings = self.call("notices/settings")
        settings["kinds"][0]["mail"] = "weekly"
        stored = self.call("notices/settings", values=settings)
        self.assertEqual(stored, settings)

    def test_devices(self):
        self.authenticate("community_bia", "community_bia")
        self.assertTrue(self.call("push/key")["key"])
        endpoint = "https://updates.push.services.mozilla.com/wpush/v2/x"
        subscription = {
            "endpoint": endpoint,
            "expirationTime": None,
            "keys": {"p256dh": "BNcRdreALRFXTkOOUHK", "auth": "tBHItJI5svbp"},
        }
        self.call("push/register", subscription=subscription)
        devices = self.env["mail.push.device"]
        found = devices.search([("endpoint", "=", endpoint)])
        self.assertEqual(found.partner_id, self.bia.partner_id)
        self.call("push/unregister", endpoint=endpoint)
        self.assertFalse(found.exists())

    def test_service_worker(self):
        answer = self.url_open("/my/community/service-worker.js")
        self.assertEqual(answer.headers["Service-Worker-Allowed"], "/my/community")
        self.assertTrue(answer.headers["Content-Type"].startswith("text/javascript"))
        self.assertIn("showNotification", answer.text)
