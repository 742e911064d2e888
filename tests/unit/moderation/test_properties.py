"""What holds for every text, however strange."""

import re

import engine
from engine import Content, Word, WordRule
from engine.fold import fold
from engine.normalise import clean
from engine.readings import Readings
from engine.skeleton import Skeleton, squeeze
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.moderation import evasions, samples

RULES = engine.compile_rules(
    [
        WordRule(
            "w",
            "insult",
            words=tuple(
                Word(word, suffixes=("s",), reversed=True) for word in samples.WORDS
            ),
        ),
        WordRule("p", "insult", words=(Word("filho da puta"), Word("дурак"))),
    ]
)
MARKUP = """
<b> < > & &# &#x ; <!-- --> <a href=' " ' = style="display:none" <script> </script>
&amp; &nbsp; &copy <br> <div hidden> </div> <img alt=' </p> <p>
"""
SIGNS = (
    "1 4 @ $ ! ( ) * # . - p a u c é I l r s İ ß ﬁ ﷺ 🇵 🇦 🅿 ｐ р ᴘ ½ ٣ ① Ａ 𝓹 가 ᄀ ᅡ ǆ ŉ"
)
INVISIBLE = (
    "\u202e\u202c\u200b\u0301\u0338\ufe0f\u20e3 \n\t\x00\u3164\u1160\ud800\U000e0101"
)
PIECES = [*MARKUP.split(), *SIGNS.split(), *INVISIBLE, *samples.WORDS, "ɐɹɹod"]
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
)
TAG = re.compile(r"<[^<>]*>")


def scan(text, is_html):
    return engine.scan(Content(title=text, body=text, is_html=is_html), RULES)


@settings(max_examples=600, deadline=None)
@given(texts, st.booleans())
@example("<a title='pau'>p</a>au", True)
@example("p<div hidden>a</div>u", True)
@example("İİİ pau", False)
def test_spans_lie_inside_and_nothing_is_raised(text, is_html):
    for finding in scan(text, is_html):
        assert finding.spans
        assert list(finding.spans) == sorted(finding.spans)
        last = 0
        for start, end in finding.spans:
            assert last <= start < end <= len(text)
            last = end


@settings(max_examples=200, deadline=None)
@given(texts, st.booleans())
def test_the_same_text_gives_the_same_findings(text, is_html):
    assert scan(text, is_html) == scan(text, is_html)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_masking_changes_nothing_but_the_spans(text):
    for finding in scan(text, True):
        if finding.part == "body":
            masked = engine.mask(text, finding.spans)
            assert len(masked) == len(text)
            inside = {at for span in finding.spans for at in range(*span)}
            for at, (new, old) in enumerate(zip(masked, text, strict=True)):
                assert new == old or (at in inside and new == "█")


@settings(deadline=None)
@given(
    st.sampled_from(samples.WORDS),
    st.sampled_from(sorted(evasions.WAYS)),
    st.sampled_from(samples.CARRIERS),
)
def test_markup_stays_whole_and_the_word_is_gone(word, way, carrier):
    written = evasions.WAYS[way](word)
    if not written or way == "regional indicators":
        return
    text = carrier.format(written)
    findings = engine.scan(Content(body=text), RULES)
    masked = engine.mask(text, [span for one in findings for span in one.spans])
    assert TAG.findall(masked) == TAG.findall(text)
    assert not engine.scan(Content(body=masked), RULES)


@settings(max_examples=300, deadline=None)
@given(texts, st.booleans())
def test_what_is_marked_is_what_was_found(text, is_html):
    readings = Readings("body", text, is_html)
    for finding in scan(text, is_html):
        if finding.part != "body":
            continue
        pieces = engine.mark(text, finding.spans, is_html)
        assert "".join(piece for piece, _ in pieces) == readings.plain.text
        assert any(marked for _, marked in pieces)


@settings(max_examples=500, deadline=None)
@given(texts, st.booleans())
def test_every_character_of_a_reading_has_its_place(text, is_html):
    readings = Readings("body", text, is_html)
    for reading in (readings.plain, readings.clean):
        if reading.starts is not None:
            assert len(reading.starts) == len(reading.ends) == len(reading.text)
        for at in range(len(reading.text)):
            for start, end in reading.spans(at, at + 1):
                assert 0 <= start < end <= len(text)


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=80))
def test_text_without_markup_is_read_as_it_is(text):
    assert Readings("body", text).plain.text == text
    shown = text.replace("<", "").replace("&", "")
    assert engine.plain_text(shown) == shown


@settings(max_examples=500, deadline=None)
@given(texts)
def test_folding_keeps_the_length(text):
    once = clean(Readings("body", text).plain).text
    assert len(fold(once)) == len(once)


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_squeezing_leaves_one_of_each_run(text):
    assert squeeze(text) == re.sub(rb"(.)\1+", rb"\1", text, flags=re.DOTALL)


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_every_character_of_a_skeleton_has_its_place(folded):
    skeleton = Skeleton(folded)
    assert len(skeleton.places) == len(skeleton.text)
    assert skeleton.places == sorted(skeleton.places)
