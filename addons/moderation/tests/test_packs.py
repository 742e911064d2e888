"""Starter packs: delivered once, renewed where nobody touched them."""

from dataclasses import replace

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..engine import packs
from ..engine.types import Word


@tagged("post_install", "-at_install")
class TestPacksDelivered(TransactionCase):
    def rule(self, name, place="ticket"):
        return self.env.ref(f"moderation.rule_{place}_{name}")

    def test_each_pack_is_a_rule_that_works(self):
        for name in packs.names():
            rule, pack = self.rule(name), packs.load(name)
            self.assertTrue(rule._compiled(), name)
            self.assertEqual(rule.kind, pack.kind)
            self.assertNotEqual(rule.state, "draft", name)
            self.assertEqual(
                set(rule.term_ids.mapped("pack_key")), set(pack.keys()), name
            )

    def test_a_rule_is_what_its_pack_is_to_the_engine(self):
        for name in ("pt_vulgar", "en_threats", "secrets", "tricks", "spam"):
            rule, pack = self.rule(name), packs.load(name)
            made, expected = rule._engine_rule(), pack.rule()
            if pack.kind == "word":
                self.assertCountEqual(made.words, expected.words)
                made = replace(made, words=expected.words)
            for field in ("detectors", "tricks"):
                if hasattr(made, field):
                    made = replace(made, **{field: getattr(expected, field)})
            self.assertEqual(replace(made, key=name), expected)

    def test_what_happens_by_default(self):
        expected = {
            ("ticket", "personal_data"): ("coach", "hold"),
            ("answer", "personal_data"): ("coach", "publish"),
            ("ticket", "secrets"): ("coach", "hold"),
            ("answer", "secrets"): ("coach", "publish"),
            ("ticket", "pt_slurs"): ("hold", "no"),
            ("answer", "pt_threats"): ("hold", "no"),
            ("ticket", "pt_vulgar"): ("coach", "hold"),
            ("ticket", "pt_reserved_it"): ("allow", "hold"),
            ("channel", "pt_threats"): ("notify", "hold"),
            ("channel", "secrets"): ("allow", "hold"),
            ("ticket", "spam"): ("hold", "no"),
            ("ticket", "tricks"): ("hold", "no"),
        }
        for (place, name), policy in expected.items():
            rule = self.rule(name, place)
            self.assertEqual((rule.action, rule.insist), policy, (place, name))
        self.assertEqual(self.rule("pt_vulgar").disguised_action, "hold")
        self.assertEqual(self.rule("pt_reserved_it").disguised_action, "hold")
        self.assertEqual(self.rule("pt_anger").action, "outreach")
        self.assertEqual(self.rule("pt_solicitation").state, "off")
        self.assertEqual(self.rule("pt_slurs").state, "on")

    def test_agents_are_not_asked_what_only_customers_are(self):
        for name in ("pt_anger", "spam", "shouting"):
            with self.assertRaises(ValueError):
                self.rule(name, "answer")

    def test_both_places_share_one_list(self):
        answer, ticket = self.rule("pt_vulgar", "answer"), self.rule("pt_vulgar")
        self.assertEqual(answer.entries_of_id, ticket)
        self.assertFalse(answer.term_ids)
        self.assertEqual(
            set(answer._engine_rule().words), set(ticket._engine_rule().words)
        )

    def test_names_in_both_languages(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.env["res.lang"]._activate_lang("en_US")
        rule, pack = self.rule("pt_vulgar"), packs.load("pt_vulgar")
        for lang, title in (
            ("pt_BR", pack.title["pt_BR"]),
            ("en_US", pack.title["en"]),
        ):
            self.assertEqual(rule.with_context(lang=lang).name, title)

    def test_what_came_with_a_pack_is_switched_off_not_deleted(self):
        rule = self.rule("pt_vulgar")
        for records in (rule, rule.term_ids[0], rule.set_id):
            with self.assertRaisesRegex(UserError, "that lasts"):
                records.unlink()

    def test_a_copy_is_one_s_own(self):
        copy = self.rule("en_threats").copy()
        self.assertFalse(copy.pack or any(copy.term_ids.mapped("pack_key")))
        copy.term_ids[0].unlink()
        copy.unlink()


@tagged("post_install", "-at_install")
class TestPackUpdates(TransactionCase):
    """A later version of a pack, loaded over what an administrator has changed."""

    def setUp(self):
        super().setUp()
        self.sets = self.env["moderation.rule.set"]
        words = {"bob": Word("xarlatrão"), "tol": Word("tolix", forms=("tolixes",))}
        self.pack = replace(
            packs.load("pt_vulgar"), name="test_pack", words=words, allowed=()
        )
        self.sets._load_pack(self.pack)
        self.rule = self.env.ref("moderation.rule_ticket_test_pack")

    def update(self, **words):
        self.sets._load_pack(
            replace(self.pack, words=self.pack.words | words, action="block")
        )

    def term(self, key):
        return self.env.ref(f"moderation.term_test_pack_{key}")

    def test_nothing_changes_when_nothing_is_new(self):
        before = self.snapshot()
        self.sets._load_pack(self.pack)
        self.assertEqual(self.snapshot(), before)

    def test_new_entries_are_added(self):
        self.update(new=Word("toleirix"))
        self.assertEqual(self.term("new").text, "toleirix")
        self.assertIn(
            "toleirix", [word.text for word in self.rule._engine_rule().words]
        )

    def test_entries_that_nobody_touched_are_renewed(self):
        self.update(tol=Word("tolix", forms=("tolixes", "tolixinho")))
        self.assertEqual(self.term("tol").forms, "tolixes\ntolixinho")

    def test_entries_that_somebody_changed_are_not(self):
        self.term("tol").excuses = "tolix de chocolate"
        self.update(tol=Word("tolix", forms=("tolixes", "tolixinho")))
        self.assertEqual(self.term("tol").forms, "tolixes")
        self.assertEqual(self.term("tol").excuses, "tolix de chocolate")

    def test_what_was_switched_off_stays_off(self):
        self.term("bob").active = False
        self.rule.action_switch_off()
        self.update(bob=Word("xarlatrão", forms=("xarlatrona",)))
        self.assertFalse(self.term("bob").active)
        self.assertEqual(self.term("bob").forms, "xarlatrona")
        self.assertEqual(self.rule.state, "off")

    def test_a_rule_keeps_what_it_was_told(self):
        self.rule.write({"action": "notify", "name": "Ours", "allowed": "tolix mesmo"})
        self.update()
        self.assertEqual(self.rule.action, "notify")
        self.assertEqual(self.rule.name, "Ours")
        self.assertEqual(self.rule.allowed, "tolix mesmo")

    def test_own_words_stay(self):
        self.rule.term_ids = [Command.create({"text": "toleirix"})]
        self.update()
        self.assertIn("toleirix", self.rule.term_ids.mapped("text"))

    def test_a_new_pack_comes_as_it_says(self):
        for on_by_default, state in ((True, "on"), (False, "off")):
            name = f"later_{state}"
            self.sets._load_pack(
                replace(self.pack, name=name, on_by_default=on_by_default)
            )
            self.assertEqual(
                self.env.ref(f"moderation.rule_ticket_{name}").state, state
            )

    def test_a_pack_that_the_engine_refuses_harms_no_other(self):
        broken = replace(
            self.pack, name="broken", kind="trick", words={}, tricks=("nonsense",)
        )
        with mute_logger("odoo.addons.moderation.models.moderation_pack"):
            self.sets._load_pack(broken)
        rule = self.env.ref("moderation.rule_ticket_broken")
        self.assertEqual(rule.state, "draft")
        self.assertTrue(self.env["moderation.scanner"]._rules("ticket", 0, ()))

    def snapshot(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, write_date, text, forms, active FROM moderation_term"
            " ORDER BY id"
        )
        terms = self.env.cr.fetchall()
        self.env.cr.execute(
            "SELECT id, state, action, name::text, allowed FROM moderation_rule"
            " ORDER BY id"
        )
        return terms, self.env.cr.fetchall()
