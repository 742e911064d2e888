"""Questions and replies as a software vendor's customers write them, for filling
a million of them by SQL.

Texts are put together from two of ``COUNT`` rows of the table ``bench_text``: what
happened (title and first paragraph) and where (end of the title, second paragraph).
Half of the words are the trade's, the others come from all over the Portuguese
dictionary with the frequencies of a language (Zipf's law), so that an index meets
common, rare and single words as it would in life.
"""

import io
import itertools
import random
from collections.abc import Iterator

import psycopg2.extensions

from devkit import paths

COUNT = 20_000
DICTIONARY = 30_000

SUBJECTS = (
    *("Nota fiscal", "NF-e", "Boleto", "Impressora fiscal", "Fechamento do mês"),
    *("Relatório de estoque", "Pedido de compra", "Cadastro de cliente", "Sped"),
    *("Conciliação bancária", "Comissão de vendas", "Backup", "Certificado digital"),
    *("Tela de orçamento", "Integração com o banco", "Tabela de preços", "Módulo RH"),
    *("Folha de pagamento", "Ordem de serviço", "Etiqueta", "Código de barras"),
    *("Centro de custo", "Conta a pagar", "Conta a receber", "Inventário"),
)
PROBLEMS = (
    *("rejeitada com erro 539", "não imprime", "fica em branco", "muito lento"),
    *("com valor errado", "não aparece na lista", "duplicado", "sem autorização"),
    *("trava ao salvar", "não exporta para planilha", "não confere com o total"),
    *("pede senha de novo", "perdeu o vínculo com o pedido", "arredonda diferente"),
    *("não envia por e-mail", "some depois de salvar", "com imposto em dobro"),
)
CONTEXTS = (
    *("depois da atualização", "na filial", "no segundo turno", "no computador novo"),
    *("para o contador", "quando há desconto", "com dois depósitos", "no celular"),
    *("desde ontem", "na virada do mês", "com frete por conta", "para exportação"),
    *("no regime simplificado", "em homologação", "com mais de mil itens"),
)
SENTENCES = (
    "Alguém sabe como resolver {}?",
    "O sistema mostra a mensagem {} e para.",
    "Já tentei {} e não adiantou.",
    "O suporte pediu para conferir {} antes de abrir um chamado.",
    "Aqui na empresa fazemos {} todo mês e nunca deu problema.",
    "Resolvemos com {}: basta entrar em Configurações e salvar outra vez.",
    "Segue em anexo a tela de {}.",
    "Obrigado a quem puder ajudar com {}.",
)


def install(connection: psycopg2.extensions.connection) -> None:
    """Fill the table ``bench_text`` (place, title, place_words, lead, rest)."""
    rows = "".join("\t".join(row) + "\n" for row in _rows())
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_text (place int PRIMARY KEY, title text,"
            " place_words text, lead text, rest text)"
        )
        cursor.copy_from(io.StringIO(rows), "bench_text")
        cursor.execute("ANALYZE bench_text")


def joined(number: str) -> str:
    """SQL that joins the two rows of text number ``number`` (an expression), ``a``
    for what happened and ``b`` for where."""
    other = f"(({number})::bigint * 7919 + ({number}) / {COUNT} * 31) % {COUNT}"
    return (
        f"JOIN bench_text a ON a.place = ({number}) % {COUNT}"
        f" JOIN bench_text b ON b.place = {other}"
    )


TITLE = "a.title || ' ' || b.place_words"
BODY = "'<p>' || a.lead || '</p><p>' || b.rest || '</p>'"


def _rows() -> Iterator[tuple[str, ...]]:
    chance = random.Random(2026)
    words = _Words(chance)
    for place in range(COUNT):
        title = f"{chance.choice(SUBJECTS)} {chance.choice(PROBLEMS)}"
        context = f"{chance.choice(CONTEXTS)} {words.some(2)}"
        lead, rest = (_paragraph(chance, words) for _part in range(2))
        yield str(place), f"{title} {words.some(1)}", context, lead, rest


def _paragraph(chance: random.Random, words: "_Words") -> str:
    return " ".join(
        chance.choice(SENTENCES).format(f"{chance.choice(SUBJECTS)} {words.some(5)}")
        for _sentence in range(chance.randint(1, 3))
    )


class _Words:
    """Words of the dictionary, by Zipf's law without the language's commonest (those
    that say nothing, and that a dictionary's sample would give to rare words)."""

    def __init__(self, chance: random.Random) -> None:
        known = paths.WORD_LIST.read_text(encoding="utf-8").split()
        self.words = chance.sample([w for w in known if w.islower()], DICTIONARY)
        self.weights = list(
            itertools.accumulate(1 / (place + 50) for place in range(DICTIONARY))
        )
        self.chance = chance

    def some(self, count: int) -> str:
        chosen = self.chance.choices(self.words, cum_weights=self.weights, k=count)
        return " ".join(chosen)
