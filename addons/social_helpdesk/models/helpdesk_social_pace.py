"""A provider that is slow to answer keeps nobody else waiting, nor does long work.

Whoever sends waits for the provider's answer, and there are few who send. An
account whose provider takes its time gets a line of its own until it is quick
again; so one that is down for an hour delays no other account.

What works off thousands of records does so in small pieces, and while customers
write it rests between them: the machine is theirs.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models

from ..database import checkpoint

SLOW_SECONDS = 3  # what a healthy provider hardly ever takes
SLOW_FOR = timedelta(minutes=2)  # then the fast line is tried again
BUSY_SECONDS = 10  # after a customer's message
REST = 5  # times as long as the piece of work took


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    slow_until = fields.Datetime(groups=fields.NO_ACCESS, copy=False)

    @contextmanager
    def _gently(self) -> Iterator[None]:
        """Around one piece of long work in a job that may commit."""
        began = time.monotonic()
        yield
        checkpoint(self.env)
        took = time.monotonic() - began
        busy = self.env["helpdesk.social.event"]._is_coming_in(BUSY_SECONDS)
        checkpoint(self.env)  # nothing may stay open while it rests
        if busy:
            time.sleep(REST * took)

    def _is_slow(self):
        self.ensure_one()
        return bool(self.slow_until and self.slow_until > fields.Datetime.now())

    def _note_pace(self, seconds):
        """Remember how long a call took; written down only when that is news."""
        self.ensure_one()
        now = fields.Datetime.now()
        if seconds < SLOW_SECONDS:
            if self.slow_until:
                self.slow_until = False
        elif not self.slow_until or self.slow_until < now + SLOW_FOR / 2:
            self.slow_until = now + SLOW_FOR


class HelpdeskSocialEvent(models.Model):
    _inherit = "helpdesk.social.event"

    @api.model
    def _is_coming_in(self, seconds):
        """Whether anything came within the last ``seconds``."""
        self.env.cr.execute(
            """
            SELECT received_at > now() AT TIME ZONE 'UTC' - %s * interval '1 second'
              FROM helpdesk_social_event ORDER BY id DESC LIMIT 1
            """,
            [seconds],
        )
        return self.env.cr.fetchone() == (True,)


class HelpdeskSocialConversation(models.Model):
    _inherit = "helpdesk.social.conversation"

    def _send_slowly(self):
        """Job: :meth:`_send_waiting` in the line of those who are slow."""
        self._send_all(patient=True)

    def _line_up_with_the_slow(self):
        self.with_delay(
            identity_key=f"social_slow:{self.id}", max_retries=0
        )._send_slowly()


class HelpdeskSocialMessage(models.Model):
    _inherit = "helpdesk.social.message"

    def _fetch_slowly(self):
        """Job: :meth:`_fetch_media` in the line of those who are slow."""
        self._fetch()
