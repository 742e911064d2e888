"""Every add-on speaks all of its sentences in Brazilian Portuguese.

Whether the list of sentences itself is complete, only Odoo knows: see
``tests/test_terms.py`` of the add-on.
"""

import re
from pathlib import Path

import polib
import pytest

ADDONS = Path(__file__).parents[2] / "addons"
NAMES = sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py"))
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]")
TAG = re.compile(r"</?\w+")
# Odoo's export leaves a translation empty that equals its source.
SAME = {"ID"}


def terms(name: str) -> polib.POFile:
    return polib.pofile(str(ADDONS / name / "i18n" / f"{name}.pot"))


def portuguese(name: str) -> polib.POFile:
    return polib.pofile(str(ADDONS / name / "i18n" / "pt_BR.po"))


def said(name: str) -> list[polib.POEntry]:
    return [entry for entry in portuguese(name) if entry.msgid not in SAME]


def test_there_are_add_ons():
    assert NAMES


@pytest.mark.parametrize("name", NAMES)
def test_same_sentences(name):
    wanted = {entry.msgid for entry in terms(name)}
    have = [entry.msgid for entry in portuguese(name)]
    assert wanted
    assert sorted(have) == sorted(wanted)


@pytest.mark.parametrize("name", NAMES)
def test_translated(name):
    po = portuguese(name)
    assert po.metadata["Language"] == "pt_BR"
    assert {e.msgid for e in po if not e.msgstr.strip()} <= SAME
    assert [e.msgid for e in po if e.fuzzy] == []
    assert [e.msgid for e in po if e.obsolete] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("pattern", [PLACE, TAG], ids=["places", "tags"])
def test_places_and_tags_are_the_same(name, pattern):
    different = [
        entry.msgid
        for entry in said(name)
        if sorted(pattern.findall(entry.msgid)) != sorted(pattern.findall(entry.msgstr))
    ]
    assert different == []


@pytest.mark.parametrize("name", NAMES)
def test_several_unnamed_places_keep_their_order(name):
    """``%s … %s`` cannot be reordered by a translator: name them instead."""
    for entry in terms(name):
        assert len(re.findall(r"%[sd]", entry.msgid)) <= 1, entry.msgid


@pytest.mark.parametrize("name", NAMES)
def test_a_sentence_ends_as_its_source_does(name):
    """A full stop, a colon or an ellipsis that is lost is a slip."""
    ends = ".:…?"
    odd = [
        entry.msgid
        for entry in said(name)
        if {entry.msgid[-1:], entry.msgstr[-1:]} & set(ends)
        and entry.msgid[-1:] != entry.msgstr[-1:]
    ]
    assert odd == []
