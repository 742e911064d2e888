"""Hidden text, and scripts that need what hides it elsewhere."""

import pytest
from engine import Content, RuleError, TrickRule, compile_rules, scan
from engine.tricks import MAX_HITS, TRICKS

RULES = compile_rules([TrickRule("t", "trick", tricks=tuple(TRICKS))])


def found(text, is_html=True):
    return scan(Content(body=text, is_html=is_html), RULES)


def kinds(text, **options):
    return sorted({finding.kind for finding in found(text, **options)})


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("bidi", "relatorio\u202efdp.exe"),
        ("bidi", "a\u202dbc"),
        ("bidi", "abc \u202bdef\u202c ghi"),
        ("invisible", "p\u200ba\u200bu\u200bs"),
        ("invisible", "pa\u200b\u200cu"),
        ("invisible", "p\u00ad\u200bau"),
        ("invisible", "d\u3164a\u3164d\u3164o"),
        ("invisible", "oi\u200b\u200b\u200b\u200b\u200b tudo"),
        ("invisible", "oi\U000e0049\U000e0067\U000e006e"),
        ("zalgo", "s\u0301\u0302\u0303\u0304istema"),
        ("mixed_scripts", "acesse o b\u0430nco"),
        ("mixed_scripts", "\u0420aypal"),
        ("mixed_scripts", "g\u03bf\u03bfgle"),
        ("hidden_style", '<span style="display:none">senha</span>'),
        ("hidden_style", '<p style="font-size: 0">senha</p>'),
        ("hidden_style", "<p hidden>senha</p>"),
        ("hidden_style", "<div class='x d-none'>senha</div>"),
        ("hidden_style", "<p STYLE=visibility:hidden>senha</p>"),
    ],
)
def test_each_trick(kind, text):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a fam\u00edlia \U0001f468\u200d\U0001f469\u200d\U0001f467",
            "\u2764\ufe0f ok",
        ),
        *("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",),
        *(
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0915\u094d\u200d\u0937",
        ),
        *("Vi\u1ec7t Nam", "Vie\u0323\u0302t", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9"),
        *("\u05e9\u05dc\u05d5\u05dd \u202babc\u202c", "\u2068Jo\u00e3o\u2069 disse oi"),
        *("\u0394t e \u00b5m, \u03c0r", "\u041c\u043e\u0441\u043a\u0432\u0430 Moscow"),
        *(
            "\u0391\u03b8\u03ae\u03bd\u03b1",
            "res\u00adpon\u00adsa\u00adbi\u00adli\u00addade",
        ),
        *(
            "\ufeffOl\u00e1",
            "um\u200bespa\u00e7o perdido",
            "\u2126 de resist\u00eancia",
        ),
        *(
            "<p style='color:red'>oi</p>",
            "<p style='display:none'></p>",
            "1\ufe0f\u20e3",
        ),
        *("<p title='display:none'>oi</p>", "<p class='table-hidden'>oi</p>"),
    ],
)
def test_what_scripts_emoji_and_editors_need(text):
    assert kinds(text) == []


def test_the_place_in_the_original():
    html = "<p>abc&#x202e;def</p>"
    [finding] = found(html)
    assert html[finding.start : finding.end] == "&#x202e;"


def test_hidden_text_in_plain_text_is_no_trick():
    assert kinds("<p hidden>x</p>", is_html=False) == []


def test_a_thousand_places_are_said_fifty_times():
    assert len(found("a\u202e" * 1000)) == MAX_HITS


@pytest.mark.parametrize("tricks", [(), ("magic",)])
def test_tricks_that_do_not_exist(tricks):
    with pytest.raises(RuleError, match=r"at least one|Choose among: bidi"):
        compile_rules([TrickRule("t", "c", tricks=tricks)])
