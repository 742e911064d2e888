"""Keys that come with a customer's message."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .. import providers
from ..providers.errors import Uncertain
from .common import SocialCase
from .example_provider import Example
from .test_consent import PHONE
from .test_signs import SignsCase

SECRET = "nobody-may-see-it"


@tagged("post_install", "-at_install")
class TestToken(SocialCase):
    def setUp(self):
        super().setUp()
        self.patch(Example, "reply_seconds", 50)
        self.conv = self.writes("in1", reply="r1", quote="q1")
        self.ticket = self.conv.ticket_id

    def writes(self, number, age=0, **tokens):
        at = fields.Datetime.now().timestamp() - age
        conv = self.receive({"id": number, "text": "Olá", "at": at, "tokens": tokens})
        # the database's clock stands still in a test's one transaction
        self.event(number).received_at = fields.Datetime.now()
        return conv

    def event(self, number):
        return self.env["helpdesk.social.event"].search([("external_id", "=", number)])

    def sends(self, parent=None, **kwargs):
        """:return: the tokens that the provider was given"""
        if parent:
            kwargs["parent_id"] = self.messages(external_id=parent).mail_message_id.id
        self.answer(self.ticket, **kwargs)
        before = len(Example.sent)
        self.conv._send_waiting()
        return [dict(part.tokens) for part, *_rest in Example.sent[before:]]

    def test_each_serves_once(self):
        self.assertEqual(self.sends(), [{"reply": "r1"}])
        self.assertEqual(self.sends(), [{}])

    def test_the_newest_one_first(self):
        self.writes("in2", reply="r2")
        file = ("boleto.pdf", b"%PDF-1.4")
        tokens = self.sends(attachments=[file])
        self.assertEqual(tokens, [{"reply": "r2"}, {"reply": "r1"}])

    def test_an_old_one_is_left_alone(self):
        self.conv._take_reply_token(50)
        self.writes("in2", age=51, reply="r2")
        self.assertEqual(self.sends(), [{}])

    def test_nor_one_that_came_long_ago(self):
        """Whatever the provider's clock says."""
        ago = fields.Datetime.now() - timedelta(seconds=51)
        self.event("in1").received_at = ago
        self.assertEqual(self.sends(), [{}])

    def test_nor_somebody_elses(self):
        self.conv._take_reply_token(50)
        at = fields.Datetime.now().timestamp()
        self.receive(
            {"id": "o", "from": "999", "text": "x", "at": at, "tokens": {"reply": "r9"}}
        )
        self.assertEqual(self.sends(), [{}])

    def test_it_is_given_away_before_it_is_used(self):
        Example.outcomes = [Uncertain("No answer came")]
        self.assertEqual(self.sends(), [])
        self.assertFalse(self.conv._take_reply_token(50))

    def test_a_quote_can_be_made_for_ever(self):
        for _time in range(2):
            self.assertEqual(self.sends("in1")[0].get("quote"), "q1")

    def test_an_agents_message_has_none(self):
        self.sends()
        mine = self.messages(direction="out").external_id
        self.assertEqual(self.sends(mine), [{}])

    def test_a_channel_without_tokens_is_not_asked_for_any(self):
        self.patch(Example, "reply_seconds", 0)
        self.assertEqual(self.sends("in1"), [{}])
        self.assertEqual(self.conv._take_reply_token(50), "r1")

    @mute_logger("odoo.addons.social_helpdesk.models.helpdesk_social_outbox")
    def test_without_the_channels_add_on_the_message_fails_and_not_the_job(self):
        self.answer(self.ticket)
        providers.unregister("example")
        self.addCleanup(providers.register, Example)
        self.conv._send_waiting()
        self.assertEqual(self.messages(direction="out").state, "failed")

    def test_nobody_sees_them(self):
        self.writes("in2", reply=SECRET, quote=SECRET, read=SECRET)
        self.sends("in2")
        groups = "helpdesk_mgmt.group_helpdesk_manager,base.group_system"
        manager = new_test_user(self.env, "curious", groups=groups)
        for user in (self.agent, manager):
            messages = self.messages().with_user(user)
            self.assertNotIn(SECRET, str(messages.read(["raw", "part", "error"])))
            self.assertNotIn(SECRET, str([m._chatter_values() for m in messages]))
        seen = self.event("in2").with_user(manager)
        self.assertNotIn(SECRET, str(seen.read()))
        with self.assertRaises(AccessError):
            seen.read(["tokens"])
        with self.assertRaises(AccessError):
            seen.export_data(["tokens"])
        with self.assertRaises(AccessError):
            seen.search([("tokens", "!=", False)])

    def test_they_go_with_the_raw_event(self):
        message = self.messages(external_id="in1")
        self.account._purge_events(fields.Datetime.now() + timedelta(days=1))
        message.invalidate_recordset()
        self.assertEqual(message._token("quote"), "")
        self.assertEqual(self.sends("in1"), [{}])


@tagged("post_install", "-at_install")
class TestReadToken(SignsCase):
    def test_read_is_told_with_its_token(self):
        at = fields.Datetime.now().timestamp()
        self.receive({"id": "in2", "text": "Oi", "at": at, "tokens": {"read": "m2"}})
        self.during(self.ticket.social_seen)
        self.assertEqual(self.signs, [("mark_read", "in2", PHONE, "m2")])
