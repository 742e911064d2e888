import os

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path
from odoo.tools.translate import TranslationModuleReader

from ..engine.types import RuleError
from ..wordfile import FileError
from ..wording import say

MODULE = "moderation"
# What the demo data brings is written in Portuguese and not translated.
DEMO = ("helpdesk.ticket,", "res.partner,")
# Files of plain Python: their sentences are translated when they are shown.
PLAIN = (f"code:addons/{MODULE}/engine/", f"code:addons/{MODULE}/wordfile.py")


class Terms(TranslationModuleReader):
    """As Odoo's export, but of the add-on's own files: reading those of all
    add-ons takes seconds."""

    def _export_translatable_resources(self):
        self._path_list = [(os.path.dirname(file_path(MODULE)), True)]
        return super()._export_translatable_resources()

    def sources(self):
        return {
            source.strip()
            for _module, _type, name, _id, source, _value, _comments in self
            if not name.startswith(DEMO)
        }


class Blank(dict):
    """Any value a sentence may ask for."""

    def __missing__(self, key):
        return "x"

    def __bool__(self):
        return True


@tagged("post_install", "-at_install")
class TestTerms(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pt_BR")
        cls.brazil = cls.env(context={"lang": "pt_BR"})
        cls.pot = polib.pofile(file_path(f"{MODULE}/i18n/{MODULE}.pot"))

    def words_of(self, xmlid, field="name"):
        return self.env.ref(f"{MODULE}.{xmlid}").with_env(self.brazil)[field]

    def test_the_list_of_terms_is_complete(self):
        """A sentence that nobody exported would stay English, one that nobody
        says any more would be translated for ever."""
        listed = {entry.msgid.strip() for entry in self.pot}
        now = Terms(self.env.cr, [MODULE]).sources()
        self.assertEqual(sorted(now - listed), [], "export the terms again")
        self.assertEqual(sorted(listed - now), [], "export the terms again")

    def test_every_term_is_translated_with_its_places(self):
        """Filling in the places of a translation finds one that is misspelled."""
        po = polib.pofile(file_path(f"{MODULE}/i18n/pt_BR.po"))
        portuguese = {entry.msgid: entry.msgstr for entry in po}
        self.assertEqual(sorted(portuguese), sorted(entry.msgid for entry in self.pot))
        for source, text in portuguese.items():
            with self.subTest(source=source):
                self.assertTrue(text.strip())
                self.assertEqual("%s" in source, "%s" in text)
                if "%(" in source:
                    self.assertTrue(text % Blank())

    def test_what_plain_python_says_is_translated(self):
        texts = [
            entry.msgid
            for entry in self.pot
            if any(path.startswith(PLAIN) for path, _line in entry.occurrences)
        ]
        self.assertGreater(len(texts), 30)
        for text in texts:
            with self.subTest(text=text):
                self.assertNotEqual(self.brazil._(text), text)

    def test_values_are_kept(self):
        typed = RuleError(
            "“%(typed)s” is not a domain. Write it like "
            "example.com, without https:// and without a path.",
            typed="a b",
        )
        self.assertEqual(
            say(self.brazil, typed),
            "“a b” não é um domínio. Escreva-o como example.com, sem https:// "
            "e sem caminho.",
        )
        line = FileError(
            "Line %(line)s cannot be read: a quotation mark may be missing.", line=7
        )
        self.assertEqual(
            say(self.brazil, line),
            "Não foi possível ler a linha 7: talvez falte uma aspa.",
        )

    def test_screens_in_portuguese(self):
        for model, view, words in (
            ("moderation.case", "form", "O que foi encontrado"),
            ("moderation.case", "list", "Assumir"),
            ("moderation.rule", "form", "O que procura"),
            ("moderation.decide", "form", "Decidir"),
            ("moderation.trial", "form", "Procurar em todos os textos anteriores"),
            ("moderation.word.import", "form", "Importar"),
        ):
            with self.subTest(model=model, view=view):
                arch = self.brazil[model].get_views([(False, view)])["views"][view]
                self.assertIn(f'"{words}"', arch["arch"])

    def test_choices_in_portuguese(self):
        severities = self.brazil["moderation.case"].fields_get(["severity"])
        self.assertIn(("4", "Muito alta"), severities["severity"]["selection"])
        kinds = self.brazil["moderation.decision"].fields_get(["kind"])
        self.assertIn(
            ("allow", "Aprovar e liberar a expressão"), kinds["kind"]["selection"]
        )

    def test_what_the_add_on_brings_is_in_portuguese(self):
        self.assertEqual(self.words_of("category_secret"), "Senhas e chaves")
        self.assertEqual(
            self.words_of("place_ticket"), "Chamados: o que os clientes escrevem"
        )
        self.assertEqual(
            self.words_of("mail_decision", "subject"), "Sobre o que você nos escreveu"
        )
        self.assertIn("Atenciosamente", self.words_of("mail_decision", "body_html"))
        self.assertEqual(
            self.words_of("message_published", "reason"),
            "Um moderador leu o texto: está tudo certo.",
        )

    def test_a_rule_tells_in_portuguese_what_it_does(self):
        rule = self.brazil["moderation.rule"].create(
            {
                "name": "Palavras",
                "set_id": self.env["moderation.rule.set"].create({"name": "Teste"}).id,
                "category_id": self.env.ref("moderation.category_vulgar").id,
                "kind": "everything",
                "audience": "external",
                "action": "hold",
            }
        )
        self.assertEqual(
            rule.summary,
            "Quando um cliente escreve qualquer coisa, só o autor vê o texto até que "
            "um moderador decida.",
        )
