"""Every way by which a text can get into a ticket, tried with one that must not."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..exceptions import Coached, Refused
from .common import ModerationCase


@tagged("post_install", "-at_install")
class TestDoors(ModerationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule(words=["pau"], action="hold")

    def assert_held(self, message, text="p.a.u"):
        """It is there for its author and for moderators, for nobody else."""
        self.assertEqual(message.moderation_state, "held")
        case = self.case_of(message)
        self.assertEqual(case.content_state, "held")
        self.assertEqual(case.document_id, self.ticket.id)
        for user in (self.agent, self.colleague, self.stranger, self.employee):
            self.assertNotIn(text, "".join(self.shown(user)))
            with self.assertRaises(AccessError):
                message.with_user(user).read(["body"])
        self.assertTrue(message.with_user(self.moderator).read(["body"]))
        return case

    def test_page(self):
        message = self.post("que p.a.u. de sistema")
        case = self.assert_held(message)
        self.assertTrue(case.finding_ids.disguised)
        self.assertEqual(case.finding_ids.read_as, "pau")

    def test_harmless_text_goes_through(self):
        message = self.post("A nota foi rejeitada de novo")
        self.assertFalse(message.moderation_state)
        self.assertFalse(self.case_of(message))
        self.assertIn("rejeitada", "".join(self.shown(self.agent)))

    def test_any_message_type(self):
        """Hole 8: a type of one's own choice is no way past the gate."""
        for message_type in ("email", "notification", "auto_comment"):
            with self.subTest(message_type):
                self.assert_held(self.post("p.a.u.", message_type=message_type))

    def test_as_a_note(self):
        """An agent would read what claims to be a note of ours."""
        self.assert_held(self.post("p.a.u.", subtype_xmlid="mail.mt_note"))

    def test_rpc_post(self):
        message = self.ticket.with_user(self.customer).message_post(
            body="p.a.u.", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assert_held(message.sudo())

    def test_rpc_create(self):
        message = (
            self.env["mail.message"]
            .with_user(self.customer)
            .create(
                {
                    "model": self.ticket._name,
                    "res_id": self.ticket.id,
                    "body": "<p>p<b>.a.</b>u.</p>",
                    "subtype_id": self.env.ref("mail.mt_comment").id,
                    "message_type": "comment",
                }
            )
        )
        self.assert_held(message.sudo(), "p<b>.a.")

    def test_rpc_create_with_defaults(self):
        """Defaults in the context are filled in after the gate has looked."""
        messages = self.env["mail.message"].with_user(self.customer)
        try:
            message = messages.with_context(
                default_model=self.ticket._name,
                default_res_id=self.ticket.id,
                default_body="p.a.u.",
                default_subtype_id=self.env.ref("mail.mt_comment").id,
            ).create({"message_type": "comment"})
        except AccessError:
            return
        self.assertFalse(message.sudo().model)
        self.assertNotIn("p.a.u", "".join(self.shown(self.agent)))

    def test_rpc_state(self):
        """Holes 2 and 3: nobody approves himself."""
        message = self.post("p.a.u.")
        for vals in (
            {"moderation_state": False},
            {"moderation_case_id": False},
            {"model": self.ticket._name, "res_id": self.ticket.id},
            {"res_id": self.ticket.id},
            {"body": "outro"},
            {"is_internal": False},
        ):
            for user in (self.customer, self.agent, self.moderator):
                with self.subTest(vals), self.assertRaises(AccessError):
                    message.with_user(user).write(vals)
        with self.assertRaises(AccessError):
            self.env["mail.message"].with_user(self.customer).create(
                {
                    "model": self.ticket._name,
                    "res_id": self.ticket.id,
                    "body": "p.a.u.",
                    "moderation_state": False,
                }
            )

    def test_edit(self):
        """Hole 4: what was let through is looked at again."""
        message = self.post("A nota foi rejeitada")
        ticket = self.ticket.with_user(self.customer).sudo()
        ticket._message_update_content(message, body="p.a.u.")
        self.assertIn("rejeitada", message.body)
        self.assertEqual(message.moderation_state, "edit_held")
        case = self.case_of(message)
        self.assertIn("p.a.u", case.kept_body)
        self.assertNotIn("p.a.u", "".join(self.shown(self.agent)))

    def test_edit_by_rpc(self):
        message = self.post("A nota foi rejeitada")
        message.with_user(self.customer).write({"body": "p.a.u."})
        self.assertIn("rejeitada", message.body)
        self.assertEqual(message.moderation_state, "edit_held")

    def test_note_made_public(self):
        """A text that agents may write as a note is looked at when it is shown to
        the customer."""
        note = self.post("p.a.u.", user=self.agent, subtype_xmlid="mail.mt_note")
        self.assertFalse(note.moderation_state)
        with self.assertRaises(Refused):
            note.with_user(self.agent).write(
                {"subtype_id": self.env.ref("mail.mt_comment").id}
            )

    def test_email_answer(self):
        """A customer's e-mail is held and not bounced."""
        message = self.ticket.with_user(self.env.ref("base.user_root")).message_post(
            body="p.a.u.",
            author_id=self.customer.partner_id.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.assert_held(message)

    def test_email_of_an_unknown_sender(self):
        message = self.ticket.with_user(self.env.ref("base.user_root")).message_post(
            body="p.a.u.",
            author_id=False,
            email_from="x@example.com",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.assert_held(message)

    def test_files(self):
        """Hole 7: nor in the name of a file."""
        message = self.post("Veja", attachments=[("p.a.u..pdf", b"%PDF-1.4")])
        self.assert_held(message, "Veja")

    def test_subject(self):
        self.assert_held(self.post("Veja", subject="p.a.u."), "Veja")

    def test_agents_answer(self):
        """What customers read is looked at when agents write it, too."""
        message = self.post("p.a.u.", user=self.agent)
        self.assertEqual(message.moderation_state, "held")
        self.assertNotIn("p.a.u", "".join(self.shown(self.customer)))
        note = self.post("p.a.u.", user=self.agent, subtype_xmlid="mail.mt_note")
        self.assertFalse(note.moderation_state)

    def test_everything_is_held(self):
        """Hole 5: where all is looked at first, nothing is published at once."""
        self.rule("everything", action="hold", category="other")
        self.assert_held(self.post("Bom dia"), "Bom dia")

    def test_new_ticket(self):
        """The form's ticket passes the same gate, with ``sudo`` or not."""
        tickets = self.env["helpdesk.ticket"].with_user(self.customer).sudo()
        ticket = tickets.create({"name": "p.a.u.", "description": "Socorro"})
        self.assertEqual(ticket.moderation_state, "held")
        self.assertFalse(ticket.with_user(self.agent).search([("id", "=", ticket.id)]))
        with self.assertRaises(AccessError):
            ticket.with_user(self.agent).read(["name"])
        case = self.case_of(ticket)
        self.assertEqual(case.author_id, self.customer.partner_id)

    def test_new_ticket_by_email(self):
        root = self.env.ref("base.user_root")
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(root)
            .message_new(
                {
                    "subject": "Ajuda",
                    "body": "<p>p.a.u.</p>",
                    "from": "ana@example.com",
                    "author_id": self.customer.partner_id.id,
                    "message_id": "<1@example.com>",
                }
            )
        )
        self.assertEqual(ticket.moderation_state, "held")

    def test_ticket_state_by_rpc(self):
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.agent)
            .create({"name": "x", "description": "y"})
        )
        with self.assertRaises(AccessError):
            ticket.write({"moderation_state": "hidden"})

    def test_import(self):
        """A file with messages is written by the same ``create``."""
        result = (
            self.env["mail.message"]
            .with_user(self.customer)
            .with_context(import_file=True)
            .load(
                ["model", "res_id", "body", "message_type", "subtype_id/.id"],
                [
                    [
                        self.ticket._name,
                        str(self.ticket.id),
                        "p.a.u.",
                        "Comment",
                        str(self.env.ref("mail.mt_comment").id),
                    ]
                ],
            )
        )
        if result["ids"]:
            self.assert_held(self.env["mail.message"].browse(result["ids"]))

    def test_coached(self):
        self.rule(words=["bobo"], action="coach", insist="hold", category="insult")
        with self.stopped(Coached) as stop:
            self.post("seu bobo")
        self.assertNotIn("bobo", str(stop.exception))
        self.assertEqual(stop.exception.context["moderation"]["action"], "coach")
        message = self.post("seu bobo", context={"moderation_insist": True})
        case = self.assert_held(message, "bobo")
        self.assertEqual(case.origin, "insisted")

    def test_insisting_where_it_is_not_allowed(self):
        self.rule(words=["bobo"], action="coach", insist="no", category="insult")
        with self.stopped(Coached):
            self.post("seu bobo", context={"moderation_insist": True})

    def test_insisting_does_not_help_against_refusal(self):
        self.rule(words=["bobo"], action="block", category="insult")
        with self.stopped(Refused):
            self.post("seu bobo", context={"moderation_insist": True})
        message = self.ticket.with_user(self.env.ref("base.user_root")).message_post(
            body="seu bobo",
            author_id=self.customer.partner_id.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.assert_held(message, "bobo")

    def test_the_gate_cannot_be_asked_to_look_away(self):
        """Its own mark is an object of the server, not a word in a context."""
        for value in (True, "PASS", 1, {}, object()):
            message = self.post("p.a.u.", context={"moderation_gate": value})
            self.assertEqual(message.moderation_state, "held")
