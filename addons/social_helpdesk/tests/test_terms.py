import os

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path
from odoo.tools.translate import TranslationModuleReader

from .. import providers
from ..providers.errors import Refused
from ..providers.types import Note
from ..wording import explain, say

MODULE = "social_helpdesk"
# What the demo data brings is written in Portuguese and not translated.
DEMO = "helpdesk.ticket."


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


@tagged("post_install", "-at_install")
class TestTerms(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pt_BR")
        cls.brazil = cls.env(context={"lang": "pt_BR"})

    def test_the_list_of_terms_is_complete(self):
        """A sentence that nobody exported would stay English, one that nobody
        says any more would be translated for ever."""
        pot = polib.pofile(file_path(f"{MODULE}/i18n/{MODULE}.pot"))
        listed = {entry.msgid.strip() for entry in pot}
        now = Terms(self.env.cr, [MODULE]).sources()
        self.assertEqual(sorted(now - listed), [], "export the terms again")
        self.assertEqual(sorted(listed - now), [], "export the terms again")

    def test_what_providers_say_is_translated(self):
        for cls in providers.known().values():
            if cls.__module__.startswith(providers.__name__):
                for text in cls.notes:
                    values = Blank()
                    english = say(self.env(context={"lang": "en_US"}), Note(text))
                    with self.subTest(text=text):
                        self.assertEqual(english, text)
                        self.assertNotEqual(say(self.brazil, Note(text)), text)
                        self.assertTrue(say(self.brazil, Note(text, values)))

    def test_values_and_the_providers_own_words_are_kept(self):
        error = Refused(
            "The file “%(name)s” is empty.",
            values={"name": "nota.pdf"},
            details="(#100) Invalid parameter",
        )
        self.assertEqual(
            explain(self.brazil, error),
            "O arquivo “nota.pdf” está vazio. ((#100) Invalid parameter)",
        )

    def test_credentials_are_explained_in_portuguese(self):
        account = self.env["helpdesk.social.account"].create(
            {"name": "Suporte", "provider": "telegram"}
        )
        token = account.with_env(self.brazil).credential_ids[0]
        self.assertEqual(token.label, "Token do bot")
        self.assertIn("@BotFather fornece", token.help)

    def test_a_screen_in_portuguese(self):
        views = self.brazil["helpdesk.social.account"].get_views(
            [(False, "form"), (False, "list")]
        )
        form = views["views"]["form"]["arch"]
        self.assertIn('string="Conectar"', form)
        self.assertIn('string="Credenciais"', form)
        states = self.brazil["helpdesk.social.message"].fields_get(["state"])
        self.assertIn(("delivered", "Entregue"), states["state"]["selection"])


class Blank(dict):
    """Any value a sentence may ask for."""

    def __missing__(self, key):
        return "x"

    def __bool__(self):
        return True
