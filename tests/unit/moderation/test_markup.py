"""HTML to readable text, as browsers see it."""

import pytest
from engine.markup import plain_text, read

SEEN = {
    "no markup, a < b & c": "no markup, a < b & c",
    "p<b>a</b>u": "pau",
    "<custom-tag>p</custom-tag>au": "pau",
    "p<wbr>au": "pau",
    "one<br>two<br/>three": "one\ntwo\nthree",
    "<p>one</p><p>two</p>": "\none\n\ntwo\n",
    "<td>1</td><td>2</td>": "\n1\n\n2\n",
    "pa<!-- a > b -->u": "pau",
    "<!-->pau<!-- x -->": "pau",  # a comment that browsers take for closed
    "<!--->pau": "pau",
    "p<!doctype html>au<?php x ?>": "pau",
    "p</ x>au</>": "pau",
    "<bdo dir='RTL'>uap</bdo>": "\u202euap\u202c",
    "<bdo dir=ltr>pau</bdo>": "pau\u202c",
    "<![CDATA[x]]>pau": "pau",
    '<a title="a > b" href=x>z</a>': "z\na > b\n",
    "<a href='x>y'>z</a>": "z",
    "<b '>shown<i '>": "shown",  # a quote that opens nothing
    '<a b="1"c="2">z': "z",
    "<A HREF=x>z</A>": "z",
    "<script>if (a<b) { '<b>' }</script>z": "z",
    "<STYLE>p { color: red }</style >z": "z",
    "<img alt='a word'>": "\na word\n",
    "&lt;b&gt; &amp;amp; &eacute;&#112;&#x70;&#0112": "<b> &amp; éppp",
    "&copy &notit; &bogus; & &; &#; &#x;": "© ¬it; &bogus; & &; &#; &#x;",
    "&#0000000000112;&#x00000000000000070;": "pp",
    "&#99999999;&#x110000;&#" + "9" * 5000: "&#99999999;\ufffd&#" + "9" * 5000,
}
BROKEN = {  # where browsers drop the rest, it is read: somebody may see it
    "<!-- pau": "<!-- pau",
    "<a x='pau": "<a x='pau",
    "<a title='pau>z": "z",
    "<script>pau": "pau",
    "a <": "a <",
    "<": "<",
    "a<1": "a<1",
    "<b": "<b",
}
HIDDEN = {
    'p<span style="display:none">x</span>au': "pau\nx\n",
    'p<span style="DISPLAY : None !important">x</span>au': "pau\nx\n",
    'p<span style="display:/**/none">x</span>au': "pau\nx\n",
    'p<span style="display&#58;none">x</span>au': "pau\nx\n",
    'p<i style="font-size:0">x</i>au': "pau\nx\n",
    'p<i style="font-size:0.0em;">x</i>au': "pau\nx\n",
    'p<i style="opacity:0">x</i>au': "pau\nx\n",
    'p<i style="visibility: hidden">x</i>au': "pau\nx\n",
    "p<i hidden>x</i>au": "pau\nx\n",
    'p<i class="a d-none">x</i>au': "pau\nx\n",
    "p<i hidden>x<i>y</i><b>z</b></i>au": "pau\nxyz\n",
    "p<i hidden>x<b hidden>y</b></i>au": "pau\nxy\n",
    "p<img hidden>au": "pau",
    "p<i hidden>xau": "p\nxau",
    'p<i style="font-size:small">x</i>au': "pxau",
    'p<i style="font-size:0.8em">x</i>au': "pxau",
    'p<i style="opacity:0.5">x</i>au': "pxau",
    'p<i style="color:red">x</i>au': "pxau",
}


@pytest.mark.parametrize(("html", "text"), (SEEN | BROKEN | HIDDEN).items())
def test_what_is_read(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("html", "part", "pieces"),
    [
        ("p<b>a</b>u", "pau", ["p", "a", "u"]),
        ("x &amp;pau", "&pau", ["&amp;pau"]),
        ("&#112;a&#117;", "pau", ["&#112;a&#117;"]),
        ("<p>p</p><p>a</p>", "p\n\na", ["p", "a"]),
        ("a <i title='pau'>b</i> c", "pau", ["pau"]),
        ("<i hidden>pau</i> b", "pau", ["pau"]),
        ("a pau b", "pau", ["pau"]),
    ],
)
def test_where_it_stands(html, part, pieces):
    reading = read(html)
    start = reading.text.index(part)
    spans = reading.spans(start, start + len(part))
    assert [html[a:b] for a, b in spans] == pieces


def test_offsets_are_a_sequence():
    starts = read("x<b>y</b>z").starts
    assert (len(starts), list(starts), starts[-1], starts[1:]) == (
        3,
        [0, 4, 9],
        9,
        [4, 9],
    )
    with pytest.raises(IndexError):
        starts[3]
