"""The community with a million questions, beside Odoo's forum with a tenth of them.

The forum's three pages that people open most (list, search, question), as logged-in
portal users, with as many workers and connections as ours.
"""

from devkit.inside.live import live
from tests.load import community_forum

PEER_QUESTIONS = 100_000
PEER_PAGES = 24
WORDS = (
    *("nota rejeitada", "boleto", "impressora", "estoque duplicado", "folha"),
    *("certificado digital", "sped contador", "etiqueta", "pedido atualização"),
)


def run(say=print) -> dict[str, float]:
    """:return: flat figures, for ``--json``"""
    with live("bench-community") as running:
        figures = peer(running, say)
    for name, value in figures.items():
        say(f"{name:<28}{value:>12.2f}")
    return figures


def peer(running, say) -> dict[str, float]:
    """Requests a second that the forum serves."""
    figures = {}
    with community_forum.forum(running, PEER_QUESTIONS) as forum:
        say(f"{PEER_QUESTIONS:,} questions in the forum")
        pages = {
            "list": forum.list,
            "search": lambda number: forum.search(words(number)),
            "question": forum.question,
        }
        for name, address in pages.items():
            forum.readers.read(address, len(forum.readers.cookies))  # warms up
            outcome = forum.readers.read(address, PEER_PAGES)
            figures[f"peer_{name}_rps"] = outcome.rps
            figures[f"peer_{name}_p50_ms"] = outcome.percentile(50)
    return figures


def words(number: int) -> str:
    """What the n-th reader searches for, for an address."""
    return WORDS[number % len(WORDS)].replace(" ", "+")
