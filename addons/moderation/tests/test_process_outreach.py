from odoo.exceptions import UserError
from odoo.tests import tagged

from .process_common import ProcessCase


@tagged("post_install", "-at_install")
class TestOutreach(ProcessCase):
    """Criticism stays, and somebody takes care of whoever wrote it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.env["helpdesk.ticket.team"].create({"name": "Care"})
        cls.ticket.company_id.moderation_outreach_team_id = cls.team
        cls.ticket.company_id.moderation_outreach_hours = 4
        cls.rule(action="outreach", words=["cansei"], category="criticism")

    def test_by_a_rule(self):
        message = self.published("<p>cansei de esperar</p>")
        self.assertIn("cansei", str(self.shown(self.agent)), "The post stays")
        case = self.case_of(message)
        self.assertEqual((case.state, case.content_state), ("decided", "published"))
        ticket = case.outreach_ticket_id
        self.assertEqual(ticket.team_id, self.team)
        self.assertIn("Ana Souza", ticket.name)
        hours = (ticket.moderation_deadline - ticket.create_date).total_seconds() / 3600
        self.assertEqual(round(hours), 4)
        self.assertFalse(ticket.with_user(self.customer).has_access("read"))
        self.assertFalse(self.letters(self.customer.partner_id))
        self.assertNotIn("cansei", str(ticket.description))

    def test_what_came_of_it(self):
        case = self.case_of(self.published("<p>cansei de esperar</p>"))
        mine = case.with_user(self.moderator)
        self.assertFalse(mine.outreach_answered)
        self.assertFalse(mine.outreach_closed)
        self.post("Desculpe, ligamos já", user=self.agent)
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        case.ticket_ids.stage_id = done
        self.env.invalidate_all()
        self.assertTrue(mine.outreach_answered)
        self.assertTrue(mine.outreach_closed)
        self.assertEqual(mine.outreach_stage, done.name)
        self.assertEqual(mine.action_open_ticket()["res_id"], case.ticket_ids.id)

    def test_by_a_moderator(self):
        message, case = self.held()
        self.decide(case, "outreach", "Sad customer")
        self.assertEqual(case.content_state, "published")
        self.assertEqual(message.model, "helpdesk.ticket")
        self.assertIn("Sad customer", str(case.ticket_ids.description))

    def test_without_settings_it_works_too(self):
        self.ticket.company_id.moderation_outreach_team_id = False
        case = self.case_of(self.published("<p>cansei</p>"))
        self.assertTrue(case.outreach_ticket_id)

    def test_no_ticket_no_window(self):
        _message, case = self.held()
        with self.assertRaisesRegex(UserError, "No ticket"):
            case.with_user(self.moderator).action_open_ticket()
        action = case.with_user(self.moderator).action_open_document()
        self.assertEqual(action["res_id"], self.ticket.id)
