import time

from odoo.tests import tagged

from .common import SocialCase
from .example_provider import Example

NOW = int(time.time()) - 60  # the customer may be answered freely
ABOUT = {"id": "p1", "text": "Version 12 is here!", "url": "https://example.com/p1"}


@tagged("post_install", "-at_install")
class TestPublic(SocialCase):
    """A comment under a post and the direct chat of the same person."""

    def comment(self, number=1, **event):
        return {
            "id": f"c{number}",
            "from": "ana",
            "thread": "p1/ana",
            "public": True,
            "about": ABOUT,
            "text": "It does not start",
            "at": NOW + number,
            **event,
        }

    def of(self, thread):
        return self.conversation(thread)

    def test_a_comment_is_a_ticket_with_what_it_stands_under(self):
        self.receive(self.comment())
        conversation = self.of("p1/ana")
        self.assertTrue(conversation.public)
        self.assertEqual(conversation.about, "Version 12 is here!")
        self.assertEqual(conversation.about_url, "https://example.com/p1")
        (body,) = self.bodies(conversation.ticket_id)
        self.assertIn("In public: Version 12 is here!", body)
        self.assertIn('href="https://example.com/p1"', body)

    def test_it_is_never_mixed_with_the_direct_chat(self):
        self.receive({"id": "d1", "from": "ana", "text": "Hello", "at": NOW})
        self.receive(self.comment())
        self.receive({"id": "d2", "from": "ana", "text": "Are you there?", "at": NOW})
        direct, public = self.of("ana"), self.of("p1/ana")
        self.assertTrue(direct and public and direct != public)
        self.assertEqual(direct.contact_id, public.contact_id)
        self.assertEqual(len(self.bodies(direct.ticket_id)), 2)
        self.assertEqual(len(self.bodies(public.ticket_id)), 1)

    def test_a_direct_message_after_a_comment(self):
        self.receive(self.comment())
        self.receive({"id": "d1", "from": "ana", "text": "In private", "at": NOW + 5})
        self.assertFalse(self.of("ana").public)
        self.assertEqual(len(self.bodies(self.of("p1/ana").ticket_id)), 1)

    def test_the_answer_stands_under_the_last_comment(self):
        self.receive(self.comment(1))
        self.receive(self.comment(2, text="Please"))
        conversation = self.of("p1/ana")
        self.answer(conversation.ticket_id)
        conversation._send_waiting()
        [(part, recipient, _upload, _correlation)] = Example.sent
        self.assertEqual((part.reply_to, recipient), ("c2", "p1/ana"))

    def test_the_answer_says_that_it_is_public(self):
        self.receive(self.comment())
        self.receive({"id": "d1", "from": "ana", "text": "Hello", "at": NOW})
        for thread, public in (("p1/ana", True), ("ana", False)):
            self.answer(self.of(thread).ticket_id)
            (sent,) = self.messages(direction="out", conversation_id=self.of(thread).id)
            self.assertEqual(sent._chatter_values()["public"], public)

    def test_the_composer_knows(self):
        self.receive(self.comment())
        info = self.of("p1/ana").ticket_id.with_user(self.agent).social_info
        self.assertTrue(info["public"])
        self.assertEqual(info["about"], "Version 12 is here!")

    def test_a_link_is_a_link(self):
        about = {**ABOUT, "url": "javascript:alert(1)", "text": "<b>x</b>"}
        self.receive(self.comment(about=about))
        (body,) = self.bodies(self.of("p1/ana").ticket_id)
        self.assertNotIn("javascript", body)
        self.assertIn("&lt;b&gt;", body)

    def test_who_wants_no_messages_may_still_be_answered_in_public(self):
        self.receive(self.comment())
        self.receive({"id": "no", "from": "ana", "wants": False, "at": NOW + 9})
        self.answer(self.of("p1/ana").ticket_id)
        self.assertEqual(self.messages(direction="out").state, "queued")
