from odoo.tests import tagged

from .page_common import CPF, PageCase


@tagged("post_install", "-at_install")
class TestTours(PageCase):
    """Customers and agents in a browser."""

    def messages(self, **values):
        domain = [("moderation_case_id.document_id", "=", self.ticket.id)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["mail.message"].search(domain)

    def test_portal_chatter(self):
        self.start_tour(
            f"/my/ticket/{self.ticket.id}",
            "moderation_portal_chatter",
            login=self.customer.login,
        )
        bodies = "".join(self.ticket.message_ids.mapped("body"))
        self.assertIn("all right?", bodies)
        self.assertNotIn(CPF, bodies)
        self.assertEqual(len(self.messages(moderation_state="held")), 1)

    def test_portal_ticket(self):
        self.start_tour(
            "/new/ticket", "moderation_portal_ticket", login=self.customer.login
        )
        ticket = self.env["helpdesk.ticket"].search([("name", "=", "Invoice")])
        self.assertEqual(ticket.moderation_state, "held")

    def test_portal_report(self):
        message = self.post("You are a fool", self.agent)
        self.start_tour(
            f"/my/ticket/{self.ticket.id}",
            "moderation_portal_report",
            login=self.customer.login,
        )
        report = self.env["moderation.report"].search(
            [("res_model", "=", "mail.message"), ("res_id", "=", message.id)]
        )
        self.assertEqual(report.reporter_id, self.customer.partner_id)
        self.assertEqual(report.category_id.code, "insult")

    def test_agent_reveals(self):
        message = self.ticket.message_post(
            body=f"CPF {CPF}, cancel everything",
            author_id=self.customer.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        message._moderation_triage()
        self.start_tour(
            f"/odoo/helpdesk.ticket/{self.ticket.id}",
            "moderation_agent_reveals",
            login=self.agent.login,
        )
        shown = self.env["moderation.log"].search(
            [("event", "=", "secret.shown"), ("res_id", "=", message.id)]
        )
        self.assertEqual(len(shown), 1)
        held = self.messages(moderation_state="held")
        self.assertEqual(held.author_id, self.agent.partner_id)
        self.assertFalse(held.notification_ids)
