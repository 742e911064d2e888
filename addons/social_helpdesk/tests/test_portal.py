from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

HUGE = {"ticket_id": "9" * 30, "stage_id": "9" * 30}


@tagged("post_install", "-at_install")
class TestPortal(HttpCase):
    def setUp(self):
        super().setUp()
        self.owner = new_test_user(
            self.env, "owner", groups="base.group_portal", lang="en_US"
        )
        self.stranger = new_test_user(self.env, "stranger", groups="base.group_portal")
        self.done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self.ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "Impressora",
                "description": "Não imprime",
                "partner_id": self.owner.partner_id.id,
            }
        )

    def close(self, login, token=True, **values):
        self.authenticate(login, login)
        data = {"ticket_id": self.ticket.id, "stage_id": self.done.id, **values}
        if token:
            data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open("/ticket/close", data=data, allow_redirects=False)

    def test_the_customer_closes_his_ticket(self):
        response = self.close("owner")
        self.assertEqual(response.status_code, 302)
        self.assertEqual(self.ticket.stage_id, self.done)

    def test_nobody_closes_another_s_ticket(self):
        self.close("stranger")
        self.assertFalse(self.ticket.closed)

    def test_not_into_any_stage(self):
        rejected = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_rejected")
        self.close("owner", stage_id=rejected.id)
        self.assertFalse(self.ticket.closed)

    def test_not_into_a_stage_of_another_team(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "Other"})
        self.done.team_ids = team
        self.close("owner")
        self.assertFalse(self.ticket.closed)

    def test_not_by_a_link_and_not_without_a_token(self):
        self.authenticate("owner", "owner")
        url = f"/ticket/close?ticket_id={self.ticket.id}&stage_id={self.done.id}"
        self.assertEqual(self.url_open(url).status_code, 405)
        with self.assertLogs("odoo.http", "WARNING"):
            self.close("owner", token=False)
        self.assertFalse(self.ticket.closed)

    def test_nonsense(self):
        for values in (
            {"ticket_id": "x"},
            {"ticket_id": 0},
            {"stage_id": "1;--"},
            HUGE,
        ):
            self.assertEqual(self.close("owner", **values).status_code, 302)
        self.assertFalse(self.ticket.closed)

    def test_the_button_on_the_page(self):
        self.authenticate("owner", "owner")
        page = self.url_open(f"/my/ticket/{self.ticket.id}").text
        form = page.split('action="/ticket/close"')[0].rsplit("<form", 1)[1]
        self.assertIn('method="POST"', form)
        self.assertIn("csrf_token", page)
