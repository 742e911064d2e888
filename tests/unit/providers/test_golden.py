"""Every row of the providers' edge cases: a body in, the events out."""

import json

import pytest

from .golden import SETTINGS, cases, understood, wire_format


@pytest.mark.parametrize(
    "path", cases(), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_case(path):
    case = json.loads(path.read_text())
    code = path.parent.name
    data = wire_format(code, case["body"])
    assert understood(code, data) == case["expected"]


@pytest.mark.parametrize("code", sorted(SETTINGS))
def test_the_cases_are_there(code):
    assert len(cases(code)) > 15


@pytest.mark.parametrize("code", sorted(SETTINGS))
def test_delivered_twice_is_the_same_event(code):
    for path in cases(code):
        body = json.loads(path.read_text())["body"]
        data = wire_format(code, body)
        assert understood(code, data) == understood(code, data)
