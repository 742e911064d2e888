from lxml import html

from odoo.tests import tagged

from .test_pages import GONE, RoomCase

SUBJECT = "Rejeição 539 da nota fiscal"


@tagged("post_install", "-at_install")
class TestTicketPortal(RoomCase):
    """The portal's form for a new ticket, with what others have solved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["moderation.rule.set"].search([]).active = False
        cls.question = cls.solved()

    @classmethod
    def solved(cls, **vals):
        values = {"space_id": cls.space.id, "title": SUBJECT, "body": "<p>?</p>"} | vals
        posts = cls.env["community.post"]
        question = posts.with_user(cls.gil.user_id)._ask(values)
        reply = question.with_user(cls.agent.user_id)._reply("<p>Troque o CST.</p>")
        question._accept(reply)
        return question

    def similar(self, member, text=SUBJECT):
        self.enter(member)
        result, error = self.json("/my/community/ticket/similar", text=text)
        self.assertFalse(error)
        return result

    def avoided(self):
        return self.env["community.avoided"].search(
            [("member_id", "in", self.everyone.ids)]
        )

    def test_form(self):
        page = html.fromstring(self.page("/new/ticket", self.bia).text)
        [place] = page.xpath("//form//div[hasclass('o_community_ticket')]")
        self.assertIn("Ask the community instead", place.text_content())

    def test_form_of_who_is_no_member(self):
        answer = self.page("/new/ticket", self.outsider)
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("o_community_ticket", answer.text)
        self.assertEqual(self.similar(self.outsider), [])

    def test_similar(self):
        [found] = self.similar(self.bia)
        self.assertEqual(found["id"], self.question.id)
        self.assertEqual(found["title"], SUBJECT)
        self.assertTrue(found["solved"])
        self.assertEqual(self.similar(self.bia, "x" * 100_000), [])

    def test_only_what_one_may_see(self):
        secret = self.solved(audience="company")
        for member in (self.bia, self.ana):
            ids = [found["id"] for found in self.similar(member)]
            self.assertNotIn(secret.id, ids)
        self.assertIn(secret.id, [found["id"] for found in self.similar(self.gil)])

    def test_this_solved_it(self):
        self.enter(self.bia)
        for _click in range(2):
            result, _error = self.json(
                "/my/community/ticket/solved", post_id=self.question.id
            )
        self.assertEqual(result, {"url": f"/my/community/post/{self.question.id}"})
        self.assertEqual(self.avoided().member_id, self.bia)

    def test_this_solved_it_for_what_is_not_there(self):
        secret = self.solved(audience="company")
        self.enter(self.bia)
        for post_id in (secret.id, 10**9, 0, -1):
            told = self.refused("/my/community/ticket/solved", post_id=post_id)
            self.assertEqual(told, GONE)
        self.assertFalse(self.avoided())

    def test_ask_instead_takes_the_text_along(self):
        self.enter(self.bia)
        result, _error = self.json(
            "/my/community/ticket/ask", subject="Nota", description="Um <b>\nDois"
        )
        self.assertTrue(result["url"].startswith("/my/community?compose=1"))
        begun = self.as_(self.bia, "community.draft")._begun("new")
        self.assertEqual(begun["title"], "Nota")
        self.assertIn("Um &lt;b&gt;", begun["body"])
        self.assertEqual(begun["space_id"], self.space.id)

    def test_ask_instead_keeps_what_was_begun(self):
        drafts = self.as_(self.bia, "community.draft")
        drafts._keep("new", {"title": "Antes", "body": "<p>Já escrito</p>"})
        self.enter(self.bia)
        self.json("/my/community/ticket/ask", subject="Nota", description="Agora")
        body = drafts._begun("new")["body"]
        self.assertIn("Agora", body)
        self.assertIn("Já escrito", body)
        self.json("/my/community/ticket/ask", subject=" ", description="")
        self.assertEqual(drafts._begun("new")["title"], "Nota")

    def test_in_a_browser(self):
        """A customer types, finds the answer, and sends no ticket."""
        self.start_tour(
            "/new/ticket", "community_ticket_avoided", login="community_bia"
        )
        self.assertEqual(self.avoided().post_id.id, self.question.id)
        tickets = self.env["helpdesk.ticket"].search(
            [("partner_id", "=", self.bia.partner_id.id)]
        )
        self.assertFalse(tickets)
