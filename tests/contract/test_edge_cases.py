"""No case of the list beside the providers' descriptions is forgotten."""

import re
from collections import Counter

import pytest

from tests.unit.providers.edge_cases import cases

from .conftest import SPECS

LIST = SPECS.parent / "edge-cases.md"


@pytest.fixture(scope="module")
def listed():
    """How many cases each of its sections has: rows of a table, or numbered lines."""
    if not LIST.is_file():
        pytest.skip("no descriptions")
    sections = re.split(r"(?m)^## ", LIST.read_text())[1:]
    return [_rows(section) or _numbered(section) for section in sections]


def _rows(section):
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return max(0, len(rows) - 2)  # the head and the line below it


def _numbered(section):
    return len(re.findall(r"(?m)^\d+\. ", section))


def test_as_many_in_each_section(listed):
    ours = Counter(case.section for case in cases())
    assert list(ours.values()) == listed
    assert sum(listed) > 150
