from datetime import datetime, timedelta, timezone
from unittest.mock import patch

from odoo import fields
from odoo.tests import new_test_user, tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..providers import words
from ..providers.errors import Refused, RetryLater
from ..providers.types import Check, Connection, Note
from .common import SocialCase
from .example_provider import Example
from .test_consent import NOW

REACH = "odoo.addons.social_helpdesk.models.helpdesk_social_test.reach"


@tagged("post_install", "-at_install")
class TestHealth(SocialCase):
    def check(self, **values):
        connection = Connection("Example Desk", "@example", **values)
        self.patch(Example, "check", lambda provider: connection)
        self.account._check()

    def told(self):
        return [m.body for m in self.account.message_ids if "ends on" in m.body]

    def ends_in(self, days):
        self.check(
            expires_at=datetime.now(timezone.utc) + timedelta(days=days, hours=-1)
        )

    def test_the_end_of_the_access_is_told_three_times(self):
        for days, times in ((60, 0), (15, 0), (14, 1), (10, 1), (3, 2), (2, 2), (1, 3)):
            self.ends_in(days)
            self.assertEqual(len(self.told()), times, f"{days} days before")
        self.assertIn("Example desk", self.told()[0])

    def test_a_new_token_begins_anew(self):
        self.ends_in(2)
        self.ends_in(60)
        self.ends_in(2)
        self.assertEqual(len(self.told()), 2)
        self.check()
        self.assertFalse(self.account.token_expires_at)

    def test_checks_are_shown_with_what_to_do(self):
        self.check(
            checks=(
                Check(Note("Token of %(name)s", {"name": "<Ana>"})),
                Check(Note("Webhook"), Note("Press “Connect again”.")),
            ),
            quality="GREEN",
        )
        html = str(self.account.checks_html)
        self.assertIn("Token of &lt;Ana&gt;", html)
        # the third: this server's address, which is no https address
        self.assertEqual(
            (html.count("text-success"), html.count("text-danger")), (1, 2)
        )
        self.assertIn("Press “Connect again”.", html)
        self.assertEqual(self.account.quality, "GREEN")

    def test_traffic(self):
        self.assertFalse(self.account.last_event_at)
        conv = self.receive({"text": "Hi", "at": NOW})
        self.receive({"id": "bad", "bad": True, "at": NOW})
        self.store({"id": "waits", "text": "Hi", "at": NOW})
        self.answer(conv.ticket_id, "One")
        conv._send_waiting()
        self.answer(conv.ticket_id, "Two")
        self.messages(direction="out")[0].state = "failed"
        self.env.flush_all()
        self.account.invalidate_recordset()
        self.assertTrue(self.account.last_event_at and self.account.last_answer_at)
        numbers = (
            self.account.waiting_in,
            self.account.waiting_out,
            self.account.parked,
            self.account.error_rate,
        )
        self.assertEqual(numbers, (1, 1, 1, 0.5))
        self.assertEqual(
            self.env["helpdesk.social.event"].search_count(
                self.account.action_parked()["domain"]
            ),
            1,
        )


