import json

from lxml import html
from markupsafe import Markup

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .process_common import ProcessCase


@tagged("post_install", "-at_install")
class TestPortal(ProcessCase, HttpCase):
    def setUp(self):
        super().setUp()
        for user in (self.customer, self.stranger):
            user.password = user.login
        self.message, self.case = self.held("<p>um treco <b>meu</b></p>")
        _other, self.second_case = self.held()
        self.decision = self.decide(
            self.second_case, "silence", "Too rude", days=7, message="<p>Be kind</p>"
        )

    def page(self, url, user=None, **kwargs):
        user = user or self.customer
        self.authenticate(user.login, user.login)
        return self.url_open(url, **kwargs)

    def text(self, response):
        self.assertEqual(response.status_code, 200)
        content = html.fromstring(response.text).xpath("//*[@id='wrap']")[0]
        return " ".join(content.text_content().split())

    def appeal(self, user=None, token=True, decision=None, **data):
        user = user or self.customer
        self.authenticate(user.login, user.login)
        if token:
            data["csrf_token"] = http.Request.csrf_token(self)
        number = (decision or self.decision).id
        return self.url_open(f"/my/moderation/decision/{number}/appeal", data=data)

    def test_one_s_own_things(self):
        text = self.text(self.page("/my/moderation"))
        self.assertIn("um treco meu", text)
        self.assertIn("Only you see it", text)
        self.assertIn("You may not write here until", text)
        self.assertIn("Too rude", text)
        self.assertIn("You can appeal", text)

    def test_nobody_else_s(self):
        text = self.text(self.page("/my/moderation", self.stranger))
        self.assertIn("Nothing was ever decided", text)
        self.assertNotIn("treco", text)
        for number in (self.decision.id, 0, 2**31, 2**63):
            url = f"/my/moderation/decision/{number}"
            response = self.page(url, self.stranger)
            self.assertTrue(response.url.endswith("/my/moderation"), response.url)

    def test_not_without_a_login(self):
        response = self.url_open("/my/moderation")
        self.assertIn("/web/login", response.url)

    def test_the_card(self):
        self.authenticate(self.customer.login, self.customer.login)
        response = self.url_open(
            "/my/counters",
            data=json.dumps({"params": {"counters": ["moderation_count"]}}),
            headers={"Content-Type": "application/json"},
        )
        self.assertEqual(response.json()["result"]["moderation_count"], 2)
        self.assertIn("/my/moderation", self.page("/my").text)

    def test_appealing(self):
        url = f"/my/moderation/decision/{self.decision.id}"
        text = self.text(self.page(url))
        for part in ("Too rude", "Be kind", "Do you think this is wrong?"):
            self.assertIn(part, text)
        text = self.text(self.appeal(text="It was <b>not</b> rude"))
        self.assertIn("It was <b>not</b> rude", text)
        self.assertIn("Somebody other than who decided", text)
        appeal = self.decision.appeal_ids
        self.assertEqual(appeal.state, "open")
        text = self.text(self.appeal(text="Once more"))
        self.assertEqual(len(self.decision.appeal_ids), 1)
        appeal.with_user(self.second)._answer(True, "You are right")
        text = self.text(self.page(url))
        self.assertIn("You were right: the decision was undone.", text)
        self.assertIn("You are right", text)

    def test_an_empty_appeal_says_so(self):
        text = self.text(self.appeal(text=" "))
        self.assertIn("Write why the decision should be changed.", text)
        self.assertFalse(self.decision.appeal_ids)

    def test_nobody_else_appeals(self):
        self.appeal(self.stranger, text="Me too")
        self.assertFalse(self.decision.appeal_ids)

    @mute_logger("odoo.http")
    def test_not_without_a_token(self):
        self.appeal(token=False, text="x")
        self.assertFalse(self.decision.appeal_ids)

    def test_what_was_never_told_is_not_shown(self):
        """An approval of what was published all the time is none of his business."""
        message = self.published("<p>resposta</p>", user=self.agent)
        report = self.env["moderation.report"].with_user(self.customer)
        category = self.env.ref("moderation.category_insult")
        case = report._report(message.with_user(self.customer), category).case_id
        case.author_id = self.customer.partner_id
        decision = self.decide(case, "approve")
        response = self.page(f"/my/moderation/decision/{decision.id}")
        self.assertTrue(response.url.endswith("/my/moderation"))


@tagged("post_install", "-at_install")
class TestReportRoute(ProcessCase, HttpCase):
    def setUp(self):
        super().setUp()
        for user in (self.colleague, self.stranger):
            user.password = user.login
        self.message = self.post(Markup("<p>resposta</p>"), user=self.agent).sudo()

    def call(self, url, user=None, **params):
        user = user or self.colleague
        self.authenticate(user.login, user.login)
        response = self.url_open(
            url,
            data=json.dumps({"params": params}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    def report(self, **params):
        usual = {
            "res_model": "mail.message",
            "res_id": self.message.id,
            "category": "insult",
        }
        with mute_logger("odoo.http"):
            return self.call("/moderation/report", **(usual | params))

    def test_categories(self):
        found = self.call("/moderation/report/categories")["result"]
        self.assertIn("insult", [one["code"] for one in found])

    def test_reporting(self):
        answer = self.report(note="x" * 9000)
        self.assertIn("Thank you", answer["result"]["message"])
        report = self.case_of(self.message).report_ids
        self.assertEqual(report.reporter_id, self.colleague.partner_id)
        self.assertLess(len(report.note), 1000)
        self.assertIn("already", self.report()["error"]["data"]["message"])

    def test_what_one_may_not_read_is_not_there(self):
        answers = [
            self.report(user=self.stranger),
            self.report(res_id=2**40),
            self.report(res_id=-1),
            self.report(res_id="1 or 1=1"),
            self.report(res_id=999999999),
            self.report(res_model="res.users", res_id=2),
            self.report(res_model="moderation.content", res_id=2),
            self.report(res_model="nonsense"),
            self.report(res_model=["x"]),
        ]
        for answer in answers:
            self.assertEqual(
                answer["error"]["data"]["message"], "This is not there any more."
            )
        self.assertFalse(self.case_of(self.message))

    def test_unknown_category(self):
        for category in ("nope", None, 7, ["insult"]):
            answer = self.report(category=category)
            self.assertIn("Choose what is wrong", answer["error"]["data"]["message"])
