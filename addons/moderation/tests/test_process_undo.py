from odoo.exceptions import UserError
from odoo.tests import tagged

from .process_common import ProcessCase


@tagged("post_install", "-at_install")
class TestUndo(ProcessCase):
    """Each decision is undone to exactly what was before."""

    def picture(self, message, case):
        """All that a decision may change."""
        self.env.invalidate_all()
        return {
            "message": message.read(
                [
                    "model",
                    "res_id",
                    "body",
                    "subject",
                    "moderation_state",
                    "partner_ids",
                    "attachment_ids",
                ]
            ),
            "told": sorted(
                (one.res_partner_id.id, one.notification_type)
                for one in message.notification_ids
            ),
            "files": message.attachment_ids.read(["res_model", "res_id"]),
            "case": (case.state, case.content_state, case.user_id.id),
            "change": str(case.kept_body or ""),
            "sanction": self.env["moderation.sanction"]
            ._in_force(self.customer.partner_id, "ticket")
            .id,
            "reports": sorted(case.report_ids.mapped("outcome")),
            "agent": sorted(self.shown(self.agent)),
            "customer": sorted(self.shown(self.customer)),
        }

    def check_all(self, make, kinds):
        for kind in kinds:
            with self.subTest(kind=kind), self.cr.savepoint():
                message, case = make()
                before = self.picture(message, case)
                decision = self.decide(case, kind, days=3)
                changed = self.picture(message, case)
                self.assertNotEqual(before, changed)
                decision.with_user(self.second).action_undo()
                after = self.picture(message, case)
                self.assertEqual(before, after)
                self.assertTrue(decision.undone_at)
                self.assertEqual(decision.undone_by_id, self.second)
                self.assertEqual(self.events(case)[-1], "decision.undone")

    def with_file(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.customer)
            .sudo()
            .create(
                {
                    "name": "nota.xml",
                    "raw": b"<nfe/>",
                    "res_model": "mail.compose.message",
                    "res_id": 0,
                }
            )
        )
        message = self.post(
            "segue o treco",
            attachment_ids=file.ids,
            partner_ids=self.agent.partner_id.ids,
        ).sudo()
        self.assertEqual(message.attachment_ids, file)
        return message, self.case_of(message)

    def reported(self):
        message = self.published("<p>alguém fez um treco</p>", user=self.agent)
        report = self.env["moderation.report"].with_user(self.customer)
        category = self.env.ref("moderation.category_insult")
        case = report._report(message.with_user(self.customer), category).case_id
        return message, case

    def changed(self):
        message = self.published("<p>bom dia</p>")
        message.with_user(self.customer).write({"body": "<p>um treco</p>"})
        return message, self.case_of(message)

    def test_a_held_text(self):
        kinds = ["approve", "mask", "hide", "warn", "silence", "read_only", "suspend"]
        self.check_all(self.with_file, [*kinds, "outreach", "escalate"])

    def test_a_held_change(self):
        self.check_all(self.changed, ["approve", "mask", "hide", "silence"])

    def test_a_reported_text(self):
        self.check_all(self.reported, ["approve", "hide"])

    def test_whoever_was_told_is_told(self):
        _message, case = self.held()
        decision = self.decide(case, "hide")
        decision.with_user(self.moderator).action_undo()
        self.assertEqual(
            self.letters(self.customer.partner_id),
            [
                "A decision about what you wrote was undone",
                "About what you wrote to us",
            ],
        )

    def test_the_ticket_is_put_away(self):
        _message, case = self.held()
        decision = self.decide(case, "escalate")
        ticket = decision.ticket_id
        decision.with_user(self.moderator).action_undo()
        self.assertFalse(ticket.active)

    def test_the_last_one_first(self):
        _message, case = self.held()
        first = self.decide(case, "escalate")
        second = self.decide(case, "hide")
        with self.assertRaisesRegex(UserError, "Undo the last"):
            first.with_user(self.moderator).action_undo()
        case.with_user(self.moderator).action_undo()
        self.assertTrue(second.undone_at)
        first.with_user(self.moderator).action_undo()
        with self.assertRaisesRegex(UserError, "undone already"):
            first.with_user(self.moderator).action_undo()
        with self.assertRaisesRegex(UserError, "Nothing was decided"):
            case.with_user(self.moderator).action_undo()

    def test_what_others_gave_for_it_is_taken_back(self):
        """The hooks for points are called once each, in this order."""
        called = []
        content = type(self.env["mail.message"])
        self.patch(
            content,
            "_moderation_decided",
            lambda one, by: called.append(("did", by.id)),
        )
        self.patch(
            content,
            "_moderation_undo_effects",
            lambda one, by: called.append(("undid", by.id)),
        )
        _message, case = self.held()
        decision = self.decide(case, "hide")
        decision.with_user(self.moderator).action_undo()
        self.assertEqual(called, [("did", decision.id), ("undid", decision.id)])

    def test_a_newer_case_of_the_same_text(self):
        message = self.published("<p>alguém fez isso</p>", user=self.agent)
        report = self.env["moderation.report"]
        category = self.env.ref("moderation.category_insult")
        mine = report.with_user(self.customer)
        case = mine._report(message.with_user(self.customer), category).case_id
        decision = self.decide(case, "approve")
        ours = report.with_user(self.colleague)
        newer = ours._report(message.with_user(self.colleague), category).case_id
        self.assertNotEqual(newer, case)
        with self.assertRaisesRegex(UserError, "newer open case"):
            decision.with_user(self.moderator).action_undo()
