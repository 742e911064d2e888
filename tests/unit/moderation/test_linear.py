"""Hostile input costs no more than its length.

Calls are counted, not seconds: what Python does for a text of n characters and for
one of 4n is compared. What regular expressions do inside cannot be counted, so each
of these texts is also read at a size at which a quadratic step would take minutes.
"""

import sys

import engine
import pytest
from engine import Content, Word, WordRule

from tests.unit.moderation import samples

RULES = engine.compile_rules(
    [
        WordRule(
            "w",
            "insult",
            words=tuple(
                Word(word, suffixes=("s",), reversed=True, excuses=(f"deu {word}",))
                for word in samples.WORDS
            ),
        )
    ]
)
HOSTILE = """\
a.
<b>
<b hidden>
<div>
<!--
<!-->
<
</
<a "
<a x="
<a x='"
<a x=
<b style="
<script>
&
&#
&#x1
&amp
p.
p-@-
c u r s o
p a u\x20
(
((@
!
!!i
*a
m*
m***
[a
p\u200b
\u0301
a\u0301\u0316
\u202e
\u202euap
🇨
i1l|!
Il
aI
o p a\x20
@ a\x20
@ a @ u
ca ca\x20
mer da\x20
f.o.d.
r r s s\x20
\u3164
..x
x  \u2003
""".splitlines()
SIZE = 2_000
LONG = 200_000


def text_of(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def scan(text: str) -> int:
    return len(engine.scan(Content(body=text), RULES))


def calls(text: str) -> int:
    """How many functions of Python and of C are called by a scan."""
    count = 0

    def profile(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        scan(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_four_times_the_text_is_four_times_the_work(piece):
    scan(text_of(piece, 4 * SIZE))  # expressions and tables are made only once
    small, large = calls(text_of(piece, SIZE)), calls(text_of(piece, 4 * SIZE))
    assert large <= 4.5 * small + 200


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_text_is_read_to_its_end(piece):
    assert scan(text_of(piece, LONG) + "> caralho") >= 1


@pytest.mark.parametrize("char", "Il1!a0@(<&\"'=*.# \u0301\u200b")
@pytest.mark.parametrize("end", ["1", "a", "<", ";", " x", "="])
def test_a_row_of_one_character_and_something_else(char, end):
    for before in ("", "<a x=", "&#", "x ", "<i style='font-size:"):
        assert scan(f"{before}{char * 30_000}{end}> caralho") >= 1


def test_nested_tags():
    text = "<div>" * 100_000 + "p<b>a</b>u" + "</div>" * 100_000
    assert scan(text) == 1


def test_ten_thousand_marks_on_one_letter():
    assert scan("p" + "\u0301\u0316" * 5_000 + "au") == 1


def test_a_megabyte_of_letters_with_dots():
    assert scan("a." * 500_000) == 0


def test_a_word_as_long_as_a_text():
    assert scan("p" + "a" * 100_000 + "u") == 0  # nobody reads a word there
    assert scan("p" + "a" * 100 + "u") == 1
    assert scan("p" + " " * 100_000 + "au") == 0
