import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .process_common import ProcessCase


@tagged("post_install", "-at_install")
class TestLog(ProcessCase):
    """It can only be added to, and only by what happens."""

    def setUp(self):
        super().setUp()
        _message, self.case = self.held()
        self.decide(self.case, "hide", "Rude")
        self.entry = self.log.search(
            [("case_number", "=", self.case.id), ("event", "=", "decision.made")]
        )

    def test_who_what_when_why_before_after(self):
        entry = self.entry.with_user(self.moderator)
        self.assertEqual(entry.user_id, self.moderator)
        self.assertEqual(entry.subject_id, self.customer.partner_id)
        self.assertEqual(entry.case_id, self.case)
        self.assertEqual(entry.reason, "Rude")
        self.assertIn("content_state: held", entry.before_text)
        self.assertIn("content_state: hidden", entry.after_text)
        self.assertEqual(entry.event_name, "Decision")

    def test_no_text_of_anybody(self):
        entries = self.log.search([("case_number", "=", self.case.id)])
        self.assertNotIn("treco", str(entries.read()))

    def test_not_by_the_model_whoever_asks(self):
        superuser = self.entry.sudo()
        for user in (self.env.ref("base.user_admin"), self.manager, self.moderator):
            entry = self.entry.with_user(user)
            with self.assertRaises(UserError):
                entry.write({"reason": "x"})
            with self.assertRaises(UserError):
                entry.unlink()
            with self.assertRaises(AccessError):
                entry.create({"event": "x", "at": "2026-01-01"})
        with self.assertRaises(UserError):
            superuser.write({"reason": "x"})
        with self.assertRaises(UserError):
            superuser.unlink()

    @mute_logger("odoo.sql_db")
    def test_not_by_sql(self):
        for query in (
            "UPDATE moderation_log SET reason = 'x'",
            "UPDATE moderation_log SET reason = 'x' WHERE false",
            "DELETE FROM moderation_log",
            "TRUNCATE moderation_log",
        ):
            with self.assertRaises(psycopg2.Error), self.cr.savepoint():
                self.env.cr.execute(query)

    @mute_logger("odoo.sql_db")
    def test_not_past_write_in_the_orm(self):
        """What the ORM itself writes with meets the trigger."""
        entry = self.entry.sudo()
        for step in (
            lambda: entry._write_multi([{"reason": "x"}]),
            lambda: entry._fields["reason"].write(entry, "x") or self.env.flush_all(),
        ):
            with self.assertRaises(psycopg2.Error), self.cr.savepoint():
                step()
            self.env.invalidate_all(flush=False)
        self.assertEqual(entry.reason, "Rude")

    def test_not_by_a_relation(self):
        """No field of another model leads to entries that could be written."""
        for model in self.env.values():
            for field in model._fields.values():
                if field.comodel_name == "moderation.log":
                    self.assertEqual(field.type, "many2one")

    def test_people_and_cases_may_go(self):
        number, case = self.entry.subject_number, self.entry.case_number
        self.case.sudo().unlink()
        self.env.invalidate_all()
        self.assertEqual(
            (self.entry.subject_number, self.entry.case_number), (number, case)
        )
        self.assertFalse(self.entry.case_id)

    def test_filter_and_export(self):
        self.moderator.group_ids += self.env.ref("base.group_allow_export")
        found = self.log.with_user(self.moderator).search(
            [
                ("subject_id", "=", self.customer.partner_id.id),
                ("event", "=like", "decision.%"),
            ]
        )
        self.assertIn(self.entry, found)
        self.assertEqual(found.user_id, self.moderator)
        rows = found.export_data(
            [
                "at",
                "event_name",
                "user_id/name",
                "subject_id/name",
                "reason",
                "after_text",
            ]
        )["datas"]
        self.assertEqual(
            rows[0][1:5], ["Decision", "Max", self.customer.partner_id.name, "Rude"]
        )

    def test_each_event_has_a_name(self):
        names = self.log._event_names()
        entries = self.log.search([("case_number", "=", self.case.id)])
        for entry in entries:
            self.assertIn(entry.event, names)
