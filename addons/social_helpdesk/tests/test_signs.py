from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from ..providers.errors import Refused, RetryLater
from .common import SocialCase
from .example_provider import Example
from .test_consent import NOW, PHONE


class SignsCase(SocialCase):
    """A channel that can do everything, and what it was asked to do."""

    def setUp(self):
        super().setUp()
        for flag in ("mark_read", "type", "react", "edit", "unsend"):
            self.patch(Example, f"can_{flag}", True)
        self.signs, self.fault = [], None
        for name in ("mark_read", "typing", "react", "edit", "unsend"):
            self.patch(Example, name, self.recorder(name))
        self.conv = self.receive({"id": "in1", "text": "It does not print", "at": NOW})
        self.ticket = self.conv.ticket_id.with_user(self.agent)
        self.post = self.messages(direction="in").mail_message_id

    def recorder(self, name):
        def record(_provider, *args):
            if self.fault:
                raise self.fault
            self.signs.append((name, *args))

        return record

    def notes(self):
        note = self.env.ref("mail.mt_note")
        posts = self.ticket.sudo().message_ids.filtered(lambda m: m.subtype_id == note)
        return [str(post.body) for post in posts]

    def during(self, action):
        """What the jobs do that ``action`` leaves behind."""
        with trap_jobs() as trap:
            action()
            trap.perform_enqueued_jobs()


@tagged("post_install", "-at_install")
class TestReactions(SignsCase):
    def react(self, emoji, action="add", user=None):
        user = user or self.agent
        post = self.post.with_user(user).sudo()
        guest = self.env["mail.guest"]
        self.during(
            lambda: post._message_reaction(emoji, action, user.partner_id, guest)
        )

    def test_the_customer_sees_it(self):
        self.react("👍")
        self.react("👍", "remove")
        self.assertEqual(
            self.signs, [("react", "in1", PHONE, "👍"), ("react", "in1", PHONE, "")]
        )

    def test_of_two_agents_the_last_one_is_shown(self):
        other = new_test_user(
            self.env, "other_agent", groups="helpdesk_mgmt.group_helpdesk_user"
        )
        self.team.user_ids += other
        self.react("👍")
        self.react("❤️", user=other)
        self.react("❤️", "remove", user=other)
        self.assertEqual([sign[3] for sign in self.signs], ["👍", "❤️", "👍"])

    def test_an_emoji_the_channel_does_not_know_is_refused_with_those_it_knows(self):
        self.patch(Example, "reactions", ("❤",))
        with self.assertRaisesRegex(UserError, "knows only these reactions: ❤"):
            self.react("👍")
        self.assertFalse(self.post.reaction_ids)
        self.react("❤️")
        self.assertEqual(self.signs, [("react", "in1", PHONE, "❤")])

    def test_where_the_channel_knows_none_it_stays_in_the_house(self):
        self.patch(Example, "can_react", False)
        self.react("👍")
        self.assertTrue(self.post.reaction_ids)
        self.assertFalse(self.signs)

    def test_the_customers_own_reactions_do_not_leave(self):
        portal = new_test_user(self.env, "portal_customer", groups="base.group_portal")
        self.react("👍", user=portal)
        self.assertFalse(self.signs)

    def test_somebody_who_only_reads_does_not_speak_for_the_desk(self):
        employee = new_test_user(self.env, "passer_by", groups="base.group_user")
        self.react("👍", user=employee)
        self.assertFalse(self.signs)

    def test_an_agents_message_gets_none(self):
        self.post = self.answer(self.ticket)
        self.conv._send_waiting()
        self.react("👍")
        self.assertFalse(self.signs)

    def test_what_the_provider_refuses_is_said_in_the_ticket(self):
        self.fault = Refused("The message is too old")
        self.react("👍")
        self.assertIn(
            "does not see the reaction: The message is too old", self.notes()[0]
        )

    def test_what_can_wait_is_tried_again(self):
        self.fault = RetryLater("Busy", seconds=7)
        with self.assertRaises(RetryableJobError) as raised:
            self.messages(direction="in")._show_reaction()
        self.assertEqual(raised.exception.seconds, 7)

    def test_nothing_against_the_customers_will(self):
        self.receive({"id": "stop", "from": PHONE, "wants": False, "at": NOW + 1})
        with self.assertRaisesRegex(UserError, "wants no messages"):
            self.react("👍")

    def test_after_the_window_the_agent_is_told_at_once(self):
        self.conv.last_inbound_at = fields.Datetime.now() - timedelta(days=2)
        with self.assertRaisesRegex(UserError, "24 hours"):
            self.react("👍")


@tagged("post_install", "-at_install")
class TestReadAndTyping(SignsCase):
    def test_read_is_told_once(self):
        for _time in range(2):
            self.during(self.ticket.social_seen)
        self.assertEqual(self.signs, [("mark_read", "in1", PHONE)])
        self.assertEqual(self.messages(direction="in").state, "read")

    def test_the_next_message_is_told_again(self):
        self.during(self.ticket.social_seen)
        self.receive({"id": "in2", "text": "Hello?", "at": NOW + 5})
        self.during(self.ticket.social_seen)
        self.assertEqual([sign[1] for sign in self.signs], ["in1", "in2"])

    def test_typing(self):
        self.during(self.ticket.social_typing)
        self.assertEqual(self.signs, [("typing", "in1", PHONE)])

    def test_typing_of_long_ago_is_not_shown(self):
        long_ago = fields.Datetime.now() - timedelta(minutes=1)
        self.conv._tell_typing(fields.Datetime.to_string(long_ago))
        self.assertFalse(self.signs)

    def test_each_account_decides(self):
        self.account.signs = False
        self.during(self.ticket.social_seen)
        self.during(self.ticket.social_typing)
        self.assertFalse(self.signs)
        signs = self.ticket.social_info["signs"]
        self.assertEqual(signs, {"read": False, "typing": False})

    def test_the_composer_knows_what_the_channel_can(self):
        self.patch(Example, "can_type", False)
        self.assertEqual(
            self.ticket.social_info["signs"], {"read": True, "typing": False}
        )

    def test_nothing_is_shown_under_a_public_comment_or_while_paused(self):
        self.account.action_pause()
        self.during(self.ticket.social_seen)
        self.account.action_resume()
        self.conv.public = True
        self.during(self.ticket.social_typing)
        self.assertFalse(self.signs)

    def test_a_fault_stays_without_a_trace_and_is_tried_next_time(self):
        self.fault = Refused("No")
        self.during(self.ticket.social_seen)
        self.assertEqual(self.messages(direction="in").state, "received")
        self.assertFalse(self.notes())

    def test_only_who_may_answer_may_say_so(self):
        portal = new_test_user(self.env, "portal_customer", groups="base.group_portal")
        for method in ("social_seen", "social_typing"):
            with self.assertRaises(AccessError):
                getattr(self.ticket.with_user(portal), method)()
