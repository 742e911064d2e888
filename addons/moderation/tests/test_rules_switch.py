"""Nothing is switched on by accident, and what cannot be used is refused in words."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .. import engine
from ..engine import word_rules
from ..wordlist import MAX_ENTRIES
from . import common


class SwitchCase(common.ModerationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "boss@example.com", groups="moderation.group_manager"
        )

    def draft(self, kind="word", words=(), **values):
        return self.env["moderation.rule"].create(self.values(kind, words, **values))

    def values(self, kind="word", words=(), **values):
        role = {"terms": "term", "solicitation": "phrase"}.get(kind, "word")
        return {
            "name": "Rule A",
            "set_id": self.rules.id,
            "kind": kind,
            "category_id": self.env.ref("moderation.category_reserved").id,
            "term_ids": [
                Command.create({"text": word, "role": role}) for word in words
            ],
            **values,
        }

    def refused(self, rule, *words):
        """Switching on fails with these words, and the rule stays as it was."""
        with self.assertRaises(UserError) as caught:
            rule.action_switch_on()
        for word in words:
            self.assertIn(word, str(caught.exception))
        self.assertEqual(rule.state, "draft")


@tagged("post_install", "-at_install")
class TestSwitchingOn(SwitchCase):
    def test_the_button_switches_on(self):
        rule = self.draft(words=("bobalhão",)).with_user(self.manager)
        self.assertFalse(rule.action_switch_on())
        self.assertEqual(rule.state, "on")
        rule.action_switch_off()
        self.assertEqual(rule.state, "off")

    def test_no_other_way(self):
        rule = self.draft(words=("bobalhão",)).with_user(self.manager)
        with self.assertRaisesRegex(UserError, "switched on by its button"):
            rule.write({"state": "on"})
        with self.assertRaisesRegex(UserError, "switched on by its button"):
            rule.create(self.values(state="on"))
        with self.assertRaisesRegex(UserError, "switched on by its button"):
            rule.with_context(default_state="on").create(self.values())
        with self.assertRaisesRegex(UserError, "switched on by its button"):
            rule.with_context(moderation_switch="CHECKED").write({"state": "on"})
        with self.assertRaisesRegex(UserError, "switched on by its button"):
            rule.set_id.write({"rule_ids": [Command.update(rule.id, {"state": "on"})]})
        self.assertEqual(rule.state, "draft")

    def test_an_import_does_not_switch_on(self):
        result = (
            self.env["moderation.rule"]
            .with_user(self.manager)
            .load(
                ["name", "set_id/.id", "category_id/.id", "state"],
                [
                    [
                        "Imported",
                        str(self.rules.id),
                        str(self.env.ref("moderation.category_other").id),
                        "on",
                    ]
                ],
            )
        )
        self.assertFalse(result["ids"])
        self.assertIn("switched on by its button", result["messages"][0]["message"])
        self.assertFalse(
            self.env["moderation.rule"].search([("name", "=", "Imported")])
        )

    def test_a_copy_is_being_tried(self):
        rule = self.rule(words=("bobalhão",))
        copy = rule.copy()
        self.assertEqual(copy.state, "draft")
        self.assertEqual(copy.term_ids.mapped("text"), ["bobalhão"])

    def test_a_moderator_cannot(self):
        rule = self.draft(words=("bobalhão",)).with_user(self.moderator)
        for attempt in (rule.action_switch_on, rule.action_switch_off, rule._switch_on):
            with self.assertRaises(AccessError):
                attempt()
        self.assertEqual(rule.state, "draft")


@tagged("post_install", "-at_install")
class TestBadRules(SwitchCase):
    def test_nothing_to_look_for(self):
        for kind in ("word", "pattern", "solicitation", "spam"):
            self.refused(self.draft(kind), "nothing to look for", "Rule A")
        company = self.company_of(self.customer)
        self.refused(
            self.draft("terms", company_partner_id=company.id), "nothing to look for"
        )
        self.refused(self.draft("terms", ["Aurora"]), "nothing to look for")
        off = self.draft("word", ["bobalhão"])
        off.term_ids.active = False
        self.refused(off, "nothing to look for")

    def test_patterns_that_match_everything(self):
        for pattern in (".*", "a*", "(x|)", ".", "[a-z]", r"\w+", r"\s", "[^q]", "a|e"):
            with self.subTest(pattern):
                self.refused(self.draft("pattern", pattern=pattern), "Rule A")

    def test_patterns_that_are_none(self):
        for pattern in ("(", "[a", "*", r"(?=x)", r"(a)\1", "a" * 5_000):
            with self.subTest(pattern[:20]):
                self.refused(self.draft("pattern", pattern=pattern), "cannot be used")

    def test_a_harmless_pattern_passes(self):
        rule = self.draft("pattern", pattern=r"(?i)projeto aurora \d{4}")
        self.assertFalse(rule.action_switch_on())
        self.assertEqual(rule.state, "on")

    def test_an_empty_word(self):
        for empty in ("", "   ", False, None, "***", "\u200b"):
            with self.assertRaisesRegex(ValidationError, "A word is empty"):
                self.draft(words=(empty,))

    def test_a_word_of_one_letter(self):
        for letter in ("a", "á", " é ", "a.", "7"):
            with self.assertRaisesRegex(ValidationError, "one letter"):
                self.draft(words=(letter,))
        with self.assertRaisesRegex(ValidationError, "one letter"):
            rule = self.draft(words=("pau",))
            rule.term_ids.forms = "paus\np"

    def test_a_word_that_is_too_long(self):
        with self.assertRaisesRegex(ValidationError, "longer than 200"):
            self.draft(words=("x" * 201,))

    def test_an_endless_list(self):
        rule = self.draft(words=("bobalhão",))
        many = [{"text": "tolo", "rule_id": rule.id}] * (MAX_ENTRIES + 1)
        with self.assertRaisesRegex(UserError, "10001 entries are too many"):
            self.env["moderation.term"].create(many)
        with self.assertRaisesRegex(UserError, "10000 entries|10001 entries"):
            rule.write(
                {"term_ids": [Command.create({"text": f"t{n}"}) for n in range(10_000)]}
            )
        self.assertEqual(len(rule.term_ids), 1)
        long = "\n".join(f"palavra{number}" for number in range(60_000))
        with self.assertRaisesRegex(ValidationError, "too long"):
            rule.term_ids.forms = long
        rule.allowed = long
        self.refused(rule, "too long", "Always allowed")

    def test_endings_that_hit_half_the_language(self):
        rule = self.draft()
        ends = "r ndo da do s mos ção ções mento ria ram va is l"
        rule.term_ids = [
            Command.create({"text": start, "suffixes": ends})
            for start in ("co", "ma", "pa", "fa", "ca", "de", "re", "con", "par", "ser")
        ]
        result = rule.action_switch_on()
        self.assertEqual(result["res_model"], "moderation.rule.switch")
        self.assertEqual(rule.state, "draft")

    def test_an_unknown_detector(self):
        rule = self.draft("confidential")
        rule.term_ids[0].text = "no such"
        self.refused(rule, "no such")

    def test_one_bad_rule_among_good_ones_switches_on_none(self):
        good = self.draft(words=("bobalhão",))
        bad = self.draft("pattern", pattern="(")
        with self.assertRaises(UserError):
            (good | bad).action_switch_on()
        self.assertEqual((good | bad).mapped("state"), ["draft", "draft"])


@tagged("post_install", "-at_install")
class TestWarnings(SwitchCase):
    def asked(self, rule):
        """What the administrator has to confirm."""
        result = rule.action_switch_on()
        self.assertTrue(result, "there is nothing to confirm")
        self.assertEqual(rule.state, "draft")
        return self.env[result["res_model"]].browse(result["res_id"])

    def test_a_word_that_everybody_uses(self):
        wizard = self.asked(self.draft(words=("de",)))
        self.assertIn("everybody uses these words: de", wizard.warnings)
        wizard.action_confirm()
        self.assertEqual(wizard.rule_ids.state, "on")

    def test_a_pattern_that_hits_common_words(self):
        wizard = self.asked(self.draft("pattern", pattern="pau"))
        self.assertIn("common words", wizard.warnings)
        self.assertIn("paulo", wizard.warnings)

    def test_the_same_word_with_two_actions(self):
        self.rule(words=("Bobalhão",), action="block").name = "Rule B"
        wizard = self.asked(self.draft(words=("bobalhao",), action="mask"))
        for part in ("bobalhao", "Rule A", "Rule B", "Mask the words", "Refuse"):
            self.assertIn(part, wizard.warnings)

    def test_the_same_word_with_the_same_action_is_fine(self):
        self.rule(words=("bobalhão",), action="hold")
        self.assertFalse(self.draft(words=("bobalhão",)).action_switch_on())

    def test_allowed_in_one_and_held_in_the_other(self):
        self.rule(words=("tolo",), allowed="bobalhão").name = "Rule B"
        wizard = self.asked(self.draft(words=("bobalhão",)))
        self.assertIn(
            "“bobalhao” is always allowed in “Rule B”, but “Rule A” looks for it.",
            wizard.warnings,
        )

    def test_held_in_the_other_and_allowed_here(self):
        self.rule(words=("bobalhão",)).name = "Rule B"
        wizard = self.asked(self.draft(words=("tolo",), allowed="Bobalhão"))
        self.assertIn("allowed in “Rule A”, but “Rule B”", wizard.warnings)

    def test_rules_that_never_meet_do_not_conflict(self):
        other = self.rule(words=("bobalhão",), action="block")
        rule = self.draft(words=("bobalhão",), action="mask")
        self.assertTrue(rule._conflict_warnings())
        other.audience, rule.audience = "internal", "external"
        self.assertFalse(rule._conflict_warnings())
        other.audience = "new"
        self.assertTrue(rule._conflict_warnings())
        other.set_id = self.rules.copy({"place_ids": [Command.clear()]})
        self.assertFalse(rule._conflict_warnings())

    def test_every_text_is_confirmed(self):
        wizard = self.asked(self.draft("everything"))
        self.assertIn("each and every text", wizard.warnings)

    def test_leaving_the_question_leaves_it_off(self):
        wizard = self.asked(self.draft(words=("de",)))
        wizard.unlink()
        self.assertFalse(self.env["moderation.rule"]._in_force("ticket", 0))

    def test_a_manager_confirms_what_a_moderator_cannot(self):
        wizard = self.asked(self.draft(words=("de",)).with_user(self.manager))
        with self.assertRaises(AccessError):
            wizard.with_user(self.moderator).action_confirm()
        wizard.with_user(self.manager).action_confirm()
        self.assertEqual(wizard.rule_ids.state, "on")


@tagged("post_install", "-at_install")
class TestChangesWhileOn(SwitchCase):
    """A change to a rule that is in force is judged like switching it on."""

    def test_a_pattern_that_breaks_the_rule(self):
        rule = self.rule("pattern", pattern="projeto aurora")
        for pattern in ("(", ".*"):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                rule.pattern = pattern
            rule.invalidate_recordset()
            self.assertEqual(rule.pattern, "projeto aurora")

    def test_a_word_that_everybody_uses(self):
        rule = self.rule(words=("bobalhão",))
        with (
            self.assertRaisesRegex(UserError, "everybody uses these words: de"),
            self.env.cr.savepoint(),
        ):
            self.env["moderation.term"].create({"rule_id": rule.id, "text": "de"})
        with self.assertRaisesRegex(UserError, "second look"):
            rule.term_ids[0].text = "de"

    def test_a_harmless_change(self):
        rule = self.rule(words=("bobalhão",))
        rule.term_ids = [Command.create({"text": "toleirão"})]
        rule.action = "coach"
        self.assertEqual(rule.state, "on")
        self.assertEqual(len(rule._engine_rule().words), 2)

    def test_a_shared_list_is_judged_for_all_who_share_it(self):
        keeper = self.draft(words=("bobalhão",))
        self.rule(entries_of_id=keeper.id, words=())
        with self.assertRaisesRegex(UserError, "second look"):
            keeper.term_ids = [Command.create({"text": "de"})]


@tagged("post_install", "-at_install")
class TestTogether(SwitchCase):
    """What is fine by itself may be too much beside the others."""

    def test_limits_of_all_rules_of_a_place(self):
        self.rule(words=("bobalhão", "toleirão"))
        rule = self.draft(words=("patetão", "bocozão"))
        with (
            patch.object(word_rules, "MOST_FORMS", 3),
            self.assertRaisesRegex(UserError, "Together with the other rules"),
            self.env.cr.savepoint(),
        ):
            rule.action_switch_on()
        rule.invalidate_recordset()
        self.assertEqual(rule.state, "draft")
        self.assertFalse(rule.action_switch_on())

    def test_the_gate_is_ready_when_a_rule_is_on(self):
        rule = self.draft(words=("patetão",))
        rule.action_switch_on()
        with patch.object(engine, "compile_rules", side_effect=AssertionError):
            _compiled, facts, _back = self.env["moderation.scanner"]._rules(
                "ticket", self.env.company.id, ()
            )
        self.assertIn(rule.id, [one.id for ones in facts.values() for one in ones])