@tagged("post_install", "-at_install")
class TestTest(SocialCase):
    """The button “Test”."""

    def setUp(self):
        super().setUp()
        self.account.action_connect()
        well = Check(Note(words.REACHED))
        self.reached = self.startPatcher(patch(REACH, return_value=well))

    def lines(self):
        return [
            (line["what"]["text"], self.account._todo(line))
            for line in self.account.checks
        ]

    def test_the_address_is_asked_in_a_job(self):
        with trap_jobs() as trap:
            told = self.account.action_check()
            self.reached.assert_not_called()
            trap.assert_jobs_count(1, only=self.account._reach)
            self.assertIn("fa-spin", self.account.checks_html)
            trap.perform_enqueued_jobs()
        self.assertEqual(self.lines(), [(words.REACHED, "")])
        self.assertNotIn("fa-spin", self.account.checks_html)
        self.assertEqual(told["params"]["type"], "success")

    def test_a_job_that_nobody_runs(self):
        with trap_jobs():
            self.account.action_check()
        with self.now(fields.Datetime.now() + timedelta(minutes=3)):
            [(_what, todo)] = self.lines()
        self.assertIn("job runner", todo)

    def test_what_is_not_well_is_told_and_shown(self):
        not_well = Check(Note(words.REACHED), Note(words.NOT_HTTPS, {"host": "erp"}))
        self.reached.return_value = not_well
        self.account._check()
        self.assertEqual(self.account._tell_result()["params"]["type"], "warning")
        self.assertEqual(self.account.health, "yellow")
        self.assertIn("no https address", self.account.health_reason)

    def test_what_comes_in_proves_the_address(self):
        """Some routers do not let a server call itself."""
        self.reached.return_value = Check(Note(words.REACHED), Note("Not reached"))
        self.receive({"text": "Hi"})
        self.account.invalidate_recordset()
        self.account._reach()
        self.assertEqual(self.lines(), [(words.REACHED, "")])

    def test_a_refusal_is_a_line_and_an_alarm(self):
        with patch.object(Example, "check", side_effect=Refused("Token expired")):
            told = self.account.action_check()
        self.assertEqual(told["params"]["type"], "warning")
        self.assertEqual(self.account.state, "alarm")
        self.assertIn(("%(channel)s answers", "Token expired"), self.lines())

    def test_a_provider_that_is_away_is_a_line_only(self):
        with patch.object(Example, "check", side_effect=RetryLater("Not reached")):
            self.account._check()
        self.assertEqual(self.account.state, "connected")
        self.assertIn(("%(channel)s answers", "Not reached"), self.lines())

    def test_the_clock(self):
        def check(provider):
            provider.http.trusted = ("https", "api.example", 443)
            provider.http.ahead = -90.0
            return Connection("Desk", "@d")

        self.patch(Example, "check", check)
        self.account._check()
        [(what, todo), _reach] = self.lines()
        self.assertEqual(what, words.CLOCK)
        self.assertIn("api.example by 90 seconds", todo)


