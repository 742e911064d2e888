from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import tagged

from .process_common import ProcessCase

MODELS = [
    "moderation.case",
    "moderation.finding",
    "moderation.decision",
    "moderation.sanction",
    "moderation.report",
    "moderation.appeal",
    "moderation.standing",
    "moderation.log",
]
BUTTONS = {
    "moderation.case": [
        "action_allow",
        "action_approve",
        "action_author_cases",
        "action_author_decisions",
        "action_author_open",
        "action_author_sanctions",
        "action_claim",
        "action_company_cases",
        "action_decide_many",
        "action_escalate",
        "action_hide",
        "action_mask",
        "action_open_document",
        "action_open_ticket",
        "action_outreach",
        "action_restrict",
        "action_show_secrets",
        "action_silence",
        "action_suspend",
        "action_unclaim",
        "action_undo",
        "action_warn",
    ],
    "moderation.decision": ["action_undo"],
    "moderation.sanction": ["action_lift"],
    "moderation.appeal": ["action_answer"],
    "moderation.finding": ["action_false_alarm"],
}


@tagged("post_install", "-at_install")
class TestSecurity(ProcessCase):
    """By RPC, as anybody: nothing is read or changed past the buttons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.message = cls.env["mail.message"]

    def setUp(self):
        super().setUp()
        self.message, self.case = self.held("<p>um treco secreto</p>")
        decided, self.decided = self.held()
        self.decision = self.decide(self.decided, "silence", "Rude")
        self.sanction = self.decision.sanction_ids
        appeals = self.env["moderation.appeal"].with_user(self.customer)
        self.appeal = appeals._file(self.decision, "No").sudo()
        other = self.published("<p>resposta</p>", user=self.agent)
        category = self.env.ref("moderation.category_insult")
        reports = self.env["moderation.report"].with_user(self.customer)
        self.report = reports._report(other.with_user(self.customer), category)
        self.outsiders = [self.customer, self.stranger, self.agent, self.employee]

    def rpc(self, user, model, method, *args, **kwargs):
        """As the browser asks for it."""
        env = self.env(user=user, su=False)
        return call_kw(env[model], method, list(args), kwargs)

    def records(self):
        return {
            "moderation.case": self.case | self.decided,
            "moderation.finding": self.case.finding_ids,
            "moderation.decision": self.decision,
            "moderation.sanction": self.sanction,
            "moderation.report": self.report,
            "moderation.appeal": self.appeal,
            "moderation.standing": self.env["moderation.standing"].search([]),
            "moderation.log": self.log.search([], limit=3),
        }

    def test_others_read_nothing(self):
        for user in self.outsiders:
            for model, records in self.records().items():
                self.assertTrue(records)
                with self.subTest(user=user.name, model=model):
                    for method, args in (
                        ("read", [records.ids]),
                        ("search_read", [[]]),
                        ("search", [[]]),
                        ("search_count", [[]]),
                        ("web_search_read", [[], {"id": {}}]),
                        ("formatted_read_group", [[], ["create_uid"], ["__count"]]),
                        ("name_search", [""]),
                    ):
                        with self.assertRaises(AccessError):
                            self.rpc(user, model, method, *args)

    def test_who_may_export_exports_no_more_than_he_reads(self):
        self.employee.group_ids += self.env.ref("base.group_allow_export")
        self.moderator.group_ids += self.env.ref("base.group_allow_export")
        for model, records in self.records().items():
            with self.assertRaises(AccessError):
                self.rpc(
                    self.employee, model, "export_data", records.ids, ["display_name"]
                )
        with self.assertRaises(AccessError):
            self.rpc(
                self.moderator,
                "moderation.case",
                "export_data",
                self.case.ids,
                ["kept_body"],
            )

    def test_nobody_writes(self):
        for user in [*self.outsiders, self.moderator, self.manager]:
            for model, records in self.records().items():
                with self.subTest(user=user.name, model=model):
                    for method, args in (
                        ("write", [records.ids, {"create_uid": user.id}]),
                        ("unlink", [records.ids]),
                        ("create", [{}]),
                        ("copy", [records.ids]),
                        ("web_save", [records.ids, {}, {"id": {}}]),
                    ):
                        with self.assertRaises(UserError):
                            self.rpc(user, model, method, *args)

    def test_states_are_written_by_nobody(self):
        for user in [*self.outsiders, self.moderator, self.manager]:
            for model, record, vals in (
                ("moderation.case", self.case, {"state": "closed"}),
                ("moderation.case", self.case, {"content_state": "published"}),
                ("moderation.case", self.case, {"user_id": user.id}),
                ("moderation.decision", self.decision, {"undone_at": "2026-01-01"}),
                ("moderation.sanction", self.sanction, {"end": "2026-01-01"}),
                ("moderation.appeal", self.appeal, {"state": "overturned"}),
                ("moderation.report", self.report, {"weight": 99}),
            ):
                with (
                    self.subTest(user=user.name, vals=vals),
                    self.assertRaises(UserError),
                ):
                    self.rpc(user, model, "write", record.ids, vals)

    def test_buttons_are_for_moderators(self):
        for user in self.outsiders:
            for model, buttons in BUTTONS.items():
                for button in buttons:
                    ids = self.records()[model].ids[:1]
                    with (
                        self.subTest(user=user.name, button=button),
                        self.assertRaises(AccessError),
                    ):
                        self.rpc(user, model, button, ids)
        self.assertEqual(self.case.state, "waiting")
        self.assertFalse(self.decision.undone_at)

    def test_all_buttons_are_known(self):
        """A new one is tested above."""
        for model, buttons in BUTTONS.items():
            record = self.env[model]
            inherited = dir(self.env["helpdesk.ticket"])
            found = {
                name
                for name in dir(type(record))
                if name.startswith("action_") and name not in inherited
            }
            missing = found - set(buttons) - {"action_next"}
            self.assertFalse(missing)

    def test_the_rest_is_not_public(self):
        for model, method in (
            ("moderation.case", "_decide"),
            ("moderation.case", "_claim"),
            ("moderation.case", "_empty"),
            ("moderation.decision", "_undo"),
            ("moderation.decision", "_carry_out"),
            ("moderation.sanction", "_lift"),
            ("moderation.sanction", "_in_force"),
            ("moderation.report", "_report"),
            ("moderation.appeal", "_file"),
            ("moderation.appeal", "_answer"),
            ("moderation.log", "_append"),
            ("moderation.letter", "_send"),
        ):
            with self.assertRaises(AccessError):
                get_public_method(self.env[model], method)

    def test_wizards_check_for_themselves(self):
        for user in self.outsiders:
            for model in ("moderation.decide", "moderation.appeal.answer"):
                with self.assertRaises(AccessError):
                    self.rpc(user, model, "create", {})
        wizard = (
            self.env["moderation.decide"]
            .with_user(self.moderator)
            .create({"case_ids": self.case.ids, "kind": "hide", "reason": "x"})
        )
        self.case.restricted = True
        with self.assertRaises(UserError):
            self.rpc(self.moderator, "moderation.decide", "action_decide", wizard.ids)
        self.assertEqual(self.case.state, "waiting")

    def test_moderators_do_not_read_past_the_screen(self):
        for user in (self.moderator, self.manager):
            for model, record, field in (
                ("moderation.case", self.case, "kept"),
                ("moderation.case", self.case, "kept_body"),
                ("moderation.decision", self.decision, "snapshot"),
            ):
                with self.assertRaises(AccessError):
                    self.rpc(user, model, "read", record.ids, [field])
                with self.assertRaises(AccessError):
                    self.rpc(user, model, "search", [(field, "!=", False)])

    def test_no_rights_by_context_or_default(self):
        for context in (
            {"default_state": "decided"},
            {"moderation_gate": True},
            {"moderation_switch": True},
            {"bin_size": True, "su": True},
        ):
            with self.assertRaises(AccessError):
                self.rpc(
                    self.customer,
                    "moderation.case",
                    "write",
                    self.case.ids,
                    {"state": "closed"},
                    context=context,
                )

    def test_only_administrators_say_how_much_reports_weigh(self):
        place = self.env.ref("moderation.place_ticket")
        for user in [*self.outsiders, self.moderator]:
            with self.assertRaises(AccessError):
                self.rpc(
                    user,
                    "moderation.place",
                    "write",
                    place.ids,
                    {"report_threshold": 0},
                )
        values = {"report_threshold": 4}
        self.rpc(self.manager, "moderation.place", "write", place.ids, values)
        self.assertEqual(place.report_threshold, 4)

    def test_only_administrators_restrict(self):
        with self.assertRaises(AccessError):
            self.rpc(
                self.moderator, "moderation.case", "action_restrict", self.case.ids
            )
        self.rpc(self.manager, "moderation.case", "action_restrict", self.case.ids)
        self.assertTrue(self.case.restricted)

    def test_reporters_weight_is_for_administrators(self):
        with self.assertRaises(AccessError):
            self.rpc(self.moderator, "moderation.standing", "search_read", [])
        self.assertTrue(
            self.rpc(self.manager, "moderation.standing", "search_read", [])
        )

    def test_another_company_s_cases(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.case.company_id = elsewhere
        with self.assertRaises(AccessError):
            self.rpc(self.moderator, "moderation.case", "action_approve", self.case.ids)

    def test_a_held_text_is_nobody_else_s(self):
        for user in (self.stranger, self.agent, self.employee):
            found = self.rpc(
                user, "mail.message", "search_read", [("body", "like", "secreto")]
            )
            self.assertFalse(found)
            with self.assertRaises(AccessError):
                self.rpc(user, "mail.message", "read", self.message.ids, ["body"])
