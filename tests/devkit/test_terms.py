"""Lists of terms and their translations."""

import polib
import pytest

from devkit.inside import terms

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


@pytest.fixture
def addon(tmp_path):
    """``addon(pot, po)``: an add-on's folder with these sentences."""

    def make(sentences: list[str], translations: dict[str, str]):
        folder = tmp_path / "an_addon"
        (folder / "i18n").mkdir(parents=True)
        made = 'POT-Creation-Date: 2026-11-30 19:21+0000\\n"\n'
        pot = HEAD + f'"{made}' + "".join(entry(text) for text in sentences)
        po = HEAD + "".join(entry(*pair) for pair in translations.items())
        (folder / "i18n/an_addon.pot").write_text(pot)
        (folder / "i18n/pt_BR.po").write_text(po)
        return folder

    return make


def entry(text: str, translation: str = "") -> str:
    return f'\nmsgid "{text}"\nmsgstr "{translation}"\n'


def translated(folder) -> dict[str, str]:
    found = polib.pofile(folder / "i18n/pt_BR.po")
    return {entry.msgid: entry.msgstr for entry in found}


def test_what_is_known_stays_and_what_is_new_waits(addon):
    folder = addon(["Answer", "Ask"], {"Answer": "Responder"})
    assert terms.tidy(folder) == 1
    assert translated(folder) == {"Answer": "Responder", "Ask": ""}


def test_what_nobody_says_any_more_is_gone(addon):
    folder = addon(["Ask"], {"Ask": "Perguntar", "Close": "Fechar"})
    assert terms.tidy(folder) == 0
    assert "Fechar" not in (folder / "i18n/pt_BR.po").read_text()


def test_the_moment_of_the_export_changes_no_file(addon):
    folder = addon(["Ask"], {"Ask": "Perguntar"})
    terms.tidy(folder)
    assert "Creation-Date" not in (folder / "i18n/an_addon.pot").read_text()


def test_a_sentence_that_has_changed_is_not_translated_by_the_old_one(addon):
    folder = addon(["Send the message"], {"Send a message": "Enviar uma mensagem"})
    assert terms.tidy(folder) == 1
    assert translated(folder) == {"Send the message": ""}


def test_it_says_what_is_left(addon, capsys):
    terms.main([str(addon(["Ask"], {}))])
    assert capsys.readouterr().out == "an_addon: 1 to translate\n"
