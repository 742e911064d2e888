"""Words from files and into files."""

import base64
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from .. import wordfile
from . import common


@tagged("post_install", "-at_install")
class TestWordFile(TransactionCase):
    """Plain Python: what is read of a file, and what is not."""

    def texts(self, data, name="", **kw):
        data = data.encode() if isinstance(data, str) else data
        return [entry.text for entry in wordfile.read(data, name, **kw).entries]

    def reasons(self, data, name="", **kw):
        found = wordfile.read(data.encode(), name, **kw).skipped
        known = {msgid: reason for reason, msgid in wordfile.REASONS.items()}
        return [(skipped.line, known[skipped.msgid]) for skipped in found]

    def test_one_word_a_line(self):
        self.assertEqual(
            self.texts("pau\r\nrola\n\n  tolo  \n"), ["pau", "rola", "tolo"]
        )

    def test_old_macintosh_lines_and_a_byte_order_mark(self):
        self.assertEqual(self.texts(b"\xef\xbb\xbfpau\rrola"), ["pau", "rola"])

    def test_columns(self):
        found = wordfile.read(
            "text;forms;suffixes;severity;languages;exact_accents;active\n"
            "cocô;cocôs|cocozinho;s;high;pt, es;sim;0\n".encode()
        )
        self.assertEqual(
            found.entries[0].values,
            {
                "forms": "cocôs\ncocozinho",
                "suffixes": "s",
                "severity": "3",
                "languages": ("pt", "es"),
                "exact_accents": True,
                "active": False,
            },
        )

    def test_what_is_left_out_and_why(self):
        text = f"a\n...\npau\nPAU\nmerd*\n{'x' * 201}\nzero\u200bwidth\n"
        self.assertEqual(
            self.reasons(text),
            [
                (1, "letter"),
                (2, "empty"),
                (4, "twice"),
                (5, "wildcard"),
                (6, "long"),
                (7, "control"),
            ],
        )
        self.assertEqual(self.reasons("pau\nrola", known=["Páu"]), [(1, "twice")])

    def test_watched_words_of_discourse(self):
        for action in (*wordfile.DISCOURSE_ACTIONS, "link"):
            name = f"forum.example.com-watched-words-{action}.csv"
            found = wordfile.read(b"pau\nrola*\n(a|b)+\n", name)
            self.assertEqual(found.discourse_action, action)
            self.assertEqual([entry.text for entry in found.entries], ["pau"])
            self.assertEqual(len(found.skipped), 2)
        self.assertFalse(wordfile.read(b"pau", "words.csv").discourse_action)

    def test_replacements_are_not_words(self):
        name = "x-watched-words-replace (1).csv"
        self.assertEqual(self.texts('"pau","madeira"\n', name), ["pau"])

    def test_files_that_are_no_lists(self):
        hostile = {
            "not a text file": b"PK\x03\x04\0\0pau\n",
            "not encoded as UTF-8": "coração".encode("latin-1"),
            "cannot be read": b'text,forms\npau,"' + b"x" * 200_000,
        }
        for words, data in hostile.items():
            with self.assertRaisesRegex(wordfile.FileError, words):
                wordfile.read(data)

    def test_utf_16_of_a_spreadsheet(self):
        self.assertEqual(self.texts("text\tforms\ncocô\t\n".encode("utf-16")), ["cocô"])

    def test_a_million_lines_are_refused_before_they_are_read(self):
        for data in (b"a\n" * 1_000_000, b"a\r" * 900_000, b"x" * 20_000_000):
            with (
                patch.object(wordfile.csv, "reader", side_effect=AssertionError),
                self.assertRaisesRegex(wordfile.FileError, "Nothing was read"),
            ):
                wordfile.read(data)

    def test_no_formula_leaves_and_each_word_comes_back(self):
        words = ["=1+1", "+55", "-pau", "@casa", "pau", 'a"b', "x,y", "'-)xx"]
        text = wordfile.write({"text": word, "active": True} for word in words)
        for line in text.splitlines():
            self.assertNotRegex(line, r'^"?[=+@\t-]')
        self.assertEqual(self.texts(text), words)


