"""Private services offered past the vendor, and people who only ask for help."""

import pytest
from engine import Content, RuleError, SolicitationRule, compile_rules, packs, scan

PHRASES = (
    *(
        "faço por fora",
        "faço * por fora",
        "cobro mais barato",
        "sem passar pela empresa",
    ),
    *("me chama no zap", "me chama no privado", "trabalho por conta própria"),
    *("off the books", "i can do it cheaper", "lo hago por fuera"),
)
OFFERS = (
    *("presto consultoria", "presto suporte", "posso te ajudar", "faço esse serviço"),
    *("sou freelancer", "i freelance", "ofrezco mis servicios"),
)
RULES = compile_rules(
    [SolicitationRule("s", "solicitation", phrases=PHRASES, offers=OFFERS)]
)


def found(text, is_html=False):
    content = Content(body=text, is_html=is_html)
    return [(one.kind, text[one.start : one.end]) for one in scan(content, RULES)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Oi! Faço por fora, é mais em conta.", "Faço por fora"),
        ("eu faço isso por fora", "faço isso por fora"),
        ("FAÇO ESSA INTEGRAÇÃO TODA POR FORA", "FAÇO ESSA INTEGRAÇÃO TODA POR FORA"),
        ("faco... por fora!", "faco... por fora"),
        ("se quiser me chama no zap que resolvo", "me chama no zap"),
        ("trabalho por conta propria há anos", "trabalho por conta propria"),
        ("resolvemos sem passar pela empresa", "sem passar pela empresa"),
        ("I can do it cheaper for you", "I can do it cheaper"),
        ("yo lo hago por fuera", "lo hago por fuera"),
        ("ｆａｃｏ por fora", "ｆａｃｏ por fora"),
    ],
)
def test_an_offer_by_its_words(text, place):
    assert found(text) == [("solicitation", place)]


@pytest.mark.parametrize(
    "text",
    [
        "Presto consultoria em Odoo, meu número é (11) 98765-4321",
        "posso te ajudar: joao@gmail.com",
        "Sou freelancer. Pix: 529.982.247-25",
        "(11) 98765-4321 presto suporte a qualquer hora",
        "I freelance, write to john at gmail dot com",
        "ofrezco mis servicios, +54 9 11 2345-6789",
    ],
)
def test_an_offer_beside_a_way_to_reach_its_author(text):
    assert [kind for kind, _place in found(text)] == ["offer"]


@pytest.mark.parametrize(
    "text",
    [
        "pode me ligar no (11) 98765-4321, por favor",
        "meu e-mail é joao@gmail.com, aguardo retorno",
        "posso te ajudar a reproduzir o erro",
        "a empresa presta suporte ao nosso time",
        "presto consultoria interna aqui na fábrica",
        "não faço nada por fora",
        "ninguém aqui cobra por fora e eu nunca faço isso por fora",
        "me chama no zap da empresa",
        "me chama no zap oficial de vocês",
        "me chama no zap do suporte, por favor",
        "o botão fica por fora da tabela",
        "faço o pedido, mas o valor do frete que aparece sai por fora",
        "I do not do this off the books",
    ],
)
def test_people_who_need_help(text):
    assert found(text) == []


def test_far_away_is_not_beside():
    assert found(f"presto consultoria {'bla ' * 200} (11) 98765-4321") == []


def test_cut_by_markup():
    html = "<p>fa<b>ço</b> por&nbsp;fora</p>"
    assert [kind for kind, _place in found(html, is_html=True)] == ["solicitation"]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ({}, "Add at least one phrase"),
        ({"phrases": ("",)}, "no phrase that can be looked for"),
        ({"phrases": ("* *",)}, "no phrase that can be looked for"),
        ({"offers": ("o",)}, "no phrase that can be looked for"),
        ({"phrases": ("x" * 201,)}, "no phrase that can be looked for"),
        ({"phrases": ("por fora",) * 2001}, "too many"),
        ({"phrases": tuple(f"{n} aqui * ali * além" for n in range(2000))}, "too long"),
    ],
)
def test_phrases_that_cannot_be_used(rule, why):
    with pytest.raises(RuleError, match=why):
        compile_rules([SolicitationRule("s", "c", **rule)])


def test_each_phrase_of_the_starter_packs_is_found():
    for name in packs.names():
        pack = packs.load(name)
        if pack.kind != "solicitation":
            continue
        rule = pack.rule()
        rules = compile_rules([rule])
        for phrase in rule.phrases + rule.offers:
            written = phrase.replace("* ", "isso ")
            text = f"Oi, {written} ok, (11) 98765-4321"
            assert scan(Content(body=text, is_html=False), rules), text


def test_signs_in_a_phrase_mean_nothing():
    rule = SolicitationRule("s", "c", phrases=("preço (à vista).*+?[",))
    content = Content(body="PRECO a vista", is_html=False)
    assert len(scan(content, compile_rules([rule]))) == 1


def test_a_star_at_the_edge_stands_for_nothing():
    rule = SolicitationRule("s", "c", phrases=("* faço por fora *",))
    assert scan(Content(body="faço por fora"), compile_rules([rule]))
