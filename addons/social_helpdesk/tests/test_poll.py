import json
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..providers.errors import Refused, RetryLater
from ..providers.types import Polled
from .common import START, SocialCase
from .example_provider import Example


@tagged("post_install", "-at_install")
class TestPoll(SocialCase):
    def raws(self, *ids):
        events = [{"id": i, "from": "1", "at": START, "text": i} for i in ids]
        return self.account._provider().split(json.dumps({"events": events}).encode())

    def test_what_is_new_comes_in_once(self):
        Example.polled = [
            Polled(tuple(self.raws("a", "b")), {"since": "b"}, timedelta(minutes=3)),
            Polled(tuple(self.raws("b", "c")), {"since": "c"}),
        ]
        self.account._poll()
        left = self.account.next_poll_at - self.account.polled_at
        self.assertEqual(left, timedelta(minutes=3))
        self.account._poll()
        self.assertEqual(Example.cursors, [{}, {"since": "b"}])
        self.drain()
        ticket = self.conversation("1").ticket_id
        said = " ".join(self.bodies(ticket))
        self.assertEqual([said.count(f">{i}<") for i in "abc"], [1, 1, 1])

    def test_events_wake_a_job(self):
        Example.polled = [Polled(tuple(self.raws("a")), {})]
        self.account._poll()
        jobs = self.env["queue.job"].search(
            [("identity_key", "=like", f"social_in:{self.account.id}:%")]
        )
        self.assertEqual(len(jobs), 1)

    def test_nothing_new(self):
        Example.polled = [Polled((), {"since": "a"})]
        self.account._poll()
        self.assertEqual(self.account.sudo().poll_cursor, {"since": "a"})

    def test_refused_raises_the_alarm_and_is_asked_again_later(self):
        Example.polled = [Refused("The site is gone", alarm=True)]
        self.account._poll()
        self.assertEqual(self.account.state, "alarm")
        self.assertGreater(self.account.next_poll_at, fields.Datetime.now())

    def test_unreachable_waits_as_it_is_told(self):
        Example.polled = [RetryLater("Not now", seconds=900)]
        self.account._poll()
        self.assertNotEqual(self.account.state, "alarm")
        later = fields.Datetime.add(fields.Datetime.now(), seconds=800)
        self.assertGreater(self.account.next_poll_at, later)

    def jobs(self):
        return self.env["queue.job"].search(
            [("identity_key", "=", f"social_poll:{self.account.id}")]
        )

    def test_only_those_that_are_due(self):
        accounts = self.env["helpdesk.social.account"]
        accounts._cron_poll()
        self.assertFalse(self.jobs(), "it was never connected")
        self.account.state = "connected"
        self.account.next_poll_at = fields.Datetime.add(
            fields.Datetime.now(), minutes=1
        )
        accounts._cron_poll()
        self.assertFalse(self.jobs(), "its time has not come")
        self.account.next_poll_at = False
        self.account.paused = True
        accounts._cron_poll()
        self.assertFalse(self.jobs(), "it is paused")
        self.account.paused = False
        accounts._cron_poll()
        accounts._cron_poll()
        self.assertEqual(self.jobs().channel, "root.social_bulk")
