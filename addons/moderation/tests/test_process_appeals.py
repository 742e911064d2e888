from datetime import timedelta

import psycopg2
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .process_common import ProcessCase


@tagged("post_install", "-at_install")
class TestAppeals(ProcessCase):
    def setUp(self):
        super().setUp()
        self.message, self.case = self.held("<p>esse treco não anda</p>")
        self.decision = self.decide(self.case, "silence", "Rude", days=7)

    def appeal(self, text="It is no insult", user=None):
        appeals = self.env["moderation.appeal"].with_user(user or self.customer)
        return appeals._file(self.decision, text)

    def answer(self, appeal, overturn, user=None, text="We looked"):
        wizard = (
            self.env["moderation.appeal.answer"]
            .with_user(user or self.second)
            .create({"appeal_id": appeal.id, "answer": text})
        )
        return wizard.action_overturn() if overturn else wizard.action_uphold()

    def in_force(self):
        return self.env["moderation.sanction"]._in_force(
            self.customer.partner_id, "ticket"
        )

    def test_overturned_by_another_moderator(self):
        appeal = self.appeal()
        self.assertEqual(appeal.state, "open")
        self.assertTrue(self.in_force())
        self.answer(appeal, overturn=True)
        self.assertEqual((appeal.state, appeal.user_id), ("overturned", self.second))
        self.assertTrue(self.decision.undone_at)
        self.assertFalse(self.in_force())
        self.assertIn("treco", str(self.shown(self.agent)), "It is published")
        self.assertEqual(self.case.state, "decided")
        self.assertEqual(self.case.last_decision_id.user_id, self.second)
        self.assertEqual(
            self.letters(self.customer.partner_id),
            ["The answer to your appeal", "About what you wrote to us"],
            "One letter says it all",
        )
        events = self.events(self.case)
        self.assertLess(events.index("appeal.filed"), events.index("appeal.overturned"))

    def test_a_text_that_was_never_held(self):
        message = self.published("<p>bom</p>", user=self.stranger_who_reads())
        category = self.env.ref("moderation.category_insult")
        report = self.env["moderation.report"].with_user(self.customer)
        case = report._report(message.with_user(self.customer), category).case_id
        self.decision = self.decide(case, "hide")
        appeal = self.appeal(user=self.stranger)
        self.answer(appeal, overturn=True)
        self.assertEqual((case.state, case.content_state), ("closed", "published"))
        self.assertEqual(message.model, "helpdesk.ticket")

    def stranger_who_reads(self):
        self.ticket.message_subscribe(partner_ids=self.stranger.partner_id.ids)
        return self.stranger

    def test_the_decision_stands(self):
        appeal = self.appeal()
        self.answer(appeal, overturn=False)
        self.assertEqual(appeal.state, "upheld")
        self.assertFalse(self.decision.undone_at)
        self.assertTrue(self.in_force())
        self.assertEqual(self.case.content_state, "hidden")
        with self.assertRaisesRegex(UserError, "answered already"):
            self.answer(appeal, overturn=True)

    def test_not_by_who_decided(self):
        appeal = self.appeal()
        for overturn in (True, False):
            with self.assertRaisesRegex(UserError, "somebody else has to answer"):
                self.answer(appeal, overturn, user=self.moderator)
        self.assertFalse(appeal.with_user(self.moderator).mine_to_answer)
        self.assertTrue(appeal.with_user(self.second).mine_to_answer)

    def test_not_by_who_decided_whatever_his_rights(self):
        self.case.last_decision_id._undo("once more")
        self.decision = self.decide(self.case, "hide", user=self.manager)
        appeal = self.appeal()
        with self.assertRaisesRegex(UserError, "somebody else has to answer"):
            self.answer(appeal, True, user=self.manager)

    def test_not_even_past_the_model(self):
        appeal = self.appeal()
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            appeal.sudo().user_id = self.moderator
            self.env.flush_all()

    def test_once_by_its_author_in_time(self):
        with self.assertRaises(AccessError):
            self.appeal(user=self.colleague)
        with self.assertRaisesRegex(UserError, "Write why"):
            self.appeal(text="  ")
        with (
            freeze_time(fields.Datetime.now() + timedelta(days=15)),
            self.assertRaisesRegex(UserError, "too late"),
        ):
            self.appeal()
        self.appeal()
        with self.assertRaisesRegex(UserError, "appealed against this already"):
            self.appeal()

    def test_moderators_are_told_once_when_it_is_overdue(self):
        self.env["moderation.appeal"].search([]).alerted = True
        appeal = self.appeal()
        appeal._cron_overdue()
        self.assertFalse(appeal.alerted)
        with freeze_time(fields.Datetime.now() + timedelta(days=4)):
            self.assertTrue(appeal.overdue)
            appeal._cron_overdue()
            appeal._cron_overdue()
        self.assertTrue(appeal.alerted)
        told = self.env["mail.message"].search([("subject", "like", "Overdue")])
        told = told.filtered(
            lambda one: self.second.partner_id in one.notified_partner_ids
        )
        self.assertEqual(len(told), 1)
        self.assertIn("Appeal", str(told.body))
        self.assertNotIn("no insult", str(told.body))

    def test_days_are_for_the_company_to_say(self):
        self.case.company_id.moderation_appeal_days = 30
        with freeze_time(fields.Datetime.now() + timedelta(days=15)):
            self.assertTrue(self.appeal())

    def test_only_what_harms(self):
        _message, case = self.held()
        self.decision = self.decide(case, "approve")
        with self.assertRaisesRegex(UserError, "too late"):
            self.appeal()

    def test_an_answer_says_why(self):
        appeal = self.appeal()
        with self.assertRaisesRegex(UserError, "Write to the author"):
            appeal.with_user(self.second)._answer(True, " ")

    def test_a_change_that_was_held(self):
        self.decision._undo("So that he may write")
        message = self.published()
        message.with_user(self.customer).write({"body": "<p>um treco</p>"})
        case = self.case_of(message)
        self.decision = self.decide(case, "hide")
        self.assertNotIn("treco", str(message.body))
        self.answer(self.appeal(), overturn=True)
        self.assertIn("treco", str(message.body))

    def test_the_letter_speaks_his_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        template = self.env.ref("moderation.mail_appeal_answer")
        template.with_context(lang="pt_BR").subject = "A resposta ao seu recurso"
        self.customer.lang = "pt_BR"
        self.answer(self.appeal(), overturn=False)
        self.assertEqual(
            self.letters(self.customer.partner_id)[0], "A resposta ao seu recurso"
        )
