"""Where channels and the gate meet."""

from datetime import datetime, timezone

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.moderation.exceptions import Coached
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from ..providers.errors import Refused, RetryLater
from .common import START, SocialCase
from .example_provider import Example

CPF = "529.982.247-25"


@tagged("post_install", "-at_install")
class TestModeration(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["moderation.rule.set"].search([]).active = False
        cls.rules = cls.env["moderation.rule.set"].create(
            {
                "name": "Channels",
                "place_ids": [
                    Command.set(
                        [
                            cls.env.ref("moderation.place_channel").id,
                            cls.env.ref("moderation.place_answer").id,
                        ]
                    )
                ],
            }
        )
        cls.rule("confidential", "cpf", "detector", action="coach", insist="hold")
        cls.rule("word", "bomba", "word", action="notify", severity="4")
        cls.rule("word", "pau", "word", action="hold")

    @classmethod
    def rule(cls, kind, text, role, rules=None, **values):
        rule = cls.env["moderation.rule"].create(
            {
                "name": text,
                "kind": kind,
                "set_id": (rules or cls.rules).id,
                "category_id": cls.env.ref("moderation.category_other").id,
                "term_ids": [Command.create({"text": text, "role": role})],
                **values,
            }
        )
        rule._switch_on()

    def case_of(self, post):
        return self.env["moderation.case"].search(
            [("res_model", "=", "mail.message"), ("res_id", "=", post.id)]
        )

    # --- in ---

    def test_a_secret_is_covered_and_not_lost(self):
        ticket = self.receive({"text": f"Meu CPF é {CPF}"}).ticket_id
        [post] = ticket.message_ids.filtered(lambda m: m.message_type == "comment")
        self.assertIn(CPF, post.body)
        covered = post.with_user(self.agent)._moderation_covered_body()
        self.assertNotIn(CPF, covered)
        self.assertTrue(post.moderation_marks["labels"])
        for text in (ticket.name, ticket.description):
            self.assertNotIn(CPF, text)
            self.assertIn("Meu CPF", text)

    def test_nothing_is_held_up(self):
        ticket = self.receive({"text": "que p.a.u. de sistema, é uma bomba"}).ticket_id
        [post] = ticket.message_ids.filtered(lambda m: m.message_type == "comment")
        self.assertIn("p.a.u", post.body)
        self.assertEqual(ticket.moderation_state, "published")
        case = self.case_of(post)
        self.assertEqual((case.content_state, case.severity), ("published", "4"))

    def test_worked_off_by_a_person(self):
        """An administrator who takes up a parked event is not the one who wrote."""
        admin = new_test_user(
            self.env,
            "social_admin",
            groups="base.group_system,helpdesk_mgmt.group_helpdesk_manager",
        )
        self.store({"text": f"p.a.u. {CPF}"})
        self.drain(self.account.with_user(admin).sudo())
        [body] = self.bodies(self.conversation().ticket_id)
        self.assertIn(CPF, body)

    def test_an_edit_is_marked_as_well(self):
        ticket = self.receive({"id": "m", "text": "Bom dia"}).ticket_id
        [post] = ticket.message_ids.filtered(lambda m: m.message_type == "comment")
        self.assertFalse(post.moderation_marks)
        post.sudo().body = f"Meu CPF é {CPF}"
        self.account._triage(post)
        self.assertTrue(post.moderation_marks["covered"])

    def test_what_is_taken_back_needs_no_cover(self):
        ticket = self.receive({"id": "m", "text": f"Meu CPF é {CPF}"}).ticket_id
        [post] = ticket.message_ids.filtered(lambda m: m.message_type == "comment")
        self.assertTrue(post.moderation_marks)
        self.env["helpdesk.social.inbound"]._on_deletion(
            self.account._inbound_env(),
            None,
            None,
            type(
                "Batch", (), {"target": lambda *_: post.sudo().social_message_ids[:1]}
            )(),
        )
        self.assertFalse(post.moderation_marks)

    # --- out ---

    def greeted(self):
        """A ticket in which agents may answer freely now."""
        now = datetime.now(timezone.utc).timestamp() - 60
        return self.receive({"text": "Bom dia", "at": now}).ticket_id

    def test_an_agent_is_coached(self):
        ticket = self.greeted()
        with self.assertRaises(Coached):
            self.answer(ticket, f"Seu CPF é {CPF}")
        self.assertFalse(self.messages(direction="out"))

    def test_a_held_answer_goes_out_when_it_is_approved(self):
        ticket = self.greeted()
        post = self.answer(ticket, "Foi p.a.u. geral")
        self.assertEqual(post.sudo().moderation_state, "held")
        self.assertFalse(self.messages(direction="out"))
        with trap_jobs() as trap:
            post.sudo()._moderation_publish(self.case_of(post))
            trap.assert_jobs_count(1)
        [message] = self.messages(direction="out")
        self.assertEqual((message.mail_message_id, message.state), (post, "queued"))

    def test_a_note_is_nobodys_business(self):
        ticket = self.greeted()
        note = ticket.with_user(self.agent).message_post(body=f"CPF {CPF}, p.a.u.")
        self.assertFalse(note.sudo().moderation_state)

    def test_an_accounts_own_rules(self):
        own = self.env["moderation.rule.set"].create(
            {
                "name": "Own",
                "everywhere": False,
                "place_ids": self.rules.place_ids,
            }
        )
        self.rule("word", "concorrente", "word", own, action="coach")
        ticket = self.greeted()
        self.answer(ticket, "Veja o concorrente")
        self.account.moderation_set_ids = own
        with self.assertRaises(Coached):
            self.answer(ticket, "Veja o concorrente")

    # --- hiding at the provider ---

    def hidden(self, **patched):
        """A moderator hides a customer's message."""
        ticket = self.receive({"id": "c", "text": "Bobagem", "at": START}).ticket_id
        [post] = ticket.message_ids.filtered(lambda m: m.message_type == "comment")
        case = self.env["moderation.case"].create(post._moderation_case_values())
        for name, value in patched.items():
            self.patch(Example, name, value)
        with trap_jobs() as trap:
            post.sudo()._moderation_withdraw(case)
        return post, case, trap

    def test_a_provider_that_can_hide_is_asked_to(self):
        calls = []
        post, case, trap = self.hidden(
            can_hide=True, hide=lambda self, ref, hidden: calls.append((ref, hidden))
        )
        trap.perform_enqueued_jobs()
        with trap_jobs() as trap:
            post.sudo()._moderation_publish(case)
        trap.perform_enqueued_jobs()
        self.assertEqual(calls, [("c", True), ("c", False)])

    def test_others_are_not(self):
        _post, _case, trap = self.hidden()
        trap.assert_jobs_count(0)

    def test_providers_refuse_unless_they_say_otherwise(self):
        with self.assertRaises(Refused):
            self.account._provider().hide("c", True)

    def test_a_provider_that_asks_to_wait(self):
        self.hidden()

        def busy(self, ref, hidden):
            raise RetryLater("Later", seconds=7)

        self.patch(Example, "hide", busy)
        with self.assertRaises(RetryableJobError) as later:
            self.messages(external_id="c")._hide_at_provider(True)
        self.assertEqual(later.exception.seconds, 7)

    def test_a_provider_that_refuses(self):
        """The agent is told that the public page still shows it."""
        self.hidden()
        message = self.messages(external_id="c")
        message._hide_at_provider(True)
        self.assertIn("Example", message.error)
