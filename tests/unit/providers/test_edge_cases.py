"""Every case that providers are known for is shown, by what it names as its proof."""

import pytest

from .edge_cases import FILE, cases
from .golden import CODES

CASES = list(cases())


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.section}-{case.words}"[:80]
)
def test_case(case):
    assert case.words and case.proofs
    assert [p for proof in case.proofs if (p := proof.problem())] == []
    assert set(case.channels) <= set(CODES)
    assert bool(case.channels) != bool(case.why)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.words[:60])
def test_every_channel_that_is_named_is_shown(case):
    """A golden file each, unless a test shows the case: those of the Odoo side run
    on a channel made for them, whose events are like all others'."""
    golden = {proof.channel for proof in case.proofs} - {""}
    tested = any(proof.test for proof in case.proofs)
    if case.why or tested:
        return
    assert set(case.channels) <= golden, set(case.channels) - golden


def test_none_is_said_twice():
    said = [(case.section, case.words) for case in CASES]
    assert len(said) == len(set(said))
    lines = [line for line in FILE.read_text().splitlines() if " | " in line[1:]]
    assert len(said) == len([line for line in lines if not line.startswith("#")])
