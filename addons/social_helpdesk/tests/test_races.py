from unittest.mock import patch

from psycopg2 import errors

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import helpdesk_social_drain
from ..providers.types import Deletion, Person
from .common import START, SocialCase
from .example_provider import Example, moment
from .test_outage import ConflictError

EVENTS = "odoo.addons.social_helpdesk.models.helpdesk_social_event"
DRAIN = "odoo.addons.social_helpdesk.models.helpdesk_social_drain"


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
        drains = [("method_name", "=", "_drain")]
        before, at_checkpoint = jobs.search_count(drains), []
        checkpoint = helpdesk_social_drain.checkpoint

        def look(env):
            checkpoint(env)
            at_checkpoint.append(jobs.search_count(drains) - before)

        with (
            patch.object(helpdesk_social_drain, "checkpoint", look),
            patch.object(helpdesk_social_drain, "DRAIN_SECONDS", -1),
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
        with patch(f"{DRAIN}.time.sleep"):
            self.receive({"id": "a"}, {"id": "b"}, {"id": "c"})
        states = [self.event(name).state for name in "abc"]
        self.assertEqual(states, ["done", "failed", "done"])

    def test_rows_that_others_hold_are_tried_again_later(self):
        self.store({"id": "a"})
        model = type(self.env["helpdesk.social.inbound"])
        with (
            patch.object(model, "_apply", side_effect=ConflictError),
            patch(f"{DRAIN}.time.sleep"),
            self.assertRaises(ConflictError),
        ):
            self.drain()
        self.assertEqual(self.event("a").state, "new")

    def test_tickets_are_held_while_a_batch_is_applied(self):
        self.receive({"id": "a"})
        execute, seen = type(self.env.cr).execute, []

        def watch(cr, query, *args, **kwargs):
            seen.append(str(query))
            return execute(cr, query, *args, **kwargs)

        with patch.object(type(self.env.cr), "execute", watch):
            self.receive({"id": "b", "at": START + 5})
        held = [q for q in seen if "FROM helpdesk_ticket" in q and "FOR SHARE" in q]
        self.assertEqual(len(held), 1)

    def test_a_deleted_message_s_file_is_not_fetched(self):
        self.receive({"id": "a", "media": ["ref"]})
        message = self.messages(external_id="a")
        self.assertEqual(message.media_state, "waiting")
        Example.files["ref"] = b"never asked for"

        def deletion(_provider, e):
            return Deletion(e["id"], "a", e["from"], Person(e["from"]), moment(e))

        with patch.object(Example, "parse", deletion):
            self.receive({"id": "d", "at": START + 5})
        self.assertEqual(self.event("d").state, "done")
        with trap_jobs() as trap:
            message.action_fetch_again()
            trap.assert_jobs_count(0)
        message._fetch_media()
        self.assertFalse(message.attachment_id)