@tagged("post_install", "-at_install")
class TestLight(SocialCase):
    """Green, yellow, red; and who is told."""

    def setUp(self):
        super().setUp()
        self.owner = new_test_user(
            self.env,
            "account_owner",
            groups="helpdesk_mgmt.group_helpdesk_manager",
            email="owner@example.com",
        )
        self.account.user_id = self.owner
        with trap_jobs():
            self.account.action_connect()
        self.account.checks = False

    def light(self):
        self.env.flush_all()
        self.account.invalidate_recordset()
        return self.account.health, self.account.health_reason or ""

    def tasks(self):
        return self.account.activity_ids

    def assert_light(self, level, *words_):
        found, reason = self.light()
        self.assertEqual(found, level, reason)
        for word in words_:
            self.assertIn(word, reason)

    def test_well_and_not_connected(self):
        self.assert_light("green")
        self.account.active = False
        self.assert_light("off")
        new = self.account.create({"name": "New", "provider": "example"})
        self.assertEqual(new.health, "off")

    def test_the_end_of_the_access(self):
        now = fields.Datetime.now()
        for days, level in ((20, "green"), (13, "yellow"), (-1, "red")):
            self.account.token_expires_at = now + timedelta(days=days)
            self.assert_light(level)

    def test_the_quality_of_the_number(self):
        for word, level in (("GREEN", "green"), ("MEDIUM", "yellow"), ("RED", "red")):
            self.account.quality = word
            self.assert_light(level, word if level != "green" else "")

    def test_a_pause(self):
        self.account.action_pause()
        self.assert_light("yellow", "Paused")

    def test_customers_who_wait(self):
        self.store({"text": "Hi"})
        self.assert_light("green")
        event = self.env["helpdesk.social.event"].search(
            [("account_id", "=", self.account.id)]
        )
        event.received_at = fields.Datetime.now() - timedelta(minutes=11)
        self.assert_light("red", "job runner")

    def test_parked_events(self):
        self.receive({"bad": True, "id": "bad"})
        self.assert_light("yellow", "1 events could not be understood")

    def test_answers_that_fail(self):
        ticket = self.receive({"text": "Hi", "at": NOW}).ticket_id
        for _number in range(5):
            self.answer(ticket)
        sent = self.messages(direction="out")
        sent.state = "sent"
        self.assert_light("green")
        sent[0].state = "failed"
        self.assert_light("yellow", "20 %")
        sent[:3].state = "failed"
        self.assert_light("red", "60 %")

    def test_an_answer_that_waits(self):
        ticket = self.receive({"text": "Hi", "at": NOW}).ticket_id
        self.answer(ticket)
        self.assert_light("green")
        before = fields.Datetime.now() - timedelta(minutes=16)
        self.messages(direction="out").occurred_at = before
        self.assert_light("yellow", "An answer waits")

    def test_the_providers_limit(self):
        conversation = self.receive({"text": "Hi", "at": NOW})
        self.answer(conversation.ticket_id)
        Example.outcomes = [RetryLater("Slower", seconds=3600)]
        self.messages(direction="out")._send()
        self.assert_light("yellow", "lets us wait until")
        until = self.account.limited_until
        self.assertAlmostEqual(
            (until - fields.Datetime.now()).total_seconds(), 3600, delta=60
        )
        with self.now(until + timedelta(seconds=1)):
            self.messages(direction="out")._send()
        self.assertFalse(self.account.limited_until)
        self.assert_light("green")

    def test_a_provider_that_is_not_asked(self):
        self.account.next_poll_at = fields.Datetime.now() - timedelta(hours=2)
        self.assert_light("yellow", "not asked for news")

    def test_accounts_are_found_by_it(self):
        accounts = self.env["helpdesk.social.account"]
        self.assertNotIn(self.account, accounts.search([("health", "=", "red")]))
        self.account.quality = "RED"
        self.assertIn(self.account, accounts.search([("health", "=", "red")]))

    # --- who is told ---

    def test_the_responsible_is_told_once_until_it_is_well(self):
        self.account.quality = "RED"
        for _time in range(3):
            self.env["helpdesk.social.account"]._cron_health()
        [task] = self.tasks()
        self.assertEqual(task.user_id, self.owner)
        self.assertIn("RED", task.note)
        told = self.account.message_ids.filtered(
            lambda m: self.owner.partner_id in m.notified_partner_ids
        )
        self.assertEqual(len(told), 1)
        self.account.quality = "GREEN"
        self.account._cron_health()
        self.assertFalse(self.tasks())
        self.account.quality = "RED"
        self.account._cron_health()
        self.assertEqual(len(self.tasks()), 1)

    def test_another_alarm_is_another_message_and_the_same_task(self):
        self.account._raise_alarm("Token expired")
        self.account._raise_alarm("Number locked")
        self.assertEqual(len(self.tasks()), 1)
        bodies = " ".join(self.account.message_ids.mapped("body"))
        self.assertIn("Token expired", bodies)
        self.assertIn("Number locked", bodies)

    def test_without_a_responsible_the_managers_are_told(self):
        self.owner.active = False
        managers = self.account._responsible()
        self.assertTrue(managers)
        self.assertNotIn(self.owner, managers)
        self.account._raise_alarm("Token expired")
        self.assertIn(self.tasks().user_id, managers)

    def test_who_may_not_see_it_is_not_asked_to_repair_it(self):
        stranger = new_test_user(self.env, "account_stranger")
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.owner.write({"company_ids": elsewhere.ids, "company_id": elsewhere.id})
        for user in (stranger, self.owner):
            self.account.user_id = user
            self.assertNotIn(user, self.account._responsible())

    def test_the_creator_is_responsible(self):
        made = self.account.with_user(self.owner).create(
            {"name": "Mine", "provider": "example"}
        )
        self.assertEqual(made.user_id, self.owner)
