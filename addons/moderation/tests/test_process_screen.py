from datetime import timedelta

from freezegun import freeze_time
from lxml import html
from markupsafe import Markup

from odoo import fields
from odoo.tests import Form, tagged

from .common import CPF
from .process_common import ProcessCase


@tagged("post_install", "-at_install")
class TestScreen(ProcessCase):
    """What a moderator sees, and what stays covered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule(kind="confidential", words=["cpf"], category="personal")

    def look(self, case, user=None):
        self.env.invalidate_all()
        return str(case.with_user(user or self.moderator).context_html)

    def marked(self, page):
        return html.fromstring(page).xpath("//mark//text()")

    def test_the_text_in_its_context_with_what_was_found(self):
        for number in range(5):
            self.published(f"<p>antes {number}</p>")
        message, case = self.held("<p>esse <b>tre</b>co &lt;i&gt; não anda</p>")
        for number in range(5):
            self.published(f"<p>depois {number}</p>")
        page = self.look(case)
        self.assertEqual("".join(self.marked(page)), "treco")
        for shown in ("antes 2", "antes 4", "depois 0", "depois 2", "Ana Souza"):
            self.assertIn(shown, page)
        for left_out in ("antes 1", "depois 3", "<i>"):
            self.assertNotIn(left_out, page)
        self.assertIn("&lt;i&gt;", page)
        self.assertIn("treco", case.with_user(self.moderator).excerpt)
        self.assertTrue(message)

    def test_hostile_markup_stays_text(self):
        attack = (
            "<p>treco &lt;script&gt;alert(1)&lt;/script&gt;</p><img src=x onerror=a()>"
        )
        _message, case = self.held(attack)
        page = html.fromstring(self.look(case))
        self.assertFalse(page.xpath("//script | //img | //*[@onerror]"))

    def test_internal_notes_are_not_shown(self):
        self.ticket.message_post(
            body="segredo da casa", subtype_xmlid="mail.mt_note", message_type="comment"
        )
        _message, case = self.held()
        shown = self.look(case)
        self.assertIn("treco", shown)

    def test_secrets_are_covered_until_somebody_asks(self):
        _message, case = self.held(f"<p>meu cpf é {CPF}</p>")
        mine = case.with_user(self.moderator)
        self.assertNotIn(CPF, self.look(case))
        self.assertIn("•" * 4, self.look(case))
        self.assertNotIn(CPF, mine.excerpt)
        self.assertTrue(mine.has_secret)
        mine.action_show_secrets()
        self.assertIn(CPF, self.look(case))
        self.assertNotIn(CPF, self.look(case, self.second), "Each for himself")
        mine.action_show_secrets()
        self.assertEqual(self.events(case).count("case.secret_shown"), 1)
        self.assertNotIn(CPF, mine.excerpt, "A list never shows them")

    def test_what_was_found_is_said(self):
        _message, case = self.held(f"<p>meu cpf é {CPF}</p>")
        for finding in case.finding_ids:
            sentence = finding.with_user(self.moderator).sentence
            self.assertIn("CPF", sentence)
            self.assertNotIn(CPF, sentence)
            self.assertNotIn(CPF, finding.read_as)
            pt_br = finding.with_context(lang="pt_BR").sentence
            self.assertNotEqual(pt_br, sentence)

    def test_a_change_beside_what_is_published(self):
        message = self.published("<p>bom dia</p>")
        message.with_user(self.customer).write({"body": Markup("<p>um treco</p>")})
        page = self.look(self.case_of(message))
        self.assertIn("bom dia", page)
        self.assertEqual(self.marked(page), ["treco"])

    def test_a_text_that_is_gone(self):
        message, case = self.held()
        message.unlink()
        self.assertIn("does not exist any more", self.look(case))
        self.assertFalse(case.excerpt)
        self.assertFalse(case.file_ids)

    def test_its_files(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.customer)
            .sudo()
            .create(
                {
                    "name": "nota.xml",
                    "raw": b"<a/>",
                    "res_model": "mail.compose.message",
                    "res_id": 0,
                }
            )
        )
        message = self.post(Markup("<p>treco</p>"), attachment_ids=file.ids).sudo()
        case = self.case_of(message)
        self.assertEqual(case.with_user(self.moderator).file_ids, file)

    def test_a_list_asks_for_all_at_once(self):
        """Ten times the cases, no more queries."""
        cases = self.cases
        for _number in range(20):
            cases |= self.held()[1]

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.with_user(self.moderator).read(["excerpt", "document_name", "age"])
            return self.cr.sql_log_count - before

        queries(cases)
        self.assertLessEqual(queries(cases), queries(cases[:2]) + 1)

    def test_the_form_opens_for_who_may_read_no_ticket(self):
        """A moderator need not be an agent."""
        self.assertFalse(self.ticket.with_user(self.moderator).has_access("read"))
        file = self.env["ir.attachment"].create(
            {"name": "a.pdf", "res_model": self.ticket._name, "res_id": self.ticket.id}
        )
        message = self.published("<p>resposta</p>", user=self.agent)
        message.attachment_ids = file
        report = self.env["moderation.report"].with_user(self.customer)
        category = self.env.ref("moderation.category_insult")
        case = report._report(message.with_user(self.customer), category).case_id
        self.decide(case, "escalate")
        for user in (self.moderator, self.second, self.manager):
            self.env.invalidate_all()
            form = Form(case.with_user(user), "moderation.case_view_form")
            self.assertIn("resposta", str(form.context_html))
            self.assertIn("a.pdf", str(form.context_html))
            self.assertEqual(form.outreach_stage, case.ticket_ids.stage_id.name)

    def test_a_ticket_s_own_text(self):
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.customer)
            .sudo()
            .create({"name": "Um treco", "description": "<p>e outro treco</p>"})
        )
        self.assertEqual(
            self.marked(self.look(self.case_of(ticket))), ["treco", "treco"]
        )


@tagged("post_install", "-at_install")
class TestDeadlines(ProcessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases.search([]).state = "closed"

    def later(self, **delta):
        return freeze_time(fields.Datetime.now() + timedelta(**delta))

    def told(self):
        return self.env["mail.message"].search(
            [("message_type", "=", "user_notification"), ("subject", "like", "Overdue")]
        )

    def test_each_company_says_how_long(self):
        company = self.ticket.company_id
        company.moderation_hours_2 = 5
        _message, case = self.held()
        self.assertEqual(case.severity, "2")
        hours = (case.deadline - fields.Datetime.now()).total_seconds() / 3600
        self.assertEqual(round(hours), 5)

    def test_overdue(self):
        _message, case = self.held()
        self.assertFalse(case.overdue)
        late = [("id", "=", case.id), ("overdue", "=", True)]
        self.assertFalse(self.cases.search(late))
        with self.later(days=3):
            self.env.invalidate_all()
            self.assertTrue(case.overdue)
            self.assertEqual(self.cases.search(late), case)
            in_time = [("id", "=", case.id), ("overdue", "=", False)]
            self.assertFalse(self.cases.search(in_time))

    def test_moderators_are_told_once_without_a_word_of_it(self):
        _message, case = self.held("<p>um treco qualquer</p>")
        self.cases._cron_overdue()
        self.assertFalse(case.alerted)
        with self.later(days=3):
            self.cases._cron_overdue()
            self.assertTrue(case.alerted)
            told = self.told()
            self.assertIn(self.moderator.partner_id, told.notified_partner_ids)
            self.assertNotIn(self.agent.partner_id, told.notified_partner_ids)
            self.assertNotIn("treco", str(told.mapped("body")))
            self.cases._cron_overdue()
            self.assertEqual(self.told(), told)

    def test_restricted_cases_are_told_to_administrators(self):
        _message, case = self.held()
        case.restricted = True
        with self.later(days=3):
            self.cases._cron_overdue()
        told = self.told().notified_partner_ids
        self.assertIn(self.manager.partner_id, told)
        self.assertNotIn(self.moderator.partner_id, told)
