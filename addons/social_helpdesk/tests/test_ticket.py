from datetime import datetime, timedelta, timezone
from unittest.mock import patch

from markupsafe import Markup

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.mail.tools.discuss import Store

from .common import SocialCase


@tagged("post_install", "-at_install")
class TestTicket(SocialCase):
    def setUp(self):
        super().setUp()
        now = datetime.now(timezone.utc).timestamp() - 60
        self.conv = self.receive(
            {"id": "in", "text": "Olá", "at": now, "phone": "+5511999990001"}
        )
        self.ticket = self.conv.ticket_id

    def outgoing(self):
        return self.messages(direction="out")

    # --- what goes to the customer ---

    def test_send_message_goes_out(self):
        self.answer(self.ticket, "Olá Maria")
        self.assertEqual(len(self.outgoing()), 1)

    def test_log_note_stays_inside(self):
        self.ticket.with_user(self.agent).message_post(
            body="Cliente irritado",
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )
        self.assertFalse(self.outgoing())

    def test_open_pages_hear_of_what_does_not_go_out(self):
        portal = new_test_user(self.env, "in_portal", groups="base.group_portal")
        self.ticket.partner_id = portal.partner_id
        self.ticket.message_subscribe(portal.partner_id.ids)
        for user, subtype in (
            (portal, "mail.mt_comment"),
            (self.agent, "mail.mt_note"),
        ):
            with patch.object(type(self.account), "_tell_tickets") as told:
                self.ticket.with_user(user).message_post(
                    body="Obrigada", message_type="comment", subtype_xmlid=subtype
                )
            told.assert_called_once_with(self.ticket)
        self.assertFalse(self.outgoing())

    def test_what_the_system_writes_stays_inside(self):
        self.ticket.with_user(self.agent).write(
            {"priority": "3", "user_id": self.agent.id}
        )
        self.ticket.message_post(
            body="Notificação",
            message_type="notification",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertFalse(self.outgoing())

    def test_what_customers_write_stays_in_the_ticket(self):
        portal = new_test_user(self.env, "social_portal", groups="base.group_portal")
        self.ticket.message_subscribe(portal.partner_id.ids)
        self.ticket.message_post(
            body="Pelo portal",
            author_id=portal.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertFalse(self.outgoing())

    def test_an_agent_s_email_goes_out_too(self):
        self.ticket.message_post(
            body="<p>Por e-mail</p>",
            author_id=self.agent.partner_id.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(len(self.outgoing()), 1)

    def test_a_ticket_without_conversation_is_as_before(self):
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "E-mail", "description": "x", "team_id": self.team.id}
        )
        self.answer(ticket, "Por e-mail")
        self.assertFalse(self.outgoing())
        self.assertFalse(ticket.social_info)

    def test_empty_message_sends_nothing(self):
        self.answer(self.ticket, "")
        self.assertFalse(self.outgoing())

    def test_quoting_a_message(self):
        post = self.messages(external_id="in").mail_message_id
        answer = self.answer(self.ticket, "Sobre isto", parent_id=post.id)
        self.assertIn('"reply_to": "in"', self.outgoing().part)
        self.assertIn("o_social_quote", answer.body)
        self.assertNotIn("o_social_quote", self.outgoing().part)

    def test_a_quote_shows_the_words_alone(self):
        body = Markup('<p>O <b>6102</b>, veja <a href="https://d.example">aqui</a></p>')
        self.answer(self.ticket, body)
        self.outgoing().external_id = "ours"
        self.receive({"id": "b", "text": "certo", "reply_to": "ours"})
        self.assertIn(">O 6102, veja aqui</div>", self.bodies(self.ticket)[-1])

    def test_answering_without_quoting(self):
        self.answer(self.ticket, "Olá")
        self.assertIn('"reply_to": ""', self.outgoing().part)

    # --- the window ---

    def close_window(self):
        self.conv.last_inbound_at = fields.Datetime.now() - timedelta(hours=25)

    def test_closed_window_refuses_before_posting(self):
        self.close_window()
        with self.assertRaisesRegex(UserError, "24 hours"):
            self.answer(self.ticket, "Tarde demais")
        self.assertFalse(self.outgoing())

    def test_closed_window_allows_notes(self):
        self.close_window()
        self.ticket.with_user(self.agent).message_post(
            body="Ligar amanhã", message_type="comment", subtype_xmlid="mail.mt_note"
        )

    def test_closed_window_tells_who_answers_by_email(self):
        self.close_window()
        self.ticket.message_post(
            body="Por e-mail",
            author_id=self.agent.partner_id.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertFalse(self.outgoing())
        self.assertIn("was not sent", self.ticket.message_ids.sorted("id")[-1].body)

    def test_the_customer_reopens_the_window(self):
        self.close_window()
        now = datetime.now(timezone.utc).timestamp()
        self.receive({"id": "again", "text": "oi", "at": now})
        self.assertTrue(self.conv._window_open())
        self.answer(self.ticket, "Agora sim")

    # --- what the agent sees ---

    def test_info_for_the_composer(self):
        self.conv.contact_id.name = "Maria"
        info = self.ticket.with_user(self.agent).social_info
        self.assertEqual(
            (info["channel"], info["label"], info["address"]),
            ("example", "Example", "+5511999990001"),
        )
        self.assertTrue(info["has_window"])
        self.assertNotIn("secret", str(info).lower())

    def test_a_number_is_not_said_twice(self):
        """Who has no name is called by his number."""
        self.conv.contact_id.name = self.conv.contact_id.phone
        info = self.ticket.with_user(self.agent).social_info
        self.assertEqual((info["contact"], info["address"]), ("+5511999990001", ""))

    def test_ticks_reach_agents_and_not_customers(self):
        post = self.answer(self.ticket, "Olá")
        store = Store().add(post.with_user(self.agent)).get_result()
        info = store["mail.message"][0]["social_info"]
        self.assertEqual((info[0]["state"], info[0]["label"]), ("queued", "Example"))
        portal = new_test_user(self.env, "social_portal", groups="base.group_portal")
        self.ticket.message_subscribe(portal.partner_id.ids)
        store = Store().add(post.with_user(portal)).get_result()
        self.assertNotIn("social_info", store["mail.message"][0])

    def test_the_customer_is_not_written_an_email_as_well(self):
        self.conv.contact_id.partner_id.email = "maria@example.com"
        self.ticket.partner_email = "Maria <maria@example.com>"
        suggested = self.ticket.with_user(self.agent)._message_get_suggested_recipients(
            reply_discussion=True
        )
        self.assertEqual(suggested, [])

    def test_nobody_without_an_address_is_suggested(self):
        suggested = self.ticket.with_user(self.agent)._message_get_suggested_recipients(
            reply_discussion=True
        )
        self.assertFalse([who for who in suggested if not who.get("email")])

    def test_the_browser_may_say_which_message_it_answers(self):
        self.assertIn("parent_id", self.ticket._get_allowed_message_params())

    def test_a_follower_by_email_goes_on_as_before(self):
        follower = self.env["res.partner"].create(
            {"name": "Chefe", "email": "chefe@example.com"}
        )
        self.ticket.message_subscribe(follower.ids)
        post = self.answer(self.ticket, "Olá")
        self.assertIn(follower, post.notification_ids.res_partner_id)

    def test_count_of_messages(self):
        self.answer(self.ticket, "Olá")
        self.assertEqual(self.ticket.social_message_count, 2)
        action = self.ticket.action_social_messages()
        found = self.env["helpdesk.social.message"].search(action["domain"])
        self.assertEqual(len(found), 2)
