from lxml import html

from odoo import http
from odoo.tests import tagged

from .page_common import CPF, PageCase

TEXT = f"Bom dia,\nmeu CPF {CPF} não passa."


@tagged("post_install", "-at_install")
class TestPageTicket(PageCase):
    """A customer's form for a new ticket, its page and the list, as a browser
    without JavaScript has them."""

    def submit(self, subject="Nota", description=TEXT, files=None, **data):
        self.login(self.customer)
        data |= {
            "subject": subject,
            "description": description,
            "csrf_token": http.Request.csrf_token(self),
        }
        return self.url_open("/submitted/ticket", data=data, files=files)

    def page(self, response):
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.text)

    def newest(self):
        return self.env["helpdesk.ticket"].search([], order="id desc", limit=1)

    def words(self, node):
        return " ".join(node.text_content().split())

    def test_coached(self):
        page = self.page(self.submit())
        self.assertEqual(self.newest(), self.ticket)
        [panel] = page.xpath("//section[@id='moderation_advice']")
        [mark] = panel.xpath(".//mark")
        self.assertEqual(mark.text, CPF)
        self.assertIn("was not sent yet", self.words(panel))
        self.assertNotIn("files", self.words(panel))

    def test_all_that_was_entered_is_there(self):
        self.env.company.helpdesk_mgmt_portal_select_category = True
        categories = self.env["helpdesk.ticket.category"].create(
            [{"name": name, "show_in_portal": True} for name in ("A", "B")]
        )
        page = self.page(self.submit("A <b>nota</b>", category=categories[1].id))
        self.assertEqual(
            page.xpath("//input[@name='subject']/@value"), ["A <b>nota</b>"]
        )
        self.assertEqual(page.xpath("//textarea")[0].text.strip(), TEXT)
        chosen = page.xpath("//select[@name='category']/option[@selected]/@value")
        self.assertEqual(chosen, [str(categories[1].id)])

    def test_text_is_text(self):
        page = self.page(self.submit(description=f"<script>x</script> {CPF}"))
        self.assertFalse(page.xpath("//section//script"))

    def test_files_have_to_be_chosen_again(self):
        page = self.page(self.submit(files={"attachment": ("a.txt", b"x")}))
        self.assertIn("files have to be chosen again", self.words(page))

    def test_masked_and_sent_with_its_files(self):
        files = {"attachment": ("a.txt", b"x")}
        response = self.submit(moderation="mask", files=files)
        ticket = self.newest()
        self.assertTrue(response.url.endswith(f"/my/ticket/{ticket.id}"))
        self.assertEqual(ticket.moderation_state, "published")
        self.assertNotIn(CPF, ticket.description)
        self.assertIn("não passa", ticket.description)
        file = self.env["ir.attachment"].search(
            [("res_model", "=", ticket._name), ("res_id", "=", ticket.id)]
        )
        self.assertEqual(file.name, "a.txt")

    def test_insisted(self):
        page = self.page(self.submit(moderation="insist"))
        ticket = self.newest()
        self.assertEqual(ticket.moderation_state, "held")
        self.assertIn(CPF, ticket.description)
        [banner] = page.xpath("//div[hasclass('o_moderation_banner')]")
        self.assertIn("Waiting for a moderator", self.words(banner))
        listed = self.page(self.url_open("/my/tickets"))
        [row] = listed.xpath(f"//tr[.//a[contains(@href, '/my/ticket/{ticket.id}?')]]")
        self.assertIn("Waiting for a moderator", self.words(row))

    def test_refused(self):
        page = self.page(self.submit(description="vou te matar"))
        self.assertEqual(self.newest(), self.ticket)
        self.assertIn("breaks a rule", self.words(page))
        self.assertFalse(page.xpath("//button[@name='moderation']"))

    def test_a_refusal_is_neither_masked_nor_insisted_away(self):
        for choice in ("mask", "insist"):
            self.submit(description="vou te matar", moderation=choice)
            self.assertEqual(self.newest(), self.ticket)

    def test_the_masked_text_is_judged_again(self):
        page = self.page(self.submit(description=f"{CPF} matar", moderation="mask"))
        self.assertEqual(self.newest(), self.ticket)
        self.assertTrue(page.xpath("//section[@id='moderation_advice']"))

    def test_harmless(self):
        response = self.submit(description="A nota foi rejeitada")
        self.assertIn("/my/ticket/", response.url)
        page = self.page(response)
        self.assertFalse(page.xpath("//div[hasclass('o_moderation_banner')]"))

    def test_a_link_opens_no_ticket_that_waits(self):
        self.submit(moderation="insist")
        ticket = self.newest()
        token = ticket._portal_ensure_token()
        self.logout()
        response = self.url_open(f"/my/ticket/{ticket.id}/{token}")
        self.assertNotIn(CPF, response.text)
        self.login(self.customer)
        self.assertIn(CPF, self.url_open(f"/my/ticket/{ticket.id}/{token}").text)
