import time
from unittest.mock import patch

from psycopg2 import InterfaceError, OperationalError, errorcodes, errors

from odoo import fields
from odoo.tests import tagged

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from ..database import only_one
from .common import SocialCase


class ConflictError(errors.SerializationFailure):
    """As PostgreSQL raises it; its own class cannot be made with a code."""

    pgcode = errorcodes.SERIALIZATION_FAILURE


@tagged("post_install", "-at_install")
class TestOutage(SocialCase):
    """The database goes away: nothing that was being worked on is to blame."""

    def _raising(self, model, method, error):
        return patch.object(type(self.env[model]), method, side_effect=error)

    def _retried(self, job):
        """``assertRaises`` of Odoo would roll back what the job did."""
        try:
            job()
        except RetryableJobError as error:
            self.assertTrue(error.seconds)
            self.assertTrue(error.ignore_retry)
        else:
            self.fail("the job is not tried again")

    def test_a_lost_connection_parks_no_event(self):
        self.store({"id": "a", "text": "Olá"}, {"id": "b", "text": "Tem alguém?"})
        for error in (InterfaceError("closed"), OperationalError("terminated")):
            with self._raising("helpdesk.social.inbound", "_apply", error):
                self._retried(self.drain)
        events = self.env["helpdesk.social.event"].search(
            [("account_id", "=", self.account.id)]
        )
        self.assertEqual(set(events.mapped("state")), {"new"})
        self.drain()
        self.assertEqual(set(events.mapped("state")), {"done"})

    def test_a_lost_connection_while_sending_is_tried_again(self):
        conversation = self.receive({"id": "in", "text": "Olá", "at": time.time()})
        self.answer(conversation.ticket_id, "Bom dia")
        error = InterfaceError("closed")
        with self._raising("helpdesk.social.message", "_keep_outcome", error):
            self._retried(conversation._send_waiting)
        # It was sent; nobody may do it a second time.
        conversation._send_waiting()
        self.assertEqual(self.messages(direction="out").state, "sending")

    def test_a_conflict_is_left_to_the_job_runner(self):
        with self.assertRaises(ConflictError), only_one(self.env, "x"):
            raise ConflictError

    def test_answers_without_a_job_are_woken(self):
        conversation = self.receive({"id": "in", "text": "Olá", "at": time.time()})
        conversations = self.env["helpdesk.social.conversation"]
        self.answer(conversation.ticket_id, "Bom dia")
        with trap_jobs() as trap:
            conversations._cron_wake()
            trap.assert_jobs_count(0)  # its own job has had no time yet
            later = fields.Datetime.add(fields.Datetime.now(), minutes=2)
            with self.now(later):
                conversations._cron_wake()
                conversations._cron_wake()
            trap.assert_jobs_count(1, only=conversation._send_waiting)

    def test_answers_that_wait_for_their_time_are_not_woken(self):
        conversation = self.receive({"id": "in", "text": "Olá", "at": time.time()})
        self.answer(conversation.ticket_id, "Bom dia")
        later = fields.Datetime.add(fields.Datetime.now(), minutes=2)
        self.messages(direction="out").next_try_at = later
        with trap_jobs() as trap, self.now(later):
            self.env["helpdesk.social.conversation"]._cron_wake()
            trap.assert_jobs_count(0)
