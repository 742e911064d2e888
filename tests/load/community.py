"""The community with a million questions, beside Odoo's forum with a tenth of them.

Both are read by logged-in customers over HTTP, with as many workers and connections,
on one machine in one run. Ratios are of requests a second; ``*_p50_ms`` is what one
reader alone waits. What grows from 10,000 to 1,000,000 questions is the sum of these,
for all that is measured at each size.
"""

import re
import statistics
import time
from collections.abc import Callable

from devkit.inside.live import Live, live
from tests.load import community_forum
from tests.load.community_room import Room

PEER_QUESTIONS = 100_000
STAGES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
PEER_PAGES, PAGES, ALONE = 24, 160, 25
DEEP = 50  # pages of the list, one after the other
WORDS = (
    *("nota rejeitada", "boleto", "impressora", "estoque duplicado", "folha"),
    *("certificado digital", "sped contador", "etiqueta", "pedido atualização"),
)
PARTS = ("feed", "list", "question", "search", "similar", "vote", "ask")


def run(say=print) -> dict[str, float]:
    """:return: flat figures, for ``--json``"""
    with live("bench-community") as running:
        figures = peer(running, say)
        room = Room(running, max(STAGES.values()))
        for name, questions in STAGES.items():
            began = time.monotonic()
            room.grow(questions)
            say(f"{questions:,} questions after {time.monotonic() - began:.0f} s")
            figures |= {f"{k}_{name}": v for k, v in alone(room).items()}
        figures |= together(room)
        figures |= deep(room)
        figures["vote_queries"] = queries(running, "/vote")
    return report(figures, say)


def peer(running: Live, say) -> dict[str, float]:
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
    return figures


def words(number: int) -> str:
    """What the n-th reader searches for, for an address."""
    return WORDS[number % len(WORDS)].replace(" ", "+")


def pages_of(room: Room) -> dict[str, Callable[[int], str]]:
    """The pages that are read, by name."""
    return {
        "feed": room.feed,
        "list": room.list,
        "question": room.question,
        "search": lambda number: room.search(words(number)),
    }


def alone(room: Room) -> dict[str, float]:
    """What one reader waits for each page and each action: medians in ms."""
    calls: dict[str, Callable[[int], object]] = {
        name: lambda number, address=address: room.readers.fetch(address(number))
        for name, address in pages_of(room).items()
    }
    calls |= {"similar": room.similar, "vote": room.vote, "ask": room.ask}
    return {f"{name}_p50_ms": median(call) for name, call in calls.items()}


def median(call: Callable[[int], object]) -> float:
    """The first five fill the caches of the workers."""
    times = []
    for number in range(ALONE + 5):
        began = time.perf_counter()
        call(number)
        times.append(time.perf_counter() - began)
    return statistics.median(times[5:]) * 1000


def together(room: Room) -> dict[str, float]:
    """Requests a second, from as many readers as the forum had."""
    figures = {}
    for name, address in pages_of(room).items():
        room.readers.read(address, 5 * len(room.readers.cookies))  # warms up
        outcome = room.readers.read(address, PAGES)
        figures[f"{name}_rps"] = outcome.rps
        figures[f"{name}_p99_ms"] = outcome.percentile(99)
    return figures


def deep(room: Room) -> dict[str, float]:
    """The first page of the feed beside one that many have come before."""
    url = f"{room.running.http_url}/my/community/more"
    after, cursors = None, []
    for _page in range(DEEP):
        after = room.readers.call(url, place="feed", after=after)["next"]
        cursors.append(after)

    def page(cursor):
        return median(lambda _: room.readers.call(url, place="feed", after=cursor))

    return {"deep_page_vs_first": page(cursors[-1]) / page(cursors[0])}


def queries(running: Live, path: str) -> float:
    """How many a request made, by Odoo's access log: the median."""
    counted = re.findall(rf'"POST \S*{path} HTTP[^"]*" 200 \S+ (\d+) ', _plain(running))
    return statistics.median(map(int, counted))


def _plain(running: Live) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", running.log_text())


def report(figures: dict[str, float], say) -> dict[str, float]:
    """The table, and the figures with what is derived from them."""
    for name in ("list", "search", "question"):
        figures[f"{name}_vs_peer"] = (
            figures[f"{name}_rps"] / figures[f"peer_{name}_rps"]
        )
    for name in ("feed", "question", "search"):
        figures[f"{name}_p50_ms"] = figures[f"{name}_p50_ms_1m"]
    small, large = (
        sum(figures[f"{p}_p50_ms_{s}"] for p in PARTS) for s in ("10k", "1m")
    )
    figures["growth_10k_to_1m"] = large / small
    say(f"{'ms, one reader':20}" + "".join(f"{stage:>10}" for stage in STAGES))
    for part in PARTS:
        row = [figures[f"{part}_p50_ms_{stage}"] for stage in STAGES]
        say(f"{part:20}" + "".join(f"{value:10.1f}" for value in row))
    for name, value in figures.items():
        if "_p50_ms_" not in name:
            say(f"{name:<28}{value:>12.2f}")
    return figures
