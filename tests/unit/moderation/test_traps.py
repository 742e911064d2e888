"""Harmless texts in which naive matching finds something, and what excuses a word."""

import engine
import pytest
from engine import Content, Word, WordRule

TOWNS = ("Pau dos Ferros", "Pau Brasil", "Pau d'Alho", "Lagoa do Pau")
PLAIN = "anta rola puta vaca rabo merda porra caro vão louca cona avo"
WORDS = (
    Word(
        "pau",
        suffixes=("s", "zinho"),
        excuses=("deu pau", "pau no sistema", "pau a pique", "deram pau"),
        allowed=("pau-brasil", "pica-pau", "Pica-Pau", *TOWNS),
    ),
    Word("pica", suffixes=("s",), allowed=("Pica-Pau",)),
    Word("cu", suffixes=("s",), reversed=True),
    Word("saco", allowed=("saco de cimento", "sacos de cimento")),
    Word("pinto", allowed=("Pinto",)),
    Word("cocô", exact_accents=True),
    Word("ânus", exact_accents=True),
    Word("caca"),
    *map(
        Word,
        [
            "anta",
            "rola",
            "puta",
            "vaca",
            "rabo",
            "merda",
            "porra",
            "caro",
            "vão",
            "louca",
            "cona",
            "avo",
        ],
    ),
    Word("anal"),
)
RULES = engine.compile_rules([WordRule("w", "insult", words=WORDS)])


def found(text, **content):
    return engine.scan(Content(body=text, **content), RULES)


HARMLESS = """\
Desculpe, procurei o documento e o currículo.
No jantar de ontem, quantas vezes e durante quanto tempo?
É preciso controlar e enrolar o cabo.
A solução típica se explica assim: aplicação e publicação.
Paulo, a pauta ficou em pausa.
O computador, a reputação e a disputa.
Gravação, aprovação e inovação do cadastro.
Acusações, transações e ações em curso.
por razão desconhecida
para bom entendedor
comer dados do cliente
mas aconteceu de novo
pau-brasil
O Pica-Pau é um desenho.
casa de pau a pique
Moro em Pau dos Ferros, perto de Pau Brasil.
Deu pau no sistema!
deu  <b>pau</b> de novo
Pau no sistema desde cedo
deram pau os dois servidores
R$ 3,50 e NF-e 4
O item 4n74 não existe, mas o A4, o C3PO e o H2O sim
Comprei 10 sacos de cimento; o saco de cimento subiu.
O senhor Pinto ligou.
água de coco
os anos passaram
o carro e a massa
A caça, a louça, a roça e a força.
C++ e C#, a@b.com, foo_bar, *.py, a*b
as opções a) b) c) u)
as colunas A B C U D
🇨🇺 Cuba e 🇧🇷 Brasil
Ana! Tudo bem?
usuário(s), um(a), algum(ns)
os arquivos por{NNN} e por<ra>zão
p/ auditoria
a c u s a ç ã o
1. c 2. u
12 4 5 7 4 33
São 54,40 e 1,1
"""


@pytest.mark.parametrize("text", HARMLESS.splitlines())
def test_harmless(text):
    hits = [finding.read_as for finding in found(text)]
    if text.startswith("O item 4n74"):
        assert hits == ["anta"]  # this one is leet, whatever the sentence says
    else:
        assert hits == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("que pau", "pau"),
        ("o pau quebrou no sistema", "pau"),
        ("deu uma vaca", "vaca"),
        ("deu p.a.u no sistema", "pau"),  # nobody disguises a fault report
        ("um pinto", "pinto"),
        ("cocô", "cocô"),
        ("c o c ô", "cocô"),
        ("louca", "louca"),
        ("Çu de bêbado", "cu"),
        ("saco de batata", "saco"),
    ],
)
def test_not_excused(text, read):
    assert [finding.read_as for finding in found(text)] == [read]


@pytest.mark.parametrize("text", ["C.U.", "P.A.U. 123", "P. A. U."])
def test_an_acronym_is_disguised_and_says_so(text):
    """The gate holds it for a person, and does not block."""
    (finding,) = found(text)
    assert finding.disguised
    assert finding.facts == {"hint": "acronym"}


@pytest.mark.parametrize(
    ("text", "disguised"),
    [
        ("pau", False),
        ("PAU!", False),
        ("<b>pau</b>", False),
        ("p<b>a</b>u", True),
        ("p&#97;u", True),
        ("cocô", False),
        ("coc&ocirc;", False),
        ("coco\u0302", False),
        ("páu", True),
        ("paau", True),
        ("p4u", True),
        ("рau", True),
        ("p\u200bau", True),
        ("p*u", True),
    ],
)
def test_disguised_is_what_a_list_of_words_would_miss(text, disguised):
    (finding,) = found(text)
    assert finding.disguised is disguised


def test_languages_of_a_word_and_of_a_rule():
    words = (Word("bobo", languages=("pt",)), Word("fool", languages=("en",)))
    rules = engine.compile_rules([WordRule("w", "insult", words=words)])
    for language, count in (("pt", 1), ("en", 1), ("", 2), ("es", 0)):
        content = Content(body="bobo, fool", language=language)
        assert len(engine.scan(content, rules)) == count
    rule = WordRule("w", "insult", words=(Word("bobo"),), languages=("en",))
    rules = engine.compile_rules([rule])
    assert not engine.scan(Content(body="bobo", language="pt"), rules)
    assert engine.scan(Content(body="bobo", language="en"), rules)
