"""An agent's HTML to styled text, and cutting it."""
# ruff: noqa: E501 - one case, one row

import pytest
from providers.text import Run, cut, plain, read_html, to_html
from providers.text.clean import utf16


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ""),
        ("<p><br></p>", ""),
        ("just text", "just text"),
        ("<p>Um</p><p>Dois</p>", "Um\n\nDois"),
        ("<p>Um<br></p><p><br></p><p>Dois</p>", "Um\n\nDois"),
        ("<div>Um</div><div>Dois<br>Três</div>", "Um\nDois\nTrês"),
        ("<p>a  \n b&nbsp;c</p>", "a b c"),
        ("<p>x <b> y </b> z</p>", "x <b>y </b>z"),
        ("<b>a<i>b</i></b><em>c</em><u>d</u><s>e</s>", "<b>a<i>b</i></b><i>c</i><u>d</u><s>e</s>"),
        ("<h2>Título</h2><p>texto</p>", "<b>Título</b>\n\ntexto"),
        ("<ul><li>um</li><li><p>dois</p></li></ul>", "- um\n- dois"),
        ("<ol><li>um<ul><li>sub</li></ul></li><li>dois</li></ol>", "1. um\n  - sub\n2. dois"),
        ("<pre>a\n  b</pre>c", "<pre>a\n  b</pre>\nc"),
        ("<p><code>a  b</code></p>", "<code>a b</code>"),
        ("<blockquote>q</blockquote><p>r</p>", "<blockquote>q</blockquote>\nr"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "<b>A</b> | <b>B</b>\n1 | 2",
        ),
        ('<a href="https://x.example/?a=1&amp;b=2">aqui</a>', '<a href="https://x.example/?a=1&amp;b=2">aqui</a>'),
        ('<a href="/web#id=1">@Ana</a> oi', "@Ana oi"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href="http://[">x</a>', "x"),
        ('<a href="mailto:a@b.example">e-mail</a>', '<a href="mailto:a@b.example">e-mail</a>'),
        ('<img alt="😀" src="x">ok<img src="y">', "😀ok"),
        ("<p>ok</p><script>alert(1)</script><style>p{}</style><!-- x -->", "ok"),
        ('<p>ok</p><div data-o-mail-quote="1">Em 1/1 Ana escreveu</div> fim', "ok\n\nfim"),
        ('<p>ok</p><div class="o-signature-container">--<br>Ana</div>', "ok"),
        ("a\x00b\u202ec", "abc"),
        ("1 &lt; 2 &amp;&amp; <b>&lt;b&gt;</b>", "1 &lt; 2 &amp;&amp; <b>&lt;b&gt;</b>"),
        ("<p>não fechado <b>x", "não fechado <b>x</b>"),
    ],
)  # fmt: skip
def test_read_html(source, expected):
    assert to_html(read_html(source), newline="\n") == expected


def test_depth_is_the_senders_choice():
    assert plain(read_html("<b>" * 200 + "x" + "</b>" * 200)) == "x"


def test_overlapping_marks_are_nested():
    runs = [
        Run("a", frozenset("b")),
        Run("b", frozenset("bi")),
        Run("c", frozenset("i")),
    ]
    assert to_html(runs) == "<b>a<i>b</i></b><i>c</i>"


def test_code_holds_no_other_mark():
    runs = [Run("x", frozenset({"b", "code"}), "https://x.example")]
    assert to_html(runs) == "<code>x</code>"


# --- cutting ------------------------------------------------------------------


def _texts(text, limit):
    return [plain(part) for part in cut([Run(text)], limit)]


def test_a_short_text_is_one_part():
    assert _texts("Olá", 10) == ["Olá"]
    assert _texts("", 10) == []
    assert _texts("   ", 10) == []


def test_a_paragraph_is_preferred_to_a_line_and_a_line_to_a_word():
    assert _texts("aaa bbb\n\nccc ddd\neee", 13) == ["aaa bbb", "ccc ddd\neee"]
    assert _texts("aaa bbb\nccc ddd eee", 13) == ["aaa bbb", "ccc ddd eee"]
    assert _texts("aaa bbb ccc", 8) == ["aaa bbb", "ccc"]


def test_nothing_but_space_is_lost():
    text = "palavra " * 2000
    parts = _texts(text, 4096)
    assert all(len(part) <= 4096 for part in parts)
    assert " ".join(parts) == text.strip()


def test_a_word_longer_than_a_part_is_cut():
    assert _texts("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


@pytest.mark.parametrize("emoji", ["👍🏽", "👩‍👩‍👧", "🇧🇷", "❤️", "é"])
def test_one_visible_character_is_not_cut(emoji):
    for limit in range(12, 24):
        for part in _texts(emoji * 10, limit):
            assert part.count(emoji) * emoji == part
            assert utf16(part) <= limit


def test_formatting_goes_on_in_the_next_part():
    parts = cut([Run("um dois três", frozenset("b"))], 8)
    assert [to_html(part) for part in parts] == ["<b>um dois</b>", "<b>três</b>"]
