from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..providers.errors import Refused
from .common import SocialCase
from .example_provider import Example
from .test_consent import NOW, PHONE


@tagged("post_install", "-at_install")
class TestChoices(SocialCase):
    def setUp(self):
        super().setUp()
        self.conv = self.receive({"text": "It does not work", "at": NOW})
        self.ticket = self.conv.ticket_id

    def ask(self, *labels, user=None, url=None):
        lines = [{"label": label} for label in labels or ("Invoice", "Printer <1>")]
        if url:
            lines.append({"label": "Manual", "url": url})
        wizard = (
            self.env["helpdesk.social.ask"]
            .with_user(user or self.agent)
            .create(
                {
                    "ticket_id": self.ticket.id,
                    "text": "Where does it hurt?",
                    "line_ids": [Command.create(line) for line in lines],
                }
            )
        )
        wizard.action_send()
        self.conv._send_waiting()
        return self.messages(direction="out")[-1]

    def says(self, text, **event):
        self.receive(
            {"id": text or "tap", "from": PHONE, "text": text, "at": NOW + 9, **event}
        )
        return self.messages(direction="in")[-1]

    def test_numbered_where_there_are_no_buttons(self):
        question = self.ask(url="https://example.com/m?a=1&b=2")
        (part, *_rest) = Example.sent[0]
        self.assertIn("1. Invoice<br/>2. Printer &lt;1&gt;<br/>", part.text)
        self.assertIn("https://example.com/m?a=1&amp;b=2", part.text)
        self.assertFalse(part.choices)
        self.assertEqual(self.conv.question_id, question)
        self.assertIn("2. Printer &lt;1&gt;", question.mail_message_id.body)

    def test_buttons_where_there_are(self):
        limits = type(Example.limits)(text=100, caption=0, choices=3, choice=20)
        self.patch(Example, "limits", limits)
        question = self.ask()
        (part, *_rest) = Example.sent[0]
        self.assertNotIn("1. Invoice", part.text)
        self.assertEqual([c.label for c in part.choices], ["Invoice", "Printer <1>"])
        self.assertEqual(
            [c.id for c in part.choices],
            [f"{question.mail_message_id.id}:{n}" for n in (1, 2)],
        )

    def test_typed(self):
        self.ask()
        message = self.says("a segunda")
        self.assertEqual((message.kind, message.choice), ("choice", "Printer <1>"))
        self.assertIn("Chosen: Printer &lt;1&gt;", message.mail_message_id.body)
        self.assertFalse(self.conv.question_id)

    def test_a_text_that_chooses_nothing_leaves_the_question_open(self):
        question = self.ask()
        message = self.says("What do you mean?")
        self.assertEqual((message.kind, message.choice), ("text", False))
        self.assertEqual(self.conv.question_id, question)

    def test_a_number_without_a_question_is_a_number(self):
        self.assertFalse(self.says("2").choice)

    def test_tapped(self):
        question = self.ask()
        chosen = f"{question.mail_message_id.id}:1"
        message = self.says("Invoice", kind="choice", choice=chosen)
        self.assertEqual(message.choice, "Invoice")
        self.assertNotIn("Chosen", message.mail_message_id.body)

    def test_tapped_on_an_older_question(self):
        old = self.ask()
        self.ask("Yes", "No")
        message = self.says("", kind="choice", choice=f"{old.mail_message_id.id}:2")
        self.assertEqual(message.choice, "Printer <1>")
        self.assertIn("Printer &lt;1&gt;", message.mail_message_id.body)

    def test_tapped_by_its_place_alone(self):
        """Where one question is kept for several messages, the message is named."""
        old = self.ask()
        self.ask("Yes", "No")
        tap = {"kind": "choice", "choice": "2"}
        message = self.says("", **tap, reply_to=old.external_id)
        self.assertEqual(message.choice, "Printer <1>")
        message = self.says("later", **tap)
        self.assertFalse(message.choice)

    def test_a_place_without_the_message_is_of_the_open_question(self):
        self.ask("Yes", "No")
        self.assertEqual(self.says("", kind="choice", choice="2").choice, "No")
        self.ask("Yes", "No")
        event = {"id": "t9", "kind": "choice", "choice": "9"}
        self.assertFalse(self.says("", **event).choice)

    def test_nor_of_one_that_never_left(self):
        self.ask("Yes", "No")
        Example.outcomes = [Refused("No")]
        lost = self.ask()
        self.assertFalse(lost.external_id)
        question = self.ask("Yes", "No")
        lost.occurred_at = question.occurred_at + timedelta(minutes=1)
        self.assertEqual(self.says("", kind="choice", choice="2").choice, "No")

    def test_a_tap_that_names_somebody_elses_question(self):
        self.ask()
        other = self.receive({"id": "o", "from": "999", "text": "Hi", "at": NOW})
        message_id = self.messages(direction="out")[-1].mail_message_id.id
        event = {"id": "x", "from": "999", "text": "", "kind": "choice", "at": NOW}
        self.receive({**event, "choice": f"{message_id}:1"})
        self.assertFalse(self.messages(conversation_id=other.id)[-1].choice)

    def test_a_tap_that_is_not_ours(self):
        self.ask()
        for index, choice in enumerate(("GET_STARTED", "9" * 40, "²:1", "7:x")):
            event = {"id": f"t{index}", "kind": "choice", "choice": choice}
            self.assertFalse(self.says("Start", **event).choice)

    def test_what_cannot_be_asked(self):
        for labels in (["A"] * 2, ["a", "A "], [str(n) for n in range(11)], ["  "]):
            with self.subTest(labels), self.assertRaises(UserError):
                self.ask(*labels)
        with self.assertRaisesRegex(UserError, "is no link"):
            self.ask(url="javascript:alert(1)")

    def test_not_against_the_customers_will_nor_too_late(self):
        self.conv.contact_id.opted_out = True
        with self.assertRaisesRegex(UserError, "wants no messages"):
            self.ask()
        self.conv.contact_id.opted_out = False
        self.conv.last_inbound_at = "2020-01-01 00:00:00"
        with self.assertRaisesRegex(UserError, "24 hours"):
            self.ask()

    def test_only_who_may_answer(self):
        stranger = new_test_user(
            self.env, "ask_own", groups="helpdesk_mgmt.group_helpdesk_user_own"
        )
        with self.assertRaises(AccessError):
            self.ask(user=stranger)
