import time

from odoo import models

from odoo.addons.queue_job.exception import RetryableJobError

from ..database import CONFLICTS, checkpoint, is_conflict, is_outage, only_one, undo
from .helpdesk_social_event import BATCH

# Then the worker is handed to somebody else: no lane waits longer for its turn
# while others never run empty.
DRAIN_SECONDS = 3
# After a batch that was not full, so that the next one is fuller. A transaction
# costs as much as ten messages; under a steady load this is what decides.
GATHER_SECONDS = 0.2


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    def _drain(self, lane):
        """Job: work off one lane until it is empty or the time is up."""
        self.ensure_one()
        with only_one(self.env, f"social_in:{self.id}:{lane}") as mine:
            if not mine:
                raise RetryableJobError(
                    "Another job works on this lane", seconds=1, ignore_retry=True
                )
            self._drain_alone(lane)

    def _drain_alone(self, lane):
        events = self.env["helpdesk.social.event"]
        deadline = time.monotonic() + DRAIN_SECONDS
        while waiting := events._next(self, lane):
            self._process_batch(waiting)
            if time.monotonic() > deadline:
                events._wake(self.id, [lane])
                checkpoint(self.env)  # ``only_one`` ends with a rollback
                break
            if len(waiting) < BATCH:
                time.sleep(GATHER_SECONDS)

    def _process_batch(self, events):
        conflict = None
        for attempt in range(1, CONFLICTS + 1):
            try:
                events._process()
                checkpoint(self.env)
                return
            except Exception as error:
                if not is_conflict(error):
                    raise
                conflict = error
                undo(self.env)
                time.sleep(0.02 * attempt)
        self._settle_conflict(events, conflict)

    def _settle_conflict(self, events, conflict):
        """Rows that others hold will be free later. A key that is always taken
        is no race but one bad event, which must not stop its lane for ever."""
        if is_outage(conflict):
            raise conflict
        if len(events) == 1:
            events._park_crash(conflict)
            checkpoint(self.env)
            return
        for event in events:
            self._process_batch(event)
