import time
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from ..models.helpdesk_social_pace import REST, SLOW_FOR, SLOW_SECONDS
from ..models.helpdesk_social_replay import PIECE
from ..providers.errors import RetryLater
from ..providers.types import Template
from .common import SocialCase
from .example_provider import Example
from .test_consent import NOW

CLOCK = "odoo.addons.social_helpdesk.models.helpdesk_social_outbox.time.monotonic"


@tagged("post_install", "-at_install")
class TestPace(SocialCase):
    def setUp(self):
        super().setUp()
        self.conv = self.receive({"id": "in", "text": "Hello", "at": NOW})
        self.ticket = self.conv.ticket_id
        self.account.slow_until = False

    def send(self, seconds=0, job="_send_waiting"):
        """Send what waits while every call takes so many seconds.

        :return: the jobs that this leaves behind
        """
        clock, original = time.monotonic, Example.send
        passed = []

        def slowly(provider, *args):
            passed.append(seconds)
            return original(provider, *args)

        self.patch(Example, "send", slowly)
        with patch(CLOCK, lambda: clock() + sum(passed)), trap_jobs() as trap:
            getattr(self.conv, job)()
        self.patch(Example, "send", original)
        return trap.enqueued_jobs

    def names(self, jobs):
        return [job.method_name for job in jobs]

    def test_a_quick_provider_stays_in_the_fast_line(self):
        self.answer(self.ticket, "One")
        self.assertFalse(self.send(seconds=SLOW_SECONDS - 1))
        self.assertFalse(self.account._is_slow())

    def test_after_a_slow_answer_the_rest_waits_elsewhere(self):
        self.answer(self.ticket, "One")
        self.answer(self.ticket, "Two")
        self.assertEqual(self.names(self.send(seconds=10)), ["_send_slowly"])
        self.assertEqual(len(Example.sent), 1)
        self.assertEqual(self.messages(direction="out")[1].state, "queued")
        self.send(seconds=10, job="_send_slowly")
        self.assertIn("Two", Example.sent[1][0].text)

    def test_new_answers_do_not_touch_the_fast_line(self):
        self.account._note_pace(10)
        self.answer(self.ticket, "One")
        self.assertEqual(self.names(self.send()), ["_send_slowly"])
        self.assertFalse(Example.sent)

    def test_a_quick_answer_brings_it_back(self):
        self.account._note_pace(10)
        self.answer(self.ticket, "One")
        self.send(job="_send_slowly")
        self.assertFalse(self.account._is_slow())
        self.answer(self.ticket, "Two")
        self.assertFalse(self.send())
        self.assertEqual(len(Example.sent), 2)

    def test_so_does_time(self):
        self.account._note_pace(10)
        self.assertTrue(self.account._is_slow())
        with self.now(fields.Datetime.now() + SLOW_FOR + timedelta(seconds=1)):
            self.assertFalse(self.account._is_slow())

    def test_it_is_written_down_only_when_it_is_news(self):
        self.account._note_pace(10)
        self.env.flush_all()
        with self.assertQueryCount(0):
            self.account._note_pace(10)
            self.env.flush_all()

    def test_another_account_is_not_concerned(self):
        other = self.account.copy({"name": "Other desk"})
        self.account._note_pace(10)
        self.assertFalse(other._is_slow())

    def test_a_file_that_does_not_come_is_slow_as_well(self):
        Example.files = {"a": RetryLater("No answer")}
        self.receive({"id": "f", "media": ["a"], "at": NOW + 1})
        clock = iter((0, SLOW_SECONDS))
        media = "odoo.addons.social_helpdesk.models.helpdesk_social_media"
        with patch(f"{media}.time.monotonic", lambda: next(clock)):
            try:
                self.messages(direction="in")[-1]._fetch_media()
            except RetryableJobError:
                self.assertTrue(self.account._is_slow())
            else:
                self.fail("the file is not asked for again")

    def test_files_wait_there_as_well(self):
        Example.files = {"a": b"x"}
        self.account._note_pace(10)
        self.receive({"id": "f", "media": ["a"], "at": NOW + 1})
        message = self.messages(direction="in")[-1]
        with trap_jobs() as trap:
            message._fetch_media()
        self.assertEqual(self.names(trap.enqueued_jobs), ["_fetch_slowly"])
        self.assertEqual(message.media_state, "waiting")
        message._fetch_slowly()
        self.assertEqual(message.media_state, "done")


@tagged("post_install", "-at_install")
class TestGently(SocialCase):
    """Long work while customers write, and while nobody does."""

    def setUp(self):
        super().setUp()
        self.naps = []
        pace = "odoo.addons.social_helpdesk.models.helpdesk_social_pace"
        ticks = iter(range(0, 1000, 2))  # every piece takes two seconds
        self.startPatcher(patch(f"{pace}.time.monotonic", lambda: next(ticks)))
        self.startPatcher(patch(f"{pace}.time.sleep", self.naps.append))

    def last_came(self, seconds_ago):
        self.store({"id": f"event{seconds_ago}"})
        self.env.cr.execute(
            "UPDATE helpdesk_social_event"
            "   SET received_at = now() AT TIME ZONE 'UTC' - %s * interval '1 second'"
            " WHERE id = (SELECT max(id) FROM helpdesk_social_event)",
            [seconds_ago],
        )

    def test_it_rests_while_customers_write(self):
        self.last_came(1)
        with self.account._gently():
            pass
        self.assertEqual(self.naps, [2 * REST])

    def test_at_night_it_hurries(self):
        self.last_came(60)
        with self.account._gently():
            pass
        self.assertFalse(self.naps)

    def test_replays_purges_and_templates_are_done_in_pieces(self):
        count = 2 * PIECE + 1
        self.store(*({"id": f"r{n}", "text": "x"} for n in range(count)))
        self.drain()
        self.last_came(1)
        events = self.env["helpdesk.social.event"].search(
            [("account_id", "=", self.account.id), ("state", "=", "done")]
        )
        self.account._replay(events.ids)
        self.assertEqual(len(self.naps), 3)
        self.account._purge()
        self.assertEqual(len(self.naps), 4)
        templates = [
            Template(str(n), f"t{n}", "pt_BR", "UTILITY", "approved", "Oi")
            for n in range(150)
        ]
        with patch.object(Example, "templates", lambda _provider: templates):
            self.account._sync_templates()
            self.assertEqual(len(self.naps), 6)
            self.account._sync_templates(in_job=False)
        self.assertEqual(len(self.naps), 6)
        self.assertEqual(len(self.account.template_ids), 150)
