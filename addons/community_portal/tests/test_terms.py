import os

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path
from odoo.tools.translate import TranslationModuleReader

from ..importing.records import Problem
from ..wording import say

MODULE = "community_portal"
# What the demo data brings is written in Portuguese and not translated.
DEMO = ("community.space,", "community.tag,", "res.partner.industry,")
# Files of plain Python: their sentences are translated when they are shown.
PLAIN = f"code:addons/{MODULE}/importing/"


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
        self.assertGreater(len(texts), 20)
        for text in texts:
            with self.subTest(text=text):
                self.assertNotEqual(self.brazil._(text), text)

    def test_values_are_kept(self):
        twice = Problem(None, "The id “%(id)s” comes twice.", {"id": "q7"})
        self.assertEqual(say(self.brazil, twice), "O ID “q7” aparece duas vezes.")

    def test_screens_in_portuguese(self):
        for model, view, words in (
            ("community.space", "form", "O que é bem-vindo aqui e o que não é"),
            ("community.member", "form", "Encerrar participação"),
            ("community.reputation.rule", "form", "Quanto vale"),
            ("community.import", "form", "Trazer"),
            ("community.perk.grant", "form", "Conceder"),
        ):
            with self.subTest(model=model, view=view):
                arch = self.brazil[model].get_views([(False, view)])["views"][view]
                self.assertIn(words, arch["arch"])

    def test_pages_in_portuguese(self):
        for page, words in (
            ("community_portal.composer", "Quem vê"),
            ("community_portal.join_rules", "Concordar e continuar"),
            ("community_portal.company_value", "chamados evitados"),
        ):
            with self.subTest(page=page):
                view = self.brazil["ir.ui.view"].search([("key", "=", page)])
                self.assertIn(words, view.arch_db)

    def test_choices_in_portuguese(self):
        fields = self.brazil["community.post"].fields_get(["kind", "audience"])
        self.assertIn(("question", "Pergunta"), fields["kind"]["selection"])
        self.assertIn(
            ("not_competitors", "Todos menos meus concorrentes"),
            fields["audience"]["selection"],
        )

    def test_the_browser_is_spoken_to_in_portuguese(self):
        """The portal loads the terms of those add-ons alone that are named."""
        names = self.env["ir.http"]._get_translation_frontend_modules_name()
        self.assertIn(MODULE, names)
        webclient = self.env["ir.http"]._get_translations_for_webclient
        modules, _parameters = webclient([MODULE], "pt_BR")
        texts = {one["id"]: one["string"] for one in modules[MODULE]["messages"]}
        self.assertEqual(texts["Draft kept"], "Rascunho salvo")

    def test_what_the_add_on_brings_is_in_portuguese(self):
        self.assertEqual(self.words_of("level_expert"), "Especialista")
        self.assertEqual(self.words_of("rule_accepted"), "Resposta aceita")
        self.assertEqual(
            self.words_of("perk_event"), "Ingresso para a nossa conferência de usuários"
        )
        self.assertIn("Guarde os segredos.", self.words_of("house_rules", "body"))
        self.assertEqual(
            self.words_of("mail_confirm", "subject"), "Este endereço é seu?"
        )
        self.assertIn("Atenciosamente", self.words_of("mail_leak", "body_html"))
