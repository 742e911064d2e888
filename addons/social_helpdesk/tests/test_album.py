"""Several files that leave as one message of the provider's."""

from dataclasses import replace
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError

from ..providers.errors import Refused, RetryLater, Uncertain
from ..providers.types import Part, Sent
from .example_provider import Example
from .test_consent import NOW
from .test_signs import SignsCase

NUMBERS = ("x-1", "x-2", "x-3")


@tagged("post_install", "-at_install")
class TestAlbum(SignsCase):
    def setUp(self):
        super().setUp()
        self.patch(Example, "plan", self.plan)
        self.results = []
        self.patch(Example, "send", self.send)
        files = [(f"{name}.png", name.encode()) for name in "abc"]
        self.post = self.answer(self.ticket, "See", attachments=files)
        self.out = self.messages(direction="out")

    def plan(self, html, files, reply_to="", thread=""):
        parts = [Part("image", file=file.index) for file in files]
        if not parts:
            return [Part("text", html, None, reply_to)]
        first, *others = parts
        return [replace(first, text=html, reply_to=reply_to, album=tuple(others))]

    def send(self, part, recipient, upload, correlation):
        Example.sent.append((part, recipient, upload, correlation))
        sent = Sent(NUMBERS[0], album=NUMBERS[1:])
        outcome = self.results.pop(0) if self.results else sent
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def deliver(self, *results):
        self.results = list(results)
        self.conv._send_waiting()

    def test_one_request_and_a_number_for_each(self):
        self.assertEqual(len(self.out), 3)
        self.deliver()
        [(part, _recipient, upload, correlation)] = Example.sent
        self.assertEqual([p.file for p in (part, *part.album)], [0, 1, 2])
        contents = [one.content for one in (upload, *upload.album)]
        self.assertEqual(contents, [b"a", b"b", b"c"])
        self.assertEqual(correlation, self.out[0].correlation)
        self.assertEqual(self.out.mapped("external_id"), list(NUMBERS))
        self.assertEqual(set(self.out.mapped("state")), {"sent"})
        self.assertEqual(self.out.mail_message_id, self.post)

    def test_it_does_not_overtake(self):
        self.answer(self.ticket, "And then?")
        self.deliver(Sent("x-1", album=NUMBERS[1:]), Sent("x-4"))
        self.assertEqual([len(part.album) for part, *_rest in Example.sent], [2, 0])

    def test_what_comes_about_any_of_them_finds_the_line(self):
        self.deliver()
        event = {"id": "in2", "text": "This one?", "at": NOW + 9}
        self.receive({**event, "reply_to": "x-3"})
        [quoting] = self.messages(external_id="in2")
        self.assertEqual(quoting.mail_message_id.parent_id, self.post)

    def test_deleting_takes_back_each(self):
        self.deliver()
        self.during(
            lambda: self.ticket._message_update_content(
                self.post.sudo(), body="", attachment_ids=[]
            )
        )
        self.assertEqual({s[:2] for s in self.signs}, {("unsend", n) for n in NUMBERS})
        self.assertEqual(len(self.signs), 3)

    def test_a_refusal_is_that_of_all(self):
        self.deliver(Refused("“b.png” is no picture", "400"))
        self.assertEqual(set(self.out.mapped("state")), {"failed"})
        self.assertEqual(set(self.out.mapped("error")), {"“b.png” is no picture"})

    def test_later_all_go_together(self):
        try:
            self.deliver(RetryLater("Slow down", "429", seconds=30))
            self.fail("The job has to come back later")
        except RetryableJobError:
            self.assertEqual(set(self.out.mapped("state")), {"queued"})
        self.out[0].next_try_at = fields.Datetime.now()
        self.deliver()
        self.assertEqual([len(part.album) for part, *_rest in Example.sent], [2, 2])
        self.assertEqual(set(self.out.mapped("state")), {"sent"})

    def test_without_an_answer_none_is_sent_again(self):
        self.deliver(Uncertain("No answer came"))
        self.assertEqual(set(self.out.mapped("state")), {"sending"})
        self.assertTrue(all(message.unconfirmed for message in self.out))
        self.deliver()
        self.assertEqual(len(Example.sent), 1)
        self.out.with_user(self.agent).action_settle(True)
        self.assertEqual(set(self.out.mapped("state")), {"sent"})

    def test_a_dead_worker_leaves_all_for_a_person(self):
        since = fields.Datetime.now() - timedelta(minutes=3)
        self.out.write({"state": "sending", "sending_since": since})
        self.deliver()
        self.assertFalse(Example.sent)

    def test_again_with_the_button(self):
        self.deliver(Refused("No", "1"))
        self.out.with_user(self.agent).action_retry()
        self.deliver()
        self.assertEqual(len(Example.sent[-1][0].album), 2)
        self.assertEqual(self.out.mapped("external_id"), list(NUMBERS))

    def test_one_of_them_again_goes_alone(self):
        self.deliver(Refused("No", "1"))
        self.out[1].with_user(self.agent).action_retry()
        self.deliver(Sent("y-1"))
        part, _recipient, upload, _correlation = Example.sent[-1]
        self.assertEqual((part.file, part.album, upload.content), (1, (), b"b"))
        self.assertEqual(self.out.mapped("state"), ["failed", "sent", "failed"])

    def test_the_first_one_again_leaves_what_arrived(self):
        self.deliver(Uncertain("No answer came"))
        self.out[1].write({"external_id": "x-2", "state": "sent"})
        (self.out - self.out[1]).with_user(self.agent).action_settle(False)
        self.deliver(Sent("y-1", album=("y-2",)))
        self.assertEqual(
            [p.file for p in (Example.sent[-1][0], *Example.sent[-1][0].album)], [0, 2]
        )
        self.assertEqual(self.out.mapped("external_id"), ["y-1", "x-2", "y-2"])

    def test_the_first_one_again_alone_takes_nobody_along(self):
        self.deliver(Uncertain("No answer came"))
        self.out[0].with_user(self.agent).action_settle(False)
        self.deliver(Sent("y-1"))
        part, _recipient, upload, _correlation = Example.sent[-1]
        self.assertEqual((part.file, part.album, upload.album), (0, (), ()))
        self.assertEqual(self.out.mapped("state"), ["sent", "sending", "sending"])
        self.out[1:].with_user(self.agent).action_settle(True)
        self.assertEqual(set(self.out.mapped("state")), {"sent"})

    def test_an_echo_faster_than_the_answer(self):
        self.out.write({"state": "sending", "sending_since": fields.Datetime.now()})
        self.out[0].external_id = "x-2"
        self.out[0]._keep_outcome(Sent("x-1", album=NUMBERS[1:]))
        self.assertEqual(set(self.out.mapped("external_id")), set(NUMBERS))
        self.assertEqual(set(self.out.mapped("state")), {"sent"})

    def test_the_same_number_twice_is_one(self):
        self.deliver(Sent("x-1", album=("x-1", "x-2")))
        self.assertEqual(self.out.mapped("external_id"), ["x-1", "x-2", False])

    @mute_logger("odoo.addons.social_helpdesk.models.helpdesk_social_outbox")
    def test_a_file_that_was_deleted_meanwhile(self):
        self.out[2].attachment_id.unlink()
        self.deliver()
        self.assertFalse(Example.sent)
        self.assertEqual(set(self.out.mapped("state")), {"failed"})
