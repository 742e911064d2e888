from unittest.mock import patch

from psycopg2 import errors

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import helpdesk_social_event
from .common import START, SocialCase
from .example_provider import Example
from .test_outage import ConflictError

EVENTS = "odoo.addons.social_helpdesk.models.helpdesk_social_event"


@tagged("post_install", "-at_install")
class TestRaces(SocialCase):
    """What happens when two write the same rows, or one event is poison."""

    def event(self, external_id):
        return self.env["helpdesk.social.event"].search(
            [("external_id", "=", external_id)]
        )

    def test_the_next_job_of_a_lane_is_committed(self):
        lanes = self.store({"id": "a"})
        (lane,) = lanes
        jobs = self.env["queue.job"]
        before, at_checkpoint = jobs.search_count([]), []
        checkpoint = helpdesk_social_event.checkpoint

        def look(env):
            checkpoint(env)
            at_checkpoint.append(jobs.search_count([]) - before)

        with (
            patch.object(helpdesk_social_event, "checkpoint", look),
            patch.object(helpdesk_social_event, "DRAIN_SECONDS", -1),
        ):
            self.account._drain_alone(lane)
        self.assertEqual(at_checkpoint[-1], 1)

    @mute_logger(EVENTS)
    def test_a_parser_that_breaks_parks_one_event(self):
        original = Example.parse

        def parse(provider, payload):
            if payload["id"] == "b":
                raise KeyError("a mistake of ours")
            return original(provider, payload)

        self.patch(Example, "parse", parse)
        self.receive({"id": "a"}, {"id": "b"}, {"id": "c"})
        states = [self.event(name).state for name in "abc"]
        self.assertEqual(states, ["done", "failed", "done"])

    @mute_logger(EVENTS)
    def test_a_key_that_is_always_taken_parks_one_event(self):
        model = type(self.env["helpdesk.social.inbound"])
        original = model._apply

        def apply(inbound, account, pairs):
            if any(event.external_id == "b" for event, _typed in pairs):
                raise errors.UniqueViolation
            return original(inbound, account, pairs)

        self.patch(model, "_apply", apply)
        with patch(f"{EVENTS}.time.sleep"):
            self.receive({"id": "a"}, {"id": "b"}, {"id": "c"})
        states = [self.event(name).state for name in "abc"]
        self.assertEqual(states, ["done", "failed", "done"])

    def test_rows_that_others_hold_are_tried_again_later(self):
        self.store({"id": "a"})
        model = type(self.env["helpdesk.social.inbound"])
        with (
            patch.object(model, "_apply", side_effect=ConflictError),
            patch(f"{EVENTS}.time.sleep"),
            self.assertRaises(ConflictError),
        ):
            self.drain()
        self.assertEqual(self.event("a").state, "new")

    def test_tickets_are_held_while_a_batch_is_applied(self):
        self.receive({"id": "a"})
        with self.assertQueryLogged("helpdesk_ticket WHERE id = ANY"):
            self.receive({"id": "b", "at": START + 5})

    def assertQueryLogged(self, text):
        case, execute, seen = self, type(self.env.cr).execute, []

        class Watch:
            def __enter__(self):
                case.patch(type(case.env.cr), "execute", self.execute)

            def __exit__(self, *_exc):
                case.assertTrue([q for q in seen if text in q and "FOR SHARE" in q])

            @staticmethod
            def execute(cr, query, *args, **kwargs):
                seen.append(str(query))
                return execute(cr, query, *args, **kwargs)

        return Watch()

    def test_a_deleted_message_s_file_is_not_fetched(self):
        self.receive({"id": "a", "media": ["ref"]})
        message = self.messages(external_id="a")
        self.assertEqual(message.media_state, "waiting")
        Example.files["ref"] = b"never asked for"
        with patch.object(
            Example, "parse", lambda provider, e: self.deletion(e, target="a")
        ):
            self.receive({"id": "d", "at": START + 5})
        self.assertEqual(self.event("d").state, "done")
        with trap_jobs() as trap:
            message.action_fetch_again()
            trap.assert_jobs_count(0)
        message._fetch_media()
        self.assertFalse(message.attachment_id)

    @staticmethod
    def deletion(e, target):
        from ..providers.types import Deletion, Person
        from .example_provider import moment

        return Deletion(e["id"], target, e["from"], Person(e["from"]), moment(e))
