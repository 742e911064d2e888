from datetime import datetime, timezone

import pytest
from providers.errors import MalformedBody, MalformedEvent
from providers.tame import Node, digest, iso, key, load, when
from providers.text.clean import clean, file_name, one_line


def test_a_body_is_an_object():
    assert load(b'{"a": [1, 2.5, null, true, "x"]}') == {"a": [1, 2.5, None, True, "x"]}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nope",
        b"[1]",
        b'"x"',
        b"\xff\xfe{\x00}\x00",
        b'{"a": "\xff"}',
        b'{"a": ' * 100_000,
        b'{"a":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
        b'{"a":' + b"[" * 70 + b"]" * 70 + b"}",
        b'{"a":' * 70 + b"1" + b"}" * 70,
    ],
    ids=lambda body: repr(body[:12]) + str(len(body)),
)
def test_what_is_no_usable_body(body):
    with pytest.raises(MalformedBody):
        load(body)


def test_depth_that_occurs_is_kept():
    body = b'{"a":' * 30 + b"1" + b"}" * 30
    assert load(body)["a"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"a": NaN, "b": -Infinity, "c": 1e999}', {"a": None, "b": None, "c": None}),
        (b'{"a": %s}' % (b"9" * 30), {"a": "9" * 30}),
        (b'{"a": %s}' % (b"9" * 9000), {"a": "9" * 200}),
        (b'{"a": "\\u0000x\\ud800y\\ud83d\\ude00"}', {"a": "xy\U0001f600"}),
        (b'{"\\u0000k": {"\\udfff": ["\\u0000"]}}', {"k": {"": [""]}}),
    ],
)
def test_what_a_database_refuses_is_left_out(body, expected):
    assert load(body) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("wamid.1", "wamid.1"),
        (" x ", "x"),
        (17, "17"),
        (-100, "-100"),
        (True, ""),
        (1.0, ""),
        (2**70, ""),
        (None, ""),
        ([], ""),
        ({}, ""),
    ],
)
def test_key(value, expected):
    assert key(value) == expected


def test_a_very_long_key_is_digested_and_stays_different():
    first, second = key("x" * 5000), key("x" * 5001)
    assert len(first) == 64 and first != second


@pytest.mark.parametrize("value", ["1763900000", 1763900000])
def test_when(value):
    assert when(value) == datetime(2025, 11, 23, 12, 13, 20, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "value",
    ["", "x", "-1", 0, 1, 10**11, 10**30, "9" * 50, 1763900000.5, True, None, "١٢", []],
)
def test_times_that_cannot_be(value):
    assert when(value) is None


@pytest.mark.parametrize("text", ["2026-09-21T17:05:00Z", "2026-09-21T14:05:00-03:00"])
def test_the_written_time(text):
    assert iso(text) == datetime(2026, 9, 21, 17, 5, tzinfo=timezone.utc)


def test_an_optional_field_of_the_wrong_type_is_absent():
    node = Node({"a": 1, "b": "x", "c": [1, {"d": 2}, {}], "e": {"f": True}})
    assert node.text("a") == "" and not node.node("a") and node.nodes("b") == []
    assert [n.path for n in node.nodes("c")] == ["c[1]"]
    assert node.node("e").flag("f") and not node.flag("a")
    assert node.whole("b") is None and node.whole("missing") is None
    assert Node("x").text("a") == "" and not Node(None)


def test_a_needed_field_names_its_path():
    node = Node({"image": {"id": []}}, "message")
    with pytest.raises(MalformedEvent, match=r"message\.image\.id"):
        node.node("image").need("id")
    with pytest.raises(MalformedEvent, match=r"message\.video"):
        node.need_node("video")


@pytest.mark.parametrize("value", [91, -91, "1", None, True, float("nan"), 10**400])
def test_within(value):
    with pytest.raises(MalformedEvent):
        Node({"v": value}).within("v", 90)


def test_digest_does_not_depend_on_the_order_of_keys():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}) != digest({"a": 2})


def test_clean():
    text = "a\x00b\x1bc\u202ed\u2066e\r\nf\rg\u2028h\ud800i\tj\u200f"
    assert clean(text) == "abcde\nf\ng\nhi\tj\u200f"


def test_one_line():
    assert one_line("  a \n\t b  ") == "a b"
    assert len(one_line("x" * 10_000)) == 100


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("DANFE 1.pdf", "DANFE 1.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\y.doc", "y.doc"),
        (".htaccess", "htaccess"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("n" * 300 + ".pdf", "n" * 96 + ".pdf"),
        ("n" * 300, "n" * 100),
        ("", ""),
    ],
)
def test_file_name(name, expected):
    assert file_name(name) == expected
