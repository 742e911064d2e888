"""How a text becomes searchable words, in SQL: the same for posts and for queries.

PostgreSQL's Portuguese and English stemmers do most of it. Before them, accents and
capitals go, and the plurals that the Portuguese stemmer does not know (cartões,
fiscais) become singular; "ção" gets its accents back, by which the stemmer finds the
verb's stem (atualização, atualizar). "NF-e", "NFe" and "e-mail", "email" are one.
"""

from odoo.tools import SQL

LIMIT = 30_000  # characters of a text that are looked at

REPLACEMENTS = (
    (r"\m(e)-(?=[a-z]{3})|-(e)\M", r"\1\2"),
    (r"oes\M", "ao"),
    (r"cao\M", "ção"),
    (r"(\w{3}[aeou])is\M", r"\1l"),
)

# Portuguese words that say nothing; the stemmers' own lists hold them with accents,
# or not at all.
STOP = (
    "nao ja ate voce tambem so ha sao sera esta estao alguem de da do das dos em na no "
    "nas nos um uma uns umas que com por para pela pelo se sem mais mas ou os as ao "
    "aos e o a eu ele ela isso isto este esse essa meu minha como quando ser ter tem "
    "foi era estava tinha muito ola oi obrigado obrigada bom boa dia tarde"
)

ENGLISH = r"\m(the|and|is|are|was|of|to|in|on|for|with|this|that|not|how|my|your|it)\M"


def folded(text: SQL) -> SQL:
    """The text as the stemmers get it."""
    sql = SQL("lower(unaccent(left(%s, %s)))", text, LIMIT)
    for pattern, replacement in REPLACEMENTS:
        sql = SQL("regexp_replace(%s, %s, %s, 'g')", sql, pattern, replacement)
    return sql


def portuguese(text: SQL) -> SQL:
    """``tsvector`` of a folded text."""
    return _words_of("portuguese", text)


def english(text: SQL) -> SQL:
    """``tsvector`` of the same text, for words that are not Portuguese."""
    return _words_of("english", text)


def is_english(text: SQL) -> SQL:
    """Whether somebody wrote a folded text in English, or a part of it. All others
    would be indexed by two stems of each word, of which one is of no use."""
    return SQL("%s ~ %s", text, ENGLISH)


def _words_of(language: str, text: SQL) -> SQL:
    return SQL(
        "ts_delete(to_tsvector(%s, %s), tsvector_to_array(to_tsvector(%s, %s)))",
        SQL(f"'{language}'"),
        text,
        SQL(f"'{language}'"),
        STOP,
    )
