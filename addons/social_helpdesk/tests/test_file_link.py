from odoo.tests import HttpCase, tagged
from odoo.tools.misc import hash_sign

from ..controllers.file import SCOPE
from .common import SocialCase
from .example_provider import Example
from .test_consent import NOW


@tagged("post_install", "-at_install")
class TestFileLink(SocialCase, HttpCase):
    """A provider that takes no uploads gets a link, which ends."""

    def setUp(self):
        super().setUp()
        self.patch(Example, "takes_links", True)
        conv = self.receive({"text": "Send me the report", "at": NOW})
        attachments = self.env["ir.attachment"].with_user(self.agent)
        attachment = attachments.create(
            {"name": "Relatório / 10.html", "raw": b"<script>alert(1)</script>"}
        )
        self.answer(conv.ticket_id, "Here", attachment_ids=attachment.ids)
        conv._send_waiting()
        self.attachment = attachment
        self.upload = Example.sent[-1][2]
        self.path = self.upload.url.removeprefix(self.account.get_base_url())

    def test_it_gives_the_file_and_nothing_runs(self):
        self.assertTrue(self.path.endswith("/Relat%C3%B3rio%20-%2010.html"))
        response = self.url_open(self.path)
        self.assertEqual(
            (response.status_code, response.content), (200, self.upload.content)
        )
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertIn("sandbox", response.headers["Content-Security-Policy"])

    def test_not_another_file_and_not_for_ever(self):
        token = self.path.split("/")[3]
        for wrong in (token[:-2] + "xx", "x", token + "x", "%00"):
            response = self.url_open(f"/social/file/{wrong}/a.html")
            self.assertEqual(response.status_code, 404, wrong)
        ended = hash_sign(
            self.env(su=True), SCOPE, self.attachment.id, expiration_hours=-1
        )
        self.assertEqual(self.url_open(f"/social/file/{ended}/a").status_code, 404)
        self.attachment.unlink()
        self.assertEqual(self.url_open(self.path).status_code, 404)

    def test_no_link_where_none_is_wanted(self):
        self.patch(Example, "takes_links", False)
        message = self.messages(direction="out").filtered("attachment_id")
        self.assertEqual(message._upload().url, "")
