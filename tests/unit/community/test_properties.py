"""What holds for every file, however strange."""

import csv
import io
import json
from datetime import datetime

import importing
from hypothesis import given
from hypothesis import strategies as st
from importing import FileError, cells, markup
from lxml import html as lxml_html

KEYS = st.sampled_from(["", "a", "b", "c", "d", "e"])
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
ROWS = st.lists(st.tuples(KEYS, KEYS, st.sampled_from(["", "T"]), TEXT, KEYS))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["topics", "posts", "id", "raw", "rows", "columns", "user_id", "users"]
            ),
            inner,
        )
    ),
    max_leaves=20,
)


@given(st.binary(max_size=300), st.sampled_from(["x.csv", "x.json", "x.zip", "x"]))
def test_any_bytes_are_read_or_refused(data, name):
    for start in (b"", b"PK\x03\x04", b"id,author,body\n"):
        try:
            importing.read(start + data, name)
        except FileError as error:
            assert str(error)


@given(JSON)
def test_any_json_is_read_or_refused(value):
    try:
        importing.read(json.dumps(value).encode(), "x.json")
    except FileError as error:
        assert "x.json" in str(error)


@given(ROWS)
def test_all_rows_are_taken_over_or_named(rows):
    """Nothing gets lost silently; what is answered comes before its answers."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("id", "author", "title", "body", "parent"))
    writer.writerows(rows)
    found = importing.read(out.getvalue().encode(), "posts.csv")
    told = [problem for problem in found.problems if problem.left_out]
    empty = sum(not any(cell.strip() for cell in row) for row in rows)
    assert len(found.posts) + len(told) + empty == len(rows)
    roots, seen = set(), set()
    for post in found.posts:
        if not post.parent:
            roots.add(post.key)
        seen.add(post.key)
    for post in found.posts:
        assert not post.parent or post.parent in seen
        above = next((p for p in found.posts if p.key == post.parent), None)
        assert not above or not above.parent or above.parent in roots


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31)))
def test_dates_survive_in_every_way_of_writing(when):
    when = when.replace(microsecond=0)
    for text in (
        when.isoformat(),
        f"{when:%Y-%m-%d %H:%M:%S} UTC",
        f"{when:%Y-%m-%dT%H:%M:%S}.000Z",
        f"{when:%Y-%m-%d %H:%M:%S}+00",
        f"{when:%d/%m/%Y %H:%M:%S}",
    ):
        assert cells.moment(text) == when


@given(st.text(max_size=80))
def test_texts_become_html_that_says_the_same(text):
    text = cells.clean(text)
    if not text.isprintable() or not text.split():
        return
    shown = lxml_html.fromstring(markup.from_text(text)).text_content()
    assert shown.split() == text.split()


@given(st.text(alphabet="![]()<>\"'ax:/|#*`\n ", max_size=60))
def test_no_markdown_brings_markup_of_its_own(text):
    html, _names, _links = markup.with_pictures(
        markup.from_markdown(text), lambda source: ""
    )
    assert "<img" not in html
    assert "<x" not in html
