import time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..providers.types import Part
from .common import SocialCase
from .example_provider import Example

NOW = int(time.time()) - 60


@tagged("post_install", "-at_install")
class TestPrivate(SocialCase):
    """A comment, its private continuation and the way back, in one ticket."""

    def setUp(self):
        super().setUp()
        self.patch(Example, "can_reply_privately", True)
        self.receive(self.comment())
        self.public = self.conversation("p1/ana")
        self.ticket = self.public.ticket_id

    def comment(self, number=1, **event):
        comment = {"from": "ana", "thread": "p1/ana", "public": True, "name": "Ana"}
        return {**comment, "id": f"c{number}", "text": "No!", "at": NOW, **event}

    def reply(self, text="Which invoice is it?", user=None):
        wizards = self.env["helpdesk.social.private.reply"]
        wizard = wizards.with_user(user or self.agent).create(
            {"ticket_id": self.ticket.id, "text": text}
        )
        wizard.action_send()
        self.public._send_waiting()

    def private(self):
        return self.conversation("ana-in-private")

    def info(self):
        self.ticket.invalidate_recordset(["social_info"])
        return self.ticket.with_user(self.agent).social_info

    def test_it_goes_to_the_author_alone(self):
        self.reply()
        [(part, recipient, _upload, _correlation)] = Example.sent
        self.assertEqual(recipient, "private reply to c1")
        self.assertIn("Which invoice", part.text)
        self.assertNotIn("In private", part.text)
        (line,) = self.ticket.message_ids.filtered(lambda m: "invoice" in m.body)
        self.assertIn("In private", line.body)
        sent = self.messages(direction="out")
        self.assertEqual(sent.state, "sent")
        self.assertFalse(sent._chatter_values()["public"])

    def test_the_customer_goes_on_in_the_same_ticket(self):
        self.reply()
        self.receive(
            {"id": "d1", "from": "ana-in-private", "text": "12345", "at": NOW + 9}
        )
        self.assertEqual(self.private().ticket_id, self.ticket)
        self.assertIn("12345", self.bodies(self.ticket)[-1])
        self.assertEqual(self.private().contact_id.partner_id, self.ticket.partner_id)
        self.answer(self.ticket, "Thank you")
        self.private()._send_waiting()
        self.assertEqual(Example.sent[-1][1], "ana-in-private")

    def test_until_the_customer_answers_nothing_more_can_be_sent(self):
        self.reply()
        with self.assertRaisesRegex(UserError, "24 hours"):
            self.answer(self.ticket, "Hello?")

    def test_and_back_in_public(self):
        self.reply()
        (other,) = self.info()["others"]
        self.assertTrue(other["public"])
        self.ticket.with_user(self.agent).action_social_switch(other["id"])
        self.assertEqual(self.ticket.social_conversation_id, self.public)
        self.assertEqual(self.info()["others"][0]["id"], self.private().id)
        self.answer(self.ticket, "We have found it.")
        self.public._send_waiting()
        self.assertEqual(Example.sent[-1][1], "p1/ana")

    def test_only_once(self):
        self.assertTrue(self.info()["can_reply_privately"])
        self.reply()
        self.ticket.with_user(self.agent).action_social_switch(self.public.id)
        self.assertFalse(self.info()["can_reply_privately"])
        with self.assertRaisesRegex(UserError, "no public comment"):
            self.reply()

    def test_a_later_comment_comes_into_the_same_ticket(self):
        self.reply()
        self.receive(self.comment(2, text="Still broken", at=NOW + 20))
        self.assertIn("Still broken", self.bodies(self.ticket)[-1])
        self.assertEqual(self.ticket.social_conversation_id, self.private())

    def test_who_already_writes_in_private_keeps_his_ticket(self):
        self.receive({"id": "d0", "from": "ana-in-private", "text": "Hi", "at": NOW})
        other = self.private().ticket_id
        self.reply()
        self.assertEqual(self.private().ticket_id, other)
        self.assertEqual(self.ticket.social_conversation_id, self.public)
        self.assertIn(other.number, self.ticket.message_ids.sorted("id")[-1].body)

    def test_one_message_only(self):
        parts = [Part("text", "Long"), Part("text", "text")]
        self.patch(Example, "plan", lambda *_args: parts)
        with self.assertRaisesRegex(UserError, "one message only"):
            self.reply("Long")
        self.assertFalse(self.messages(direction="out"))

    def test_not_to_who_wants_no_messages(self):
        self.public.contact_id.sudo().opted_out = True
        self.reply()
        self.assertEqual(self.messages(direction="out").state, "failed")
        self.assertFalse(Example.sent)

    def test_a_channel_that_cannot(self):
        self.patch(Example, "can_reply_privately", False)
        self.assertFalse(self.info()["can_reply_privately"])
        with self.assertRaisesRegex(UserError, "no public comment"):
            self.reply()

    def test_not_into_conversations_of_others(self):
        self.receive({"id": "x", "from": "bia", "text": "Hello", "at": NOW})
        foreign = self.conversation("bia")
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.agent).action_social_switch(foreign.id)

    def test_not_by_who_may_not_answer(self):
        stranger = new_test_user(
            self.env, "private_stranger", groups="helpdesk_mgmt.group_helpdesk_user_own"
        )
        self.ticket.user_id = self.agent
        with self.assertRaises(AccessError):
            self.reply(user=stranger)
        with self.assertRaises(AccessError):
            self.ticket.with_user(stranger).action_social_switch(self.public.id)
