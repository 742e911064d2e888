from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import moderation_report
from ..models.moderation_report import PER_DAY, PER_HOUR
from ..models.moderation_standing import CEILING, FLOOR
from .process_common import ProcessCase


class ReportCase(ProcessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insult = cls.env.ref("moderation.category_insult")
        cls.reports = cls.env["moderation.report"]
        # Somebody of a third company who reads along.
        cls.third = cls.user("joe", "base.group_portal", "Padaria Mar", "Joe Reis")
        for user in (cls.stranger, cls.third):
            cls.ticket.message_subscribe(partner_ids=user.partner_id.ids)
        cls.place = cls.env.ref("moderation.place_ticket")
        cls.place.report_threshold = 2

    def report(self, user, content, note=""):
        return self.reports.with_user(user)._report(
            content.with_user(user), self.insult, note
        )

    def company_of_readers(self, count, company=None):
        """People of one company who read the ticket."""
        company = company or self.env["res.partner"].create(
            {"name": "Rival", "is_company": True}
        )
        users = self.env["res.users"]
        for number in range(count):
            user = self.user(
                f"rival{company.id}{number}", "base.group_portal", partner=company
            )
            self.ticket.message_subscribe(partner_ids=user.partner_id.ids)
            users |= user
        return users


@tagged("post_install", "-at_install")
class TestReports(ReportCase):
    def test_a_report_opens_a_case_and_hides_nothing(self):
        message = self.published("<p>meu texto</p>")
        report = self.report(self.stranger, message, "  rude ")
        self.assertEqual(report.note, "rude")
        case = report.case_id
        self.assertEqual((case.origin, case.state), ("report", "waiting"))
        self.assertEqual(case.category_id, self.insult)
        self.assertEqual(case.content_state, "published")
        self.assertIn("meu texto", str(self.shown(self.agent)))
        self.assertEqual(self.report(self.third, message).case_id, case)

    def test_the_place_is_where_it_was_written_whoever_reports(self):
        theirs = self.report(self.stranger, self.published()).case_id
        self.assertEqual(theirs.place_id, self.place)
        answer = self.published(user=self.agent)
        ours = self.report(self.stranger, answer).case_id
        self.assertEqual(ours.place_id, self.env.ref("moderation.place_answer"))
        self.assertEqual(ours.author_id, self.agent.partner_id)

    def test_once_for_each_person(self):
        message = self.published()
        self.report(self.stranger, message)
        with self.assertRaisesRegex(UserError, "reported this already"):
            self.report(self.stranger, message)

    def test_nobody_reports_himself_or_what_he_cannot_read(self):
        message = self.published()
        with self.assertRaisesRegex(UserError, "wrote this yourself"):
            self.report(self.customer, message)
        outsider = self.user("zoe", "base.group_portal", "Padaria Nova")
        with self.assertRaises(AccessError):
            self.report(outsider, message)
        self.assertFalse(
            self.reports.search([("reporter_id", "=", outsider.partner_id.id)])
        )

    def test_what_is_not_gated(self):
        channel = self.env["mail.message"].create(
            {"model": "res.partner", "res_id": self.agent.partner_id.id, "body": "x"}
        )
        with self.assertRaisesRegex(UserError, "Nothing can be reported here"):
            self.report(self.moderator, channel)

    def test_a_little_patience(self):
        messages = [self.published(f"<p>texto {n}</p>") for n in range(PER_HOUR + 1)]
        for message in messages[:-1]:
            self.report(self.stranger, message)
        with self.assertRaisesRegex(UserError, "a lot in a short time"):
            self.report(self.stranger, messages[-1])
        self.assertGreater(PER_DAY, PER_HOUR)
        with freeze_time(fields.Datetime.now() + timedelta(hours=2)):
            self.report(self.stranger, messages[-1])

    def test_two_companies_hold_it_until_somebody_decides(self):
        message = self.published("<p>meu texto</p>")
        self.report(self.stranger, message)
        self.assertEqual(message.model, "helpdesk.ticket")
        report = self.report(self.third, message)
        self.assertEqual(report.case_id.content_state, "held")
        self.assertNotIn("meu texto", str(self.shown(self.stranger)))
        self.assertIn("report.held", self.events(report.case_id))
        self.decide(report.case_id, "approve")
        self.assertIn("meu texto", str(self.shown(self.stranger)))

    def test_one_company_alone_never_does(self):
        message = self.published()
        for user in self.company_of_readers(6):
            report = self.report(user, message)
        self.assertEqual(report.case_id.content_state, "published")
        self.assertEqual(len(report.case_id.report_ids), 6)

    def test_a_company_counts_once_beside_others(self):
        """Six of one company and a weak voice of another are not enough."""
        self.place.report_threshold = 2.2
        message = self.published()
        for user in self.company_of_readers(6):
            self.report(user, message)
        report = self.report(self.stranger, message)
        self.assertEqual(report.case_id.content_state, "published")
        self.place.report_threshold = 2
        report.case_id._hold_if_reported_enough()
        self.assertEqual(report.case_id.content_state, "held")

    def test_the_author_s_own_company_does_not_count(self):
        message = self.published()
        self.report(self.colleague, message)
        report = self.report(self.stranger, message)
        self.assertEqual(report.case_id.content_state, "published")

    def test_never_where_the_threshold_is_0(self):
        self.place.report_threshold = 0
        message = self.published()
        self.report(self.stranger, message)
        report = self.report(self.third, message)
        self.assertEqual(report.case_id.content_state, "published")

    def test_a_space_may_say_otherwise(self):
        self.patch(
            type(self.env["mail.message"]),
            "_moderation_report_threshold",
            lambda message: 5,
        )
        message = self.published()
        self.report(self.stranger, message)
        report = self.report(self.third, message)
        self.assertEqual(report.case_id.content_state, "published")

    def test_what_was_approved_is_not_held_again(self):
        message = self.published()
        self.decide(self.report(self.stranger, message).case_id, "approve")
        self.report(self.third, message)
        more = self.company_of_readers(1)
        report = self.report(more, message)
        voices = report.case_id.report_ids._voices(self.customer.partner_id)
        self.assertEqual(len(voices), 2, "Otherwise they would hold it")
        self.assertEqual(report.case_id.content_state, "published")


@tagged("post_install", "-at_install")
class TestStanding(ReportCase):
    def standing(self, user):
        return self.env["moderation.standing"]._of(user.partner_id)

    def test_false_reporters_lose_weight_not_rights(self):
        self.assertEqual(self.standing(self.stranger).weight, 1)
        self.patch(moderation_report, "PER_HOUR", PER_DAY)
        for _round in range(12):
            report = self.report(self.stranger, self.published())
            self.decide(report.case_id, "approve")
        self.assertEqual(self.standing(self.stranger).weight, FLOOR)
        message = self.published()
        report = self.report(self.stranger, message)
        self.assertTrue(report.case_id, "Moderators see it all the same")
        self.assertEqual(report.weight, FLOOR)
        report = self.report(self.third, message)
        self.assertEqual(report.case_id.content_state, "published")

    def test_who_is_right_gains_some(self):
        for _round in range(4):
            report = self.report(self.stranger, self.published())
            self.decide(report.case_id, "hide")
        self.assertEqual(self.standing(self.stranger).weight, CEILING)

    def test_outcomes_are_told_and_taken_back(self):
        report = self.report(self.stranger, self.published())
        decision = self.decide(report.case_id, "hide")
        self.assertEqual(report.outcome, "upheld")
        self.assertEqual(self.standing(self.stranger).upheld, 1)
        self.assertEqual(
            self.letters(self.stranger.partner_id), ["What came of your report"]
        )
        decision._undo("oops")
        self.assertEqual(report.outcome, "pending")
        self.assertEqual(self.standing(self.stranger).upheld, 0)
        self.assertEqual(
            self.letters(self.stranger.partner_id)[0],
            "Your report is looked at again",
        )
        self.decide(report.case_id, "approve")
        self.assertEqual(self.standing(self.stranger).dismissed, 1)

    def test_criticism_is_neither_right_nor_wrong(self):
        report = self.report(self.stranger, self.published())
        self.decide(report.case_id, "outreach")
        self.assertEqual(report.outcome, "noted")
        standing = self.standing(self.stranger)
        self.assertEqual((standing.upheld, standing.dismissed), (0, 0))
        report.case_id.last_decision_id._undo("oops")
        self.decide(report.case_id, "escalate")
        self.assertEqual(report.outcome, "pending")
