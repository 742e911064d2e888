"""One spelling for what looks the same, and its place in the original."""

import pytest
from engine.fold import OTHER, SIGN, fold
from engine.normalise import clean
from engine.plain import Plain
from engine.readings import Readings

CLEAN = {
    "ordinary text, ÇÃO": "ordinary text, ÇÃO",
    "ｐａｕ": "pau",
    "𝓅𝒶𝓊 ⓟⓐⓤ ﬁm": "pau pau fim",
    "p\u200ba\u00adu\u2060": "pau",
    "p\u115fa\u3164u\u2800\ufe0f\uffa0": "pau",
    "e\u0301 a\u0303": "é ã",
    "p\u0336a\u0336u\u0336": "pau",
    "①②③ ➊ ٣४ ２": "123 1 34 2",
    "1\ufe0f\u20e32\ufe0f\u20e3": "12",
    "a\u00a0b\u2003c": "a b c",
    "рау ραυ": "рау ραυ",  # look-alikes are not for everybody
    "日本語 한국어 😀": "日本語 한국어 😀",
    "\u202epau\u202c": "pau",
}
FOLDED = {
    "PAU Ção": "pau ção",
    "рау ραυ": "pay pau",
    "ᴘᴀᴜ 🅿🅰🆄": "pau pau",
    "ɐd": "ad",
    "€ ⭕": "\xa4 °",
    "😀—": SIGN * 2,
    "日й": OTHER + "n",
    "🇵🇦🇺": "pau",
    "🇨🇺 🇧🇷": f"{SIGN * 2} {SIGN * 2}",
    "a\tb\nc\x01": "a b c\x00",
    "caraIho VIado vIado ITEM API I": "cara1ho viado v1ado item api i",
    "giIIi VlADO": "gi11i v1ado",
    "İ\ud800": "i" + SIGN,
    "ḿẽ": "me",
}


@pytest.mark.parametrize(("text", "expected"), CLEAN.items())
def test_clean(text, expected):
    assert clean(Plain(text)).text == expected


@pytest.mark.parametrize(("text", "expected"), FOLDED.items())
def test_fold(text, expected):
    folded = fold(text)
    assert folded.decode("latin-1") == expected
    assert len(folded) == len(text)


@pytest.mark.parametrize("text", ["plain", "acentuação — “aspas” • €", "日本"])
def test_what_is_clean_is_not_copied(text):
    plain = Plain(text)
    assert clean(plain) is plain


@pytest.mark.parametrize(
    ("html", "part", "pieces"),
    [
        ("ｐ<b>ａ</b>ｕ x", "pau", ["ｐ", "ａ", "ｕ"]),
        ("x p\u200ba\u0301u", "páu", ["p\u200ba\u0301u"]),
        ("ﬁm", "f", ["ﬁ"]),
        ("a&nbsp;b", " ", ["&nbsp;"]),
    ],
)
def test_where_it_stands(html, part, pieces):
    reading = Readings("body", html, is_html=True).clean
    start = reading.text.index(part)
    spans = reading.spans(start, start + len(part))
    assert [html[a:b] for a, b in spans] == pieces


def test_a_thousand_marks_on_a_letter_are_a_few():
    assert clean(Plain("a" + "\u0301\u0316" * 5000 + "b")).text == "áb"
