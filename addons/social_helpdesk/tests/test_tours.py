import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTours(HttpCase):
    """An agent at his desk. What he sends is queued only: nothing here runs the
    job that calls the provider."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = new_test_user(
            cls.env, "tour_agent", groups="helpdesk_mgmt.group_helpdesk_user"
        )
        cls.account = cls.env["helpdesk.social.account"].create(
            {"name": "WhatsApp Support", "provider": "whatsapp", "lang": "en_US"}
        )
        cls.account.set_credentials({"phone_number_id": "1", "waba_id": "2"})

    def customer_writes(self, text, ago):
        """A message as Meta's webhook brings it.

        :param timedelta ago: how long ago the customer wrote it
        :return: the ticket
        """
        at = int((fields.Datetime.now() - ago).timestamp())
        message = {
            "from": "5511987650001",
            "id": f"wamid.{at}",
            "timestamp": str(at),
            "type": "text",
            "text": {"body": text},
        }
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"phone_number_id": "1"},
            "contacts": [
                {"profile": {"name": "Maria Souza"}, "wa_id": "5511987650001"}
            ],
            "messages": [message],
        }
        change = {"field": "messages", "value": value}
        body = {
            "object": "whatsapp_business_account",
            "entry": [{"id": "2", "changes": [change]}],
        }
        raws = self.account._provider().split(json.dumps(body).encode())
        lanes = self.env["helpdesk.social.event"]._store(self.account.id, raws)
        for lane in lanes:
            self.account._drain(lane)
        return self.env["helpdesk.ticket"].search(
            [("social_conversation_id.account_id", "=", self.account.id)]
        )

    def start(self, tour):
        action = "helpdesk_mgmt.helpdesk_ticket_action_opened"
        self.start_tour(f"/odoo/action-{action}", tour, login="tour_agent")

    def test_agent_answers(self):
        ticket = self.customer_writes("The invoice is wrong", timedelta(hours=1))
        self.start("social_helpdesk_agent_answers")
        queued = self.env["helpdesk.social.message"].search(
            [("ticket_id", "=", ticket.id), ("direction", "=", "out")]
        )
        self.assertEqual(queued.state, "queued")
        self.assertIn("A new one is on its way", queued.part)
        asked = ticket.social_conversation_id.message_ids - queued
        self.assertIn(asked.external_id, queued.part, "it quotes the question")

    def test_window_closed(self):
        ticket = self.customer_writes("Good morning", timedelta(hours=25))
        self.start("social_helpdesk_window_closed")
        self.assertFalse(
            self.env["helpdesk.social.message"].search_count(
                [("ticket_id", "=", ticket.id), ("direction", "=", "out")]
            )
        )
