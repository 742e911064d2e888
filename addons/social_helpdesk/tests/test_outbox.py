import json
from datetime import datetime, timedelta, timezone

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from ..models.helpdesk_social_outbox import MAX_ATTEMPTS
from ..providers.errors import Refused, RetryLater, Uncertain
from ..providers.types import Sent, Status, StatusUpdate
from .common import SocialCase
from .example_provider import Example


@tagged("post_install", "-at_install")
class TestOutbox(SocialCase):
    def setUp(self):
        super().setUp()
        now = datetime.now(timezone.utc).timestamp() - 60
        self.conv = self.receive({"id": "in", "text": "Olá", "at": now})
        self.ticket = self.conv.ticket_id

    def outgoing(self):
        return self.messages(direction="out")

    def deliver(self, *outcomes):
        """Run the sending job; what the provider does is ``outcomes``."""
        Example.outcomes = list(outcomes)
        self.conv._send_waiting()

    def status(self, **values):
        event = {"from": self.conv.thread, "at": datetime.now().timestamp(), **values}
        self.store({"id": f"status:{values}", **event})
        self.drain()

    # --- queueing ---

    def test_an_answer_is_queued_with_the_message(self):
        with trap_jobs() as trap:
            post = self.answer(self.ticket, "Já estou vendo")
            trap.assert_jobs_count(1, only=self.conv._send_waiting)
        message = self.outgoing()
        self.assertEqual(message.state, "queued")
        self.assertEqual(message.mail_message_id, post)
        self.assertFalse(Example.sent)

    def test_sent_to_the_conversation_with_its_files(self):
        self.answer(self.ticket, "Segue", attachments=[("boleto.pdf", b"%PDF-1.4")])
        self.deliver()
        text, file = self.outgoing()
        self.assertEqual((text.state, file.state), ("sent", "sent"))
        self.assertEqual(text.external_id, "out-1")
        part, recipient, upload, correlation = Example.sent[1]
        self.assertEqual(recipient, self.conv.thread)
        self.assertEqual((upload.name, upload.content), ("boleto.pdf", b"%PDF-1.4"))
        self.assertEqual(correlation, file.correlation)
        self.assertEqual(part.kind, "document")

    def test_answers_leave_in_their_order(self):
        for n in range(5):
            self.answer(self.ticket, f"resposta {n}")
        self.deliver()
        texts = [part.text for part, *_rest in Example.sent]
        self.assertEqual([t[-6:-4] for t in texts] and len(texts), 5)
        self.assertEqual(texts, sorted(texts))

    def test_refused_plan_stops_the_message(self):
        count = len(self.ticket.message_ids)
        with self.assertRaisesRegex(UserError, "Too long"):
            self.answer(self.ticket, "x" * 6000)
        self.env.invalidate_all()
        self.assertFalse(self.outgoing())
        self.assertLessEqual(len(self.ticket.message_ids), count + 1)

    # --- outcomes ---

    def test_retry_later_waits_and_keeps_the_order(self):
        self.answer(self.ticket, "primeira")
        self.answer(self.ticket, "segunda")
        # Not assertRaises: it rolls back to before the call.
        try:
            self.deliver(RetryLater("Slow down", "429", seconds=30))
            self.fail("The job has to come back later")
        except RetryableJobError as error:
            self.assertLessEqual(error.seconds, 31)
            self.assertTrue(error.ignore_retry)
        first, second = self.outgoing()
        self.assertEqual((first.state, second.state), ("queued", "queued"))
        self.assertEqual(first.error, "Slow down")
        first.next_try_at = fields.Datetime.now()
        self.deliver()
        self.assertEqual((first.state, first.error), ("sent", False))
        self.assertLess(int(first.external_id[4:]), int(second.external_id[4:]))

    def test_retries_end(self):
        self.answer(self.ticket, "primeira")
        message = self.outgoing()
        for _n in range(MAX_ATTEMPTS):
            message.next_try_at = False
            try:
                self.deliver(RetryLater("Down", "503"))
            except RetryableJobError:
                continue
        self.assertEqual((message.state, message.error), ("failed", "Down"))
        self.assertEqual(message.attempts, MAX_ATTEMPTS)

    def test_refused_fails_with_words_and_the_next_one_goes(self):
        self.answer(self.ticket, "primeira")
        self.answer(self.ticket, "segunda")
        self.deliver(Refused("He cannot be reached", "131026"))
        first, second = self.outgoing()
        self.assertEqual((first.state, first.error_code), ("failed", "131026"))
        self.assertEqual(second.state, "sent")
        self.assertEqual(self.account.state, "draft")

    def test_a_dead_token_raises_the_alarm_and_input_goes_on(self):
        self.answer(self.ticket, "primeira")
        self.deliver(Refused("Token expired", "190", alarm=True))
        self.assertEqual(self.account.state, "alarm")
        self.receive({"id": "later", "text": "alô?"})
        self.assertTrue(self.messages(external_id="later"))

    def test_uncertain_is_never_sent_again_by_a_program(self):
        self.answer(self.ticket, "primeira")
        self.deliver(Uncertain("No answer came"))
        message = self.outgoing()
        self.assertEqual(message.state, "sending")
        self.assertTrue(message.unconfirmed)
        self.deliver()
        self.assertFalse(Example.sent)

    @mute_logger("odoo.addons.social_helpdesk.models.helpdesk_social_outbox")
    def test_an_unknown_error_while_sending_is_uncertain(self):
        self.answer(self.ticket, "primeira")
        self.deliver(ZeroDivisionError("bug"))
        self.assertEqual(self.outgoing().state, "sending")

    def test_window_closed_while_queued(self):
        self.answer(self.ticket, "primeira")
        self.conv.last_inbound_at = fields.Datetime.now() - timedelta(hours=25)
        self.deliver()
        message = self.outgoing()
        self.assertEqual(message.state, "failed")
        self.assertIn("template", message.error)
        self.assertFalse(Example.sent)

    # --- ticks ---

    def test_ticks_rise_and_never_fall(self):
        self.answer(self.ticket, "primeira")
        self.deliver()
        message = self.outgoing()
        self.status(of="out-1", status="read")
        self.assertEqual(message.state, "read")
        self.status(of="out-1", status="delivered")
        self.status(of="out-1", status="failed")
        self.assertEqual(message.state, "read")

    def test_a_tick_opens_no_closed_ticket(self):
        self.answer(self.ticket, "primeira")
        self.deliver()
        self.ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self.status(of="out-1", status="read")
        self.assertEqual(self.outgoing().state, "read")
        self.assertTrue(self.ticket.closed)

    def test_a_late_failure_is_kept_with_its_code_and_words(self):
        """And says so in the ticket; the account itself is well."""
        self.answer(self.ticket, "primeira")
        self.deliver()
        message = self.outgoing()
        understood = StatusUpdate(
            "out-1",
            Status.FAILED,
            datetime.now(timezone.utc),
            code="131047",
            text="Too late",
            window_closed=True,
            details="Re-engagement message https://x.example",
        )
        self.patch(Example, "parse", lambda _self, _payload: understood)
        self.status(of="out-1", status="failed")
        self.assertEqual((message.state, message.error_code), ("failed", "131047"))
        self.assertEqual(
            message.error, "Too late Re-engagement message https://x.example"
        )
        self.assertNotEqual(self.account.state, "alarm")

    def test_failed_by_status_and_arrived_after_all(self):
        self.answer(self.ticket, "primeira")
        self.deliver()
        message = self.outgoing()
        self.status(of="out-1", status="failed")
        self.assertEqual(message.state, "failed")
        self.status(of="out-1", status="sent")
        self.assertEqual(message.state, "failed")
        self.status(of="out-1", status="delivered")
        self.assertEqual(message.state, "delivered")

    def test_a_status_settles_what_was_uncertain(self):
        self.answer(self.ticket, "primeira")
        self.deliver(Uncertain("No answer came"))
        message = self.outgoing()
        self.status(of="wamid.9", status="delivered", uuid=message.correlation)
        self.assertEqual((message.state, message.external_id), ("delivered", "wamid.9"))
        self.assertFalse(message.error)

    def test_a_status_faster_than_the_answer_to_our_call(self):
        self.answer(self.ticket, "primeira")
        message = self.outgoing()
        message.state = "sending"
        self.status(of="out-1", status="delivered", uuid=message.correlation)
        message._keep_outcome(Sent("out-1"))
        self.assertEqual(message.state, "delivered")

    def echo(self, text, **event):
        now = datetime.now(timezone.utc).timestamp()
        values = {"id": f"echo:{text}", "from": self.conv.thread, "at": now}
        self.receive({**values, "text": text, "echo": True, **event})

    def test_an_echo_faster_than_the_answer_to_our_call(self):
        self.answer(self.ticket, "primeira")
        message = self.outgoing()
        message.write({"state": "sending", "sending_since": fields.Datetime.now()})
        self.echo(json.loads(message.part)["text"], id="out-1")
        self.assertEqual(self.outgoing(), message)
        self.assertEqual((message.external_id, message.state), ("out-1", "sent"))
        message._keep_outcome(Sent("out-1"))
        self.assertEqual((message.external_id, message.state), ("out-1", "sent"))

    def test_an_echo_of_what_was_written_on_the_telephone(self):
        self.answer(self.ticket, "primeira")
        message = self.outgoing()
        message.write({"state": "sending", "sending_since": fields.Datetime.now()})
        self.echo("Já ligo", id="phone-1")
        self.assertFalse(message.external_id)
        self.assertIn("Já ligo", "".join(self.bodies(self.ticket)))

    def test_unknown_status_is_acknowledged(self):
        self.status(of="nobody", status="read")
        event = self.env["helpdesk.social.event"].search([], limit=1)
        self.assertEqual(event.state, "ignored")

    def test_every_pair_of_states(self):
        self.answer(self.ticket, "primeira")
        message = self.outgoing()
        ranked = [s for s in Status if s is not Status.FAILED]
        for before in ranked:
            for after in ranked:
                message.state = before.value
                message._advance(after)
                highest = max(before, after, key=lambda s: s.rank)
                self.assertEqual(message.state, highest.value)

    # --- buttons ---

    def test_retry_button(self):
        self.answer(self.ticket, "primeira")
        self.deliver(Refused("No", "1"))
        message = self.outgoing()
        before = message.correlation
        message.with_user(self.agent).action_retry()
        self.assertEqual((message.state, message.attempts), ("queued", 0))
        self.assertNotEqual(message.correlation, before)
        self.deliver()
        self.assertEqual(message.state, "sent")

    def test_retry_button_outside_of_the_window(self):
        self.answer(self.ticket, "primeira")
        self.deliver(Refused("No", "1"))
        self.conv.last_inbound_at = fields.Datetime.now() - timedelta(hours=25)
        with self.assertRaisesRegex(UserError, "template"):
            self.outgoing().with_user(self.agent).action_retry()

    def test_it_arrived_button(self):
        self.answer(self.ticket, "primeira")
        self.deliver(Uncertain("?"))
        message = self.outgoing()
        message.with_user(self.agent).action_settle(True)
        self.assertEqual(message.state, "sent")
        with self.assertRaises(UserError):
            message.with_user(self.agent).action_settle(True)

    def test_send_again_button(self):
        self.answer(self.ticket, "primeira")
        self.deliver(Uncertain("?"))
        message = self.outgoing()
        message.with_user(self.agent).action_settle(False)
        self.deliver()
        self.assertEqual((message.state, len(Example.sent)), ("sent", 1))

    def test_a_dead_worker_leaves_sending_for_a_person(self):
        self.answer(self.ticket, "primeira")
        message = self.outgoing()
        message.write(
            {
                "state": "sending",
                "sending_since": fields.Datetime.now() - timedelta(minutes=3),
            }
        )
        self.assertTrue(message.unconfirmed)
        self.deliver()
        self.assertFalse(Example.sent)
