"""WhatsApp's and Telegram's own formatting, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from providers.telegram import markup as telegram
from providers.text import cut, plain, read_html, to_html
from providers.text.clean import clean, utf16
from providers.text.styled import TAGS
from providers.whatsapp import markup as whatsapp


def _to_whatsapp(source):
    return whatsapp.write(whatsapp.prepare(read_html(source)))


def _shown(text):
    """How WhatsApp shows a text, without what is invisible."""
    return to_html(whatsapp.read(text), newline="\n").replace(whatsapp.BREAK, "")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>a</b> <i>b</i> <s>c</s> <u>d</u>", "*a* _b_ ~c~ d"),
        ("<b><i>a</i></b>", "*_a_*"),
        ("<b>a <i>b</i></b> c", "*a _b_* c"),
        ("um <b> dois </b>três", "um *dois* três"),
        ("<b>um<br>dois</b>", "*um*\n*dois*"),
        ("fo<b>o</b>bar", "foobar"),
        ("<b>total</b>: <b>5</b>", "*total*: *5*"),
        ("<code>x*y*z</code>", "`x*y*z`"),
        ("<pre>a\nb</pre>", "```a\nb```"),
        ("<blockquote>a<br>b</blockquote><p>c</p>", "> a\n> b\n\nc"),
        ('veja <a href="https://x.example/a_b_c">aqui</a>', "veja aqui (https://x.example/a_b_c)"),
        ('<a href="https://x.example/_a_">https://x.example/_a_</a>', "https://x.example/_a_"),
        ('<a href="https://x.example/"><b>site</b> novo</a>', "*site* novo (https://x.example/)"),
        ('<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"),
        ("2*3*4", "2*3*4"),
    ],
)  # fmt: skip
def test_to_whatsapp(source, expected):
    assert _to_whatsapp(source) == expected


@pytest.mark.parametrize(
    "literal",
    [
        "*AB-12*",
        "peça *1* e _2_",
        "~x~",
        "`y`",
        "```z```",
        "> não é citação",
        "** x **",
    ],
)
def test_signs_of_an_agent_are_not_taken_for_formatting(literal):
    sent = _to_whatsapp(f"<p>{literal}</p>".replace("> n", "&gt; n"))
    assert sent.replace(whatsapp.BREAK, "") == literal
    assert "<" not in _shown(sent)


@pytest.mark.parametrize(
    "source",
    [
        "<b>negrito</b> e <i>itálico</i>",
        "<b>a <i>b</i></b> c",
        "<blockquote>x</blockquote>y",
        "<code>x*y</code> fim",
        "<pre>um\ndois</pre>",
    ],
)
def test_what_is_sent_is_shown_as_it_was_written(source):
    html = to_html(read_html(source), newline="\n")
    assert _shown(_to_whatsapp(source)) in (html, html.replace("\n", ""))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*um* _dois_ ~três~", "<b>um</b> <i>dois</i> <s>três</s>"),
        ("*_os dois_*", "<b><i>os dois</i></b>"),
        ("a*b*c snake_case_x", "a*b*c snake_case_x"),
        ("* x * *y *", "* x * *y *"),
        ("*um\ndois*", "*um<br>dois*"),
        ("`*x*`", "<code>*x*</code>"),
        ("> a\n> b\nc", "<blockquote>a<br>b</blockquote>c"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("*https://x.example/*", '<a href="https://x.example/"><b>https://x.example/</b></a>'),
        ("(https://x.example/a).", '(<a href="https://x.example/a">https://x.example/a</a>).'),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)  # fmt: skip
def test_from_whatsapp(text, expected):
    assert to_html(whatsapp.read(text)) == expected


MARKUP = st.text(
    st.sampled_from("ab *_~`>\n\u200b😀h:/.") | st.characters(), max_size=80
)


@given(MARKUP)
def test_no_character_is_lost_in_reading(text):
    signs = set("*_~`> \n")
    read = plain(whatsapp.read(text))
    assert [c for c in read if c not in signs] == [c for c in text if c not in signs]


@given(st.text(st.sampled_from("ab *_~`<>&\n😀") | st.characters(codec="utf-8")))
def test_an_agents_plain_text_arrives_as_it_was_written(text):
    runs = read_html(text.replace("&", "&amp;").replace("<", "&lt;"))
    sent = whatsapp.write(whatsapp.prepare(runs))
    assert sent.replace(whatsapp.BREAK, "") == plain(runs).replace(whatsapp.BREAK, "")


@pytest.mark.parametrize("sign", ["*", "_", "~", "`", "```", "> ", "https://", "h://."])
def test_long_rows_of_signs_are_read_in_time(sign, deadline):
    with deadline(1):
        whatsapp.read(sign * 20_000)
        whatsapp.read((sign + "a") * 10_000)


# --- Telegram -------------------------------------------------------------------


def test_telegram_offsets_count_utf16():
    runs = telegram.read("😀😀 oi", [{"type": "bold", "offset": 5, "length": 2}])
    assert to_html(runs) == "😀😀 <b>oi</b>"


def test_telegram_entity_that_cuts_an_emoji_harms_nothing():
    runs = telegram.read("😀x", [{"type": "bold", "offset": 1, "length": 1}])
    assert plain(runs) == "😀x"


ENTITY = st.fixed_dictionaries(
    {
        "type": st.sampled_from([*telegram.MARKS, "url", "text_link", "email", "x"]),
        "offset": st.integers(-3, 30),
        "length": st.integers(-3, 30),
        "url": st.sampled_from(["https://x.example", "javascript:x", '"><script>', 7]),
    }
)


@given(st.text(st.characters(codec="utf-8"), max_size=20), st.lists(ENTITY, max_size=8))
def test_telegram_html_is_always_well_formed_and_safe(text, entities):
    html = to_html(telegram.read(text, entities), newline="")
    tree = etree.fromstring(f"<x>{clean(html)}</x>")  # XML is strict
    assert {e.tag for e in tree.iter()} <= {"x", "a", *TAGS.values()}
    for link in tree.iter("a"):
        assert link.get("href").startswith(telegram.LINKS)
    shown = clean("".join(tree.itertext()))
    assert shown.replace("\n", "") == clean(text).replace("\n", "")


def test_telegram_parts_fit_without_their_tags():
    runs = read_html("<b>" + "negrito 😀 " * 1000 + "</b>")
    parts = cut(runs, 4096)
    assert all(utf16(plain(part)) <= 4096 for part in parts)
    assert all(telegram.write(part).startswith("<b>") for part in parts)


def test_telegram_gets_only_tags_that_it_knows():
    source = "<h1>T</h1><ul><li>x</li></ul><table><td>1</td></table><hr><p>y<br>z</p>"
    html = telegram.write(read_html(source))
    assert html == "<b>T</b>\n\n- x\n1\n\ny\nz"
