"""A found place, blotted out or shown."""

from engine import mark, mask


def test_markup_and_line_ends_stay():
    text = "p<b>a</b>\nu!"
    assert mask(text, [(0, 1), (4, 5), (9, 11)]) == "█<b>█</b>\n█!"


def test_a_sign_of_ones_own():
    assert mask("pau", [(0, 3)], "•") == "•••"


def test_spans_out_of_order_overlapping_and_too_long():
    assert mask("abcdef", [(4, 99), (0, 2), (1, 3), (-5, 1)]) == "███d██"
    assert mask("abc", []) == "abc"
    assert mask("", [(0, 3)]) == ""


def test_marked_pieces_are_readable_text():
    pieces = mark("<p>a &lt; p<b>a</b>u</p>", [(10, 11), (14, 15), (19, 20)], True)
    assert [piece for piece, marked in pieces if marked] == ["pau"]
    assert "".join(piece for piece, _ in pieces) == "\na < pau\n"


def test_marks_in_plain_text():
    assert mark("a pau b", [(2, 5)]) == [("a ", False), ("pau", True), (" b", False)]
    assert mark("pau", [(0, 3)]) == [("pau", True)]
    assert mark("", []) == []
    assert mark("a", []) == [("a", False)]


def test_marks_in_what_is_hidden():
    html = "<i hidden>pau</i> b"
    assert [piece for piece, marked in mark(html, [(10, 13)], True) if marked] == [
        "pau"
    ]
