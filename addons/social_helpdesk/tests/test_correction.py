from markupsafe import Markup

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import is_html_empty

from ..providers.errors import Refused
from ..providers.types import Part, Status
from .example_provider import Example
from .test_signs import SignsCase


@tagged("post_install", "-at_install")
class TestCorrection(SignsCase):
    def setUp(self):
        super().setUp()
        self.post = self.answer(self.ticket, "Restart the spooler")
        self.conv._send_waiting()
        self.out = self.messages(direction="out")

    def update(self, body, attachment_ids=None):
        self.during(
            lambda: self.ticket._message_update_content(
                self.post.sudo(), body=body, attachment_ids=attachment_ids
            )
        )

    def test_the_customer_gets_the_new_text(self):
        self.update(Markup("<p>Restart the <b>print</b> spooler</p>"))
        [(name, external_id, _thread, part)] = self.signs
        self.assertEqual((name, external_id), ("edit", self.out.external_id))
        self.assertIn("<b>print</b>", part.text)
        self.assertIn("<b>print</b>", self.post.body)

    def test_and_loses_what_is_deleted(self):
        self.update("", [])
        self.assertEqual(
            self.signs, [("unsend", self.out.external_id, self.conv.thread)]
        )
        self.assertTrue(is_html_empty(self.post.body))

    def test_every_part_of_a_deleted_message(self):
        self.post = self.answer(self.ticket, "See", attachments=[("a.pdf", b"%PDF")])
        self.conv._send_waiting()
        self.update("", [])
        self.assertEqual(
            {sign[:2] for sign in self.signs},
            {("unsend", "out-2"), ("unsend", "out-3")},
        )

    def test_the_quote_is_the_tickets_own(self):
        quoted = self.messages(direction="in").mail_message_id
        self.post = self.answer(self.ticket, "Which one?", parent_id=quoted.id)
        self.conv._send_waiting()
        self.update(Markup("<p>Which printer?</p>"))
        part = self.signs[0][3]
        self.assertNotIn("It does not print", part.text)
        self.assertEqual(part.reply_to, "in1")
        self.assertIn("It does not print", self.post.body)
        self.assertIn("Which printer?", self.post.body)

    def test_what_the_provider_refuses_stays_as_it_was(self):
        self.fault = Refused("Too late")
        self.update("Something else")
        self.assertIn("Restart the spooler", self.post.body)
        self.assertIn("reads the text as it was: Too late", self.notes()[0])

    def test_a_deletion_that_was_refused_names_what_the_customer_still_has(self):
        self.fault = Refused("Too late")
        self.update("", [])
        self.assertIn("“Restart the spooler”: Too late", self.notes()[0])

    def test_where_the_channel_cannot_it_is_refused(self):
        self.patch(Example, "can_edit", False)
        with self.assertRaisesRegex(UserError, "Delete it, or send another"):
            self.update("Something else")
        self.patch(Example, "can_unsend", False)
        with self.assertRaisesRegex(UserError, "cannot be changed or deleted"):
            self.update("", [])
        self.assertIn("Restart the spooler", self.post.body)

    def test_edit_where_only_that_is_possible(self):
        self.patch(Example, "can_unsend", False)
        with self.assertRaisesRegex(UserError, "does not let a message be taken back"):
            self.update("", [])
        self.update("Something else")
        self.assertEqual(self.signs[0][0], "edit")

    def test_not_while_it_is_under_way(self):
        for state in ("queued", "sending", "failed"):
            self.out.state = state
            with self.assertRaises(UserError):
                self.update("Something else")
        self.out._advance(Status.DELIVERED)
        self.update("Something else")
        self.assertEqual(len(self.signs), 1)

    def test_files_cannot_be_exchanged(self):
        file = self.env["ir.attachment"].create({"name": "b.pdf", "raw": b"%PDF"})
        with self.assertRaisesRegex(UserError, "only the text of a single message"):
            self.update("Something else", file.ids)

    def test_a_caption_is_changed_like_a_text(self):
        def plan(_provider, html, files, *_to):
            return [Part("image", html, file.index) for file in files]

        self.patch(Example, "plan", plan)
        self.patch(Example, "edits_captions", ("image",))
        self.post = self.answer(self.ticket, "Se", attachments=[("a.png", b"png")])
        self.conv._send_waiting()
        self.assertTrue(self.post.social_info[0]["can_edit"])
        self.update(Markup("<p>See</p>"), self.post.attachment_ids.ids)
        [(name, external_id, _thread, part)] = self.signs
        self.assertEqual((name, external_id, part.kind), ("edit", "out-2", "image"))
        self.assertIn("See", part.text)

    def test_a_text_for_two_messages_is_not_begun(self):
        with self.assertRaisesRegex(UserError, "Too long"):
            self.update("x" * 5001)
        self.assertIn("Restart the spooler", self.post.body)

    def test_a_note_is_changed_as_ever(self):
        self.post = self.ticket.message_post(body="For us", message_type="comment")
        self.update("For all of us")
        self.assertFalse(self.signs)
        self.assertIn("For all of us", self.post.body)

    def test_the_chatter_knows(self):
        [info] = self.post.social_info
        self.assertTrue(info["can_edit"] and info["can_unsend"])
        self.patch(Example, "can_edit", False)
        self.post.invalidate_recordset(["social_info"])
        self.assertFalse(self.post.social_info[0]["can_edit"])
