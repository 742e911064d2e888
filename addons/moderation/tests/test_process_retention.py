import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .process_common import ProcessCase


@tagged("post_install", "-at_install")
class TestRetention(ProcessCase):
    """Old texts go, the log stays."""

    def setUp(self):
        super().setUp()
        self.commits = []

        def progress(_cron, processed=0, **_kwargs):
            self.commits.append(processed)
            return self.seconds_left

        self.seconds_left = 60
        self.patch(self.registry["ir.cron"], "_commit_progress", progress)

    def old(self, days=400):
        message, case = self.held()
        self.decide(case, "mask", message="<p>Sorry</p>")
        case.closed_at = fields.Datetime.now() - timedelta(days=days)
        return message, case

    def test_old_cases_are_emptied(self):
        _message, case = self.old()
        logged = self.events(case)
        self.cases._cron_empty()
        self.assertTrue(case.emptied_at)
        decision = case.decision_ids
        self.assertFalse(decision.snapshot or decision.message)
        self.assertEqual(decision.reason, "Because", "The log has it too")
        finding = case.finding_ids
        self.assertFalse(finding.read_as or finding.spans or finding.facts)
        self.assertTrue(finding.rule_id, "Counting still works")
        self.assertEqual(self.events(case), [*logged, "case.emptied"])
        with self.assertRaisesRegex(UserError, "nothing can be put back"):
            decision.with_user(self.moderator).action_undo()
        self.assertTrue(case.with_user(self.moderator).context_html)

    def test_not_the_younger_nor_the_open_ones(self):
        _message, younger = self.old(days=300)
        _other, still_open = self.held()
        still_open.deadline -= timedelta(days=900)
        self.cases._cron_empty()
        self.assertFalse(younger.emptied_at or still_open.emptied_at)

    def test_not_while_somebody_appeals(self):
        _message, case = self.old()
        appeal = self.env["moderation.appeal"].with_user(self.customer)
        appeal = appeal._file(case.decision_ids, "No").sudo()
        self.cases._cron_empty()
        self.assertFalse(case.emptied_at)
        appeal.with_user(self.second)._answer(False, "Yes")
        self.cases._cron_empty()
        self.assertTrue(case.emptied_at)
        self.assertFalse(appeal.text)

    def test_for_ever(self):
        self.ticket.company_id.moderation_retention_months = 0
        _message, case = self.old(days=9000)
        self.cases._cron_empty()
        self.assertFalse(case.emptied_at)

    def test_in_batches(self):
        cases = self.cases
        for _number in range(5):
            cases |= self.old()[1]
        self.seconds_left = 0
        self.cases._cron_empty(limit=2)
        self.assertEqual(self.commits, [2], "It stops when its time is up")
        self.seconds_left = 60
        self.cases._cron_empty(limit=2)
        self.assertEqual(self.commits, [2, 2, 1])
        self.assertTrue(all(case.emptied_at for case in cases))

    def test_a_hidden_text_can_be_shown_again(self):
        """What is kept are numbers: who is to see it."""
        message = self.published("<p>meu texto</p>")
        report = self.env["moderation.report"].with_user(self.agent)
        category = self.env.ref("moderation.category_insult")
        case = report._report(message.with_user(self.agent), category).case_id
        self.decide(case, "hide")
        case._empty()
        self.assertTrue(case.kept["notified"])
        self.assertNotIn("meu texto", json.dumps(case.kept))


@tagged("post_install", "-at_install")
class TestSettings(ProcessCase):
    def test_they_are_the_company_s(self):
        company = self.env.company
        settings = self.env["res.config.settings"].create(
            {"moderation_hours_4": 1, "moderation_appeal_days": 21}
        )
        settings.execute()
        self.assertEqual(company._moderation_hours("4"), 1)
        self.assertEqual(company.moderation_appeal_days, 21)

    def test_digest(self):
        digest = self.env["digest.digest"].create(
            {
                "name": "Ours",
                "kpi_moderation_decided": True,
                "kpi_moderation_open": True,
                "company_id": self.env.company.id,
            }
        )
        digest.invalidate_recordset()
        before = digest.kpi_moderation_decided_value, digest.kpi_moderation_open_value
        _message, case = self.held()
        self.held()
        self.decide(case, "approve")
        self.env.flush_all()
        soon = fields.Datetime.now() + timedelta(minutes=1)
        digest = digest.with_context(
            start_datetime=soon - timedelta(days=1), end_datetime=soon
        )
        digest.invalidate_recordset()
        after = digest.kpi_moderation_decided_value, digest.kpi_moderation_open_value
        self.assertGreaterEqual(after[0], before[0] + 1)
        self.assertGreaterEqual(after[1], before[1] + 1)
        actions = digest._compute_kpis_actions(self.env.company, self.env.user)
        self.assertIn("moderation.action_queue", actions["kpi_moderation_open"])
