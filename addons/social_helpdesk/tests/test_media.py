from odoo.tests import tagged

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from ..models.helpdesk_social_event import lane_of
from ..models.helpdesk_social_media import file_name, true_mime
from ..providers.errors import Refused, RetryLater
from ..providers.types import Download, Kind, Media
from .common import SocialCase
from .example_provider import Example

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
PROGRAM = b"MZ\x90\x00" + b"\x00" * 200


@tagged("post_install", "-at_install")
class TestMedia(SocialCase):
    def receive_file(self, content, mime="image/png", name="nota.png", **event):
        self.patch(
            Example,
            "fetch",
            lambda provider, media: self.download(content, mime, name),
        )
        self.receive({"id": "f", "kind": "image", "media": ["ref"], **event})
        message = self.messages(external_id="f")
        message._fetch_media()
        return message

    def download(self, content, mime, name):
        if isinstance(content, Exception):
            raise content
        return Download(name, mime, content)

    def test_a_job_of_its_own_for_each_file(self):
        with trap_jobs() as trap:
            self.store({"id": "f", "kind": "image", "media": ["one", "two"]})
            self.account._drain_alone(lane_of("5511999990001"))
            names = [job.method_name for job in trap.enqueued_jobs]
            self.assertEqual(names.count("_fetch_media"), 2)
        post = self.messages(external_id="f").mail_message_id
        self.assertEqual(len(post.social_message_ids), 2)

    def test_the_file_joins_the_message(self):
        message = self.receive_file(PNG)
        attachment = message.mail_message_id.attachment_ids
        self.assertEqual(
            (attachment.name, attachment.mimetype), ("nota.png", "image/png")
        )
        self.assertEqual(attachment.raw, PNG)
        self.assertEqual(attachment.res_id, message.ticket_id.id)
        self.assertEqual(message.media_state, "done")
        self.assertFalse(message.mail_message_id.body)

    def test_a_caption_stays(self):
        message = self.receive_file(PNG, text="veja o erro")
        self.assertIn("veja o erro", message.mail_message_id.body)

    def test_fetched_once(self):
        message = self.receive_file(PNG)
        message._fetch_media()
        self.assertEqual(len(message.mail_message_id.attachment_ids), 1)

    def test_a_program_that_says_it_is_a_photo(self):
        attachment = self.receive_file(PROGRAM).mail_message_id.attachment_ids
        self.assertFalse(attachment.mimetype.startswith("image/"))

    def test_html_and_svg_are_kept_as_plain_text(self):
        for content in (
            b"<!DOCTYPE html><html><script>alert(1)</script></html>",
            b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">'
            b"<script>alert(1)</script></svg>",
        ):
            message = self.receive_file(content, "text/html", "x.html")
            mime = message.mail_message_id.attachment_ids.mimetype
            self.assertNotIn("html", mime)
            self.assertNotIn("svg", mime)
            message.media_state = "waiting"
            message.mail_message_id.attachment_ids.unlink()
            self.env["helpdesk.social.event"].search([]).unlink()
            message.unlink()

    def test_gone_is_said_and_can_be_tried_again(self):
        message = self.receive_file(Refused("The provider no longer has it", "404"))
        self.assertEqual(message.media_state, "failed")
        self.assertEqual(message.error, "The provider no longer has it")
        self.assertFalse(message.mail_message_id.attachment_ids)
        with trap_jobs() as trap:
            message.with_user(self.agent).action_fetch_again()
            trap.assert_jobs_count(1)
        self.assertEqual(message.media_state, "waiting")

    def test_later_is_a_retry_with_the_provider_s_pause(self):
        with self.assertRaises(RetryableJobError) as caught:
            self.receive_file(RetryLater("Busy", seconds=42))
        self.assertEqual(caught.exception.seconds, 42)

    def test_a_dead_token_raises_the_alarm(self):
        self.receive_file(Refused("Token expired", "190", alarm=True))
        self.assertEqual(self.account.state, "alarm")

    def test_given_up_after_the_retries(self):
        message = self.receive_file(PNG)
        message.media_state = "waiting"
        message._on_media_given_up({"exc_message": "timeout"})
        self.assertEqual(message.media_state, "failed")
        self.assertIn("timeout", message.error)

    def test_an_error_in_place_of_the_file(self):
        values = self.env["helpdesk.social.message"]._media_values(
            Media(Kind.IMAGE, error="Media download error")
        )
        self.assertEqual(values["media_state"], "failed")
        self.assertEqual(values["error"], "Media download error")

    def test_names(self):
        table = {
            ("../../etc/passwd", "text/plain"): "passwd.txt",
            ("a\u202egnp.exe", "image/png"): "agnp.exe",
            ("", "image/jpeg"): "image.jpg",
            ("nota\x00.pdf", "application/pdf"): "nota.pdf",
            ("C:\\temp\\x.pdf", "application/pdf"): "x.pdf",
        }
        for (name, mime), expected in table.items():
            self.assertEqual(file_name(name, mime, "image"), expected)
        self.assertLessEqual(len(file_name("n" * 10_000 + ".pdf", "", "image")), 132)

    def test_true_types(self):
        self.assertEqual(true_mime(PNG, "image/jpeg"), "image/jpeg")
        self.assertEqual(true_mime(PNG, "application/pdf"), "image/png")
        self.assertEqual(true_mime(PNG, "nonsense"), "image/png")
        self.assertEqual(true_mime(b"%PDF-1.4\n", "application/pdf"), "application/pdf")
        program = b"MZ\x90\x00\x03" + b"\x00" * 99
        self.assertNotEqual(true_mime(program, "application/pdf"), "application/pdf")
        self.assertEqual(
            true_mime(b"\x01\x02\x00", "audio/ogg; codecs=opus"), "audio/ogg"
        )
