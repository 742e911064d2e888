"""Looking only near hints finds what looking everywhere finds."""

import re

from engine.regions import finditer, regions
from hypothesis import given
from hypothesis import strategies as st

TEXTS = st.lists(st.sampled_from(["key", "=", "a1", " ", "ke", "x" * 9, "\n"])).map(
    "".join
)
PATTERN = re.compile(r"x{0,3}key=?[a-z0-9]{0,6}")


@given(TEXTS)
def test_the_same_matches(text):
    near = [one.span() for one in finditer(PATTERN, text, text, ("key",), (3, 8))]
    assert near == [one.span() for one in PATTERN.finditer(text)]


@given(TEXTS, st.integers(0, 20), st.integers(0, 20))
def test_in_order_without_overlap_and_in_the_text(text, before, after):
    found = list(regions(text, ("key", "a1"), before, after))
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(a[1] < b[0] for a, b in zip(found, found[1:], strict=False))


@given(TEXTS)
def test_every_hint_is_inside(text):
    found = list(regions(text, ("key",), 2, 2))
    for hint in re.finditer("key", text):
        assert any(start <= hint.start() and hint.end() <= end for start, end in found)


def test_nothing_to_look_at():
    assert list(regions("abc", ("key",), 5, 5)) == []
    assert list(regions("", ("key",), 5, 5)) == []
