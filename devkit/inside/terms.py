"""Bring add-ons' translations up to their freshly exported lists of terms.

Called with the folders of the add-ons. A translation whose sentence has changed is
not kept for another one: it waits for a person.
"""

import sys
from pathlib import Path

import polib

LANGUAGE = "pt_BR"
WIDTH = 77  # of a line
MOMENTS = ("POT-Creation-Date", "PO-Revision-Date")  # would differ each time


def tidy(folder: Path) -> int:
    """:return: how many sentences wait for a translation"""
    terms = polib.pofile(folder / "i18n" / f"{folder.name}.pot", wrapwidth=WIDTH)
    for name in MOMENTS:
        terms.metadata.pop(name, None)
    terms.save()
    translation = polib.pofile(folder / "i18n" / f"{LANGUAGE}.po", wrapwidth=WIDTH)
    translation.merge(terms)
    for entry in translation.obsolete_entries():
        translation.remove(entry)
    translation.sort(key=lambda entry: entry.msgid)
    translation.save()
    return len(translation.untranslated_entries())


def main(folders: list[str]) -> None:
    """One line an add-on."""
    for folder in map(Path, folders):
        missing = tidy(folder)
        print(f"{folder.name}: {missing} to translate" if missing else folder.name)


if __name__ == "__main__":
    main(sys.argv[1:])