@tagged("post_install", "-at_install")
class TestImport(common.ModerationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "boss@example.com", groups="moderation.group_manager"
        )

    def wizard(self, data, name="words.csv", **values):
        data = data.encode() if isinstance(data, str) else data
        return (
            self.env["moderation.word.import"]
            .with_user(self.manager)
            .create(
                {
                    "file": base64.b64encode(data),
                    "file_name": name,
                    "set_id": self.rules.id,
                    **values,
                }
            )
        )

    def test_the_preview_says_what_would_happen(self):
        wizard = self.wizard("bobalhão\na\n<b>tolo</b>\n")
        self.assertEqual((wizard.added_count, wizard.skipped_count), (2, 1))
        self.assertIn("bobalhão", wizard.preview)
        self.assertIn(wordfile.REASONS["letter"], wizard.preview)
        self.assertIn("&lt;b&gt;", wizard.preview)
        self.assertFalse(
            self.env["moderation.rule"].search([("name", "=", wizard.name)])
        )

    def test_a_new_rule_is_being_tried(self):
        result = self.wizard(
            "bobalhão\ntolo", name="Ours", action="mask"
        ).action_import()
        rule = self.env["moderation.rule"].browse(result["res_id"])
        self.assertEqual(rule.state, "draft")
        self.assertEqual(rule.action, "mask")
        self.assertEqual(rule.term_ids.mapped("text"), ["bobalhão", "tolo"])

    def test_words_for_a_rule_that_is_on_are_judged(self):
        rule = self.rule(words=("bobalhão",))
        with self.assertRaises(UserError):  # with a savepoint, unlike the others
            self.wizard("de\n", rule_id=rule.id).action_import()
        self.wizard("BOBALHAO\ntoleirão\n", rule_id=rule.id).action_import()
        self.assertEqual(rule.term_ids.mapped("text"), ["bobalhão", "toleirão"])

    def test_files_that_are_refused(self):
        hostile = {
            "10000 words": b"a\n" * 10_001,
            "UTF-8": "coração".encode("latin-1"),
            "no line": b"a\n",
            "not a text file": b"\0\0\0",
            "MB": b"x" * 2_000_001,
        }
        rules = self.env["moderation.rule"].search_count([])
        for words, data in hostile.items():
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.wizard(data).action_import()
        self.assertEqual(self.env["moderation.rule"].search_count([]), rules)

    def test_what_discourse_does_otherwise_is_explained(self):
        for action, ours in wordfile.DISCOURSE_ACTIONS.items():
            wizard = self.wizard("pau", f"f-watched-words-{action}.csv")
            wizard._onchange_file()
            self.assertEqual(wizard.action, ours)
            self.assertIn("Discourse", wizard.note)

    def test_out_and_in_again(self):
        rule = self.rule(
            words=(),
            term_ids=[
                Command.create(
                    {
                        "text": "bobalhão",
                        "forms": "bobalhões\nbobalhona",
                        "suffixes": "zinho",
                        "excuses": "bobalhão mesmo",
                        "allowed": "Bobalhão e Filhos",
                        "severity": "4",
                        "language_ids": [
                            Command.link(self.env.ref("moderation.language_pt").id)
                        ],
                        "reversed": True,
                    }
                ),
                Command.create({"text": "tolo", "active": False}),
            ],
        )
        result = self.wizard(rule._words_as_csv(), action="hold").action_import()
        again = self.env["moderation.rule"].browse(result["res_id"])
        self.assertEqual(again._engine_rule().words, rule._engine_rule().words)
        self.assertFalse(again.term_ids.filtered(lambda t: t.text == "tolo").active)

    def test_only_managers(self):
        wizard = self.wizard("bobalhão")
        with self.assertRaises(AccessError):
            wizard.with_user(self.moderator).action_import()


@tagged("post_install", "-at_install")
class TestWordCheck(common.ModerationCase):
    def check(self, text, **values):
        return self.env["moderation.word.check"].new({"text": text, **values})

    def test_a_word_is_looked_at_while_it_is_typed(self):
        self.post("que bobalhão")
        check = self.check("bobalhão")
        self.assertFalse(check.problem)
        self.assertEqual(check.past_count, 1)
        self.assertGreaterEqual(check.sample, 1)

    def test_common_words_are_marked(self):
        html = str(self.check("de").everyday_html)
        self.assertIn("text-bg-danger", html)
        self.assertIn("in common use", html)

    def test_what_cannot_be_a_word(self):
        for text in ("a", "*", "x" * 300):
            self.assertTrue(self.check(text).problem)
        self.assertFalse(self.check("").problem)


@tagged("post_install", "-at_install")
class TestExportPage(HttpCase):
    def test_only_those_who_may_read_rules(self):
        rule = self.env.ref("moderation.rule_ticket_pt_vulgar")
        users = {
            "moderation.group_moderator": 200,
            "base.group_user": 404,
            "base.group_portal": 404,
        }
        for group, status in users.items():
            login = f"{group}@example.com"
            new_test_user(self.env, login, groups=group)
            self.authenticate(login, login)
            answer = self.url_open(f"/moderation/rule/{rule.id}/words.csv")
            self.assertEqual(answer.status_code, status, group)
        self.assertEqual(self.url_open("/moderation/rule/0/words.csv").status_code, 404)

    def test_the_file_is_a_list_of_words(self):
        new_test_user(self.env, "m@example.com", groups="moderation.group_moderator")
        self.authenticate("m@example.com", "m@example.com")
        rule = self.env.ref("moderation.rule_ticket_pt_vulgar")
        answer = self.url_open(f"/moderation/rule/{rule.id}/words.csv")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        found = wordfile.read(answer.content)
        self.assertCountEqual(
            [entry.text for entry in found.entries], rule.term_ids.mapped("text")
        )
