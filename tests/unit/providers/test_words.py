"""Every sentence for a person can be translated and filled in."""

import ast
import json
import re
from pathlib import Path

import providers
import pytest
from providers import words

from .golden import CODES, cases

ROOT = Path(providers.__file__).parent


def _sentences(node):
    if isinstance(node, dict):
        if "text" in node and "kind" not in node and "target" not in node:
            yield node["text"]
        for name, value in node.items():
            if name not in ("body", "values", "about"):
                yield from _sentences(value)
    elif isinstance(node, list):
        for value in node:
            yield from _sentences(value)


@pytest.mark.parametrize("code", CODES)
def test_the_sentences_of_all_cases_are_declared(code):
    notes = set(providers.get(code).notes)
    seen = set()
    for path in cases(code):
        expected = json.loads(path.read_text())["expected"]
        if isinstance(expected, list):
            seen |= {s for s in _sentences(expected) if s}
    assert seen
    assert seen <= notes


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_stands_in_the_code_undeclared(code):
    """Literal texts in raise and Note() would never be translated."""
    for path in (ROOT / code).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in {"Note", "Refused", "RetryLater", "Uncertain"}:
                assert not isinstance(node.args[0], ast.Constant), path


@pytest.mark.parametrize("code", CODES)
def test_sentences_are_for_people(code):
    for text in providers.get(code).notes:
        assert text == text.strip()
        assert text[0].isupper() or text[0] in "%“"
        places = re.findall(r"%\((\w+)\)s", text)
        assert text.count("%") == len(places)
        assert text % dict.fromkeys(places, "x")


def test_the_shared_sentences_belong_to_every_channel():
    for code in CODES:
        assert set(words.ALL) <= set(providers.get(code).notes)


def test_credentials_are_explained():
    for code in CODES:
        for credential in providers.get(code).credentials:
            assert credential.label and credential.help.endswith(".")
