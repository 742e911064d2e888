"""What the moderation engine finds, what it should not find, and how fast.

Side by side in one run with other engines, which get the same words through their
own lists, the same disguises and the same sentences; these as plain text, since they
do not read HTML.

- recall: of the rows of ``tests.unit.moderation.evasions``, the worst and the mean
- false hits: in Debian's Brazilian word list, and in Odoo's Brazilian sentences
- time: 1 KB of Portuguese against 2,000 words with every stage switched on; time per
  byte of 1 MB against 1 KB; the same for input made to be slow
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import lxml.html

from devkit import environment, files, paths

# For the tests pytest's configuration does this.
sys.path.insert(0, str(paths.ADDONS / "moderation"))

import engine
from engine.confidential import DETECTORS
from engine.tricks import TRICKS

from tests.unit.moderation import accuracy, samples
from tests.unit.moderation.evasions import WAYS, disguised

HERE = Path(__file__).parent
PEERS = paths.HOME / "bench-peers-moderation"
PEER_NAMES = (
    *("better-profanity", "badwords-py", "badwords-py, all on"),
    *("glin-profanity", "glin-profanity, all on"),
)
WORDS = 2_000
KB, MB = 1 << 10, 1 << 20
ROUNDS = 7
SMALL_HOSTILE, LARGE_HOSTILE = 32 * KB, 512 * KB
PEER_SECONDS = 600

# Repeated until they fill the text.
HOSTILE = {
    "a.a.a.": "a.",
    "single digits": "1 ",
    "digits": "7",
    "pairs of digits": "12 ",
    "capitals": "A",
    "drawn-out letters": "a ",
    "open tags": "<b>",
    "unclosed tag": "<p style=",
    "unclosed comments": "<!-- ",
    "hidden tags": "<p hidden>x",
    "entities": "&#97;&amp;",
    "heaped accents": "a" + "\u0301" * 99,
    "invisible": "a\u200b",
    "two alphabets": "a\u0430",
    "at signs": "a@a.",
    "slashes": "https://a.",
    "passwords": "senha do a b ",
    "keys": "-----BEGIN PRIVATE KEY-----",
    "asked to backtrack": "aaaaaaaab",
    "right numbers": "529.982.247-25 ",
    "masks": "m**a ",
    "leet": "m3rd4 ",
}


@dataclass(frozen=True)
class Contender:
    """What one engine reached."""

    name: str
    recall: float
    false_hits_per_10k: float
    ms_per_kb: float


def run(say=print) -> dict[str, float]:
    """:return: flat figures, for ``--json``"""
    _install_peers()
    reached = accuracy.measure()
    say("measured the accuracy")
    figures = {
        "recall_worst_row": reached.worst,
        "recall_mean": reached.mean,
        "wordlist_false_hits": len(reached.word_hits),
        "false_hits_per_10k_sentences": reached.per_10k_sentences,
    }
    rules = every_stage(some_words())
    text = kilobyte()
    figures["ms_per_kb"] = ms_per_kb(lambda: scanned(text, rules), text)
    figures["growth_1kb_to_1mb"] = growth(rules)
    say("measured the speed")
    figures |= hostile(rules, say)
    peers = [contender(name, text, say) for name in PEER_NAMES]
    best = max(peers, key=lambda peer: peer.recall)
    figures["best_peer_recall_mean"] = best.recall
    figures["best_peer_false_hits_per_10k"] = best.false_hits_per_10k
    figures["best_peer_ms_per_kb"] = best.ms_per_kb
    report(figures, peers, say)
    return figures


# --- speed ---


def some_words() -> list[str]:
    """2,000 words from all over the Brazilian list."""
    known = [word for word in accuracy.brazilian_words() if len(word) > 4]
    return known[:: len(known) // WORDS][:WORDS]


def every_stage(words: Iterable[str]) -> engine.Compiled:
    """A rule of each kind, as a careful administrator would have them."""
    suffixed = tuple(engine.Word(word, suffixes=("s", "zinho")) for word in words)
    phrases = ("faço por fora", "faço * por fora", "me chama no zap", "cobro por fora")
    return engine.compile_rules(
        [
            engine.WordRule("words", "insult", words=suffixed),
            engine.ConfidentialRule("secrets", "secret", detectors=tuple(DETECTORS)),
            engine.TermRule(
                "terms", "term", company="a", terms=("Projeto Fênix", "Tabela 2026")
            ),
            engine.SolicitationRule(
                "side", "side", phrases=phrases, offers=("presto consultoria",)
            ),
            engine.PatternRule("pattern", "pattern", pattern=r"\bPROJ-\d{4,6}\b"),
            engine.SpamRule(
                *("spam", "spam"),
                **{"max_links": 5, "max_mentions": 9, "near_duplicates": 3},
                **{"shouting": True, "domains": ("evil.example",)},
            ),
            engine.TrickRule("tricks", "trick", tricks=tuple(TRICKS)),
        ]
    )


def kilobyte() -> str:
    """An ordinary ticket's text of 1 KB, without markup."""
    lines = [
        plain(carrier.format("sistema"))
        for carrier in (*samples.CARRIERS, *samples.OTHER_CARRIERS)
    ]
    return "\n".join(lines).encode()[:KB].decode("utf-8", "ignore")


def scanned(text: str, rules: engine.Compiled) -> list[engine.Finding]:
    return engine.scan(engine.Content(body=text), rules)


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor time, of the quickest of some rounds."""
    took = []
    for _round in range(rounds):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)


def ms_per_kb(work: Callable[[], object], text: str) -> float:
    """A hundred at a time: the clock is too coarse for one."""
    once = seconds(lambda: [work() for _time in range(100)]) / 100
    return once * 1000 / (len(text.encode()) / KB)


def growth(rules: engine.Compiled) -> float:
    """Time per byte of 1 MB of sentences, against the same cut into kilobytes."""
    whole = "\n".join(accuracy.odoo_sentences()).encode()[:MB].decode("utf-8", "ignore")
    pieces = [whole[place : place + KB] for place in range(0, len(whole), KB)]
    large = seconds(lambda: scanned(whole, rules), 3)
    small = seconds(lambda: [scanned(piece, rules) for piece in pieces], 3)
    return large / small


def hostile(rules: engine.Compiled, say) -> dict[str, float]:
    """Time per byte of much against little, of the worst input; linear is 1."""
    worst, slowest = 0.0, 0.0
    say(f"{'hostile input':24}{'growth':>8}{'ms/KB':>8}")
    for name, unit in HOSTILE.items():
        small = seconds(lambda u=unit: scanned(filled(u, SMALL_HOSTILE), rules), 2)
        large = seconds(lambda u=unit: scanned(filled(u, LARGE_HOSTILE), rules), 1)
        grown = large / small / (LARGE_HOSTILE / SMALL_HOSTILE)
        cost = large * 1000 / (LARGE_HOSTILE / KB)
        worst, slowest = max(worst, grown), max(slowest, cost)
        say(f"{name:24}{grown:8.2f}{cost:8.2f}")
    return {"hostile_growth_worst": worst, "hostile_ms_per_kb_worst": slowest}


def filled(unit: str, size: int) -> str:
    return unit * (size // len(unit))


# --- peers ---


def _install_peers() -> None:
    marker = PEERS / "complete"
    locked = HERE / "peers_moderation.txt"
    if marker.is_file() and marker.read_text() == locked.read_text():
        return
    files.remove(PEERS)
    environment.install(locked, "--target", str(PEERS))
    files.write(marker, locked.read_text())


def contender(name: str, kilobyte_text: str, say) -> Contender:
    """One peer with the words, disguises and sentences that ours had."""
    rows = [
        [plain(carrier.format(written)) for carrier in samples.CARRIERS]
        for way in WAYS
        for _word, written in disguised(samples.WORDS, way)
    ]
    sentences = accuracy.odoo_sentences()
    texts = [text for row in rows for text in row] + sentences
    answer = ask(name, list(samples.WORDS), texts, kilobyte_text)
    hits = [hit == "1" for hit in answer["hits"]]
    false = sum(hits[-len(sentences) :])
    made = Contender(
        name,
        recall_mean(hits),
        10_000 * false / len(sentences),
        answer["ms_per_kb"],
    )
    say(f"asked {name}")
    return made


def recall_mean(hits: list[bool]) -> float:
    """The mean over the rows, as for ours; ``hits`` are in the rows' order."""
    recalls, place = [], 0
    for way in WAYS:
        size = len(list(disguised(samples.WORDS, way))) * len(samples.CARRIERS)
        recalls.append(fmean(hits[place : place + size]))
        place += size
    return fmean(recalls)


def ask(name: str, words: list[str], texts: list[str], kilobyte_text: str) -> dict:
    """Run a peer as a program of its own. Its time is for the 2,000 words."""
    answers = {}
    for question in (
        {"peer": name, "words": words, "texts": texts},
        {"peer": name, "words": some_words(), "kb": kilobyte_text},
    ):
        done = subprocess.run(
            [str(paths.PYTHON), str(HERE / "peers_moderation.py")],
            input=json.dumps(question),
            env={**os.environ, "PYTHONPATH": str(PEERS)},
            capture_output=True,
            text=True,
            timeout=PEER_SECONDS,
        )
        if done.returncode:
            raise SystemExit(f"{name} failed: {done.stderr[-500:]}")
        answers |= json.loads(done.stdout)
    return answers


def plain(html: str) -> str:
    """What an integrator would give to an engine that knows no HTML."""
    if not html.strip():
        return html
    try:
        return str(lxml.html.fromstring(f"<div>{html}</div>").text_content())
    except (ValueError, lxml.etree.ParserError):
        return html


# --- the table ---


def report(figures: dict[str, float], peers: list[Contender], say) -> None:
    say("")
    say(f"{'':26}{'recall':>9}{'false hits':>12}{'ms/KB':>9}")
    say(f"{'':26}{'(mean)':>9}{'in 10,000':>12}{'2,000 words':>13}")
    ours = Contender(
        "ours, all stages",
        figures["recall_mean"],
        figures["false_hits_per_10k_sentences"],
        figures["ms_per_kb"],
    )
    for one in (ours, *peers):
        say(
            f"{one.name:26}{one.recall:9.2%}{one.false_hits_per_10k:12.1f}"
            f"{one.ms_per_kb:13.2f}"
        )
    say("")
    say(f"worst row                  {figures['recall_worst_row']:8.1%}")
    say(f"false hits in the list     {figures['wordlist_false_hits']:8.0f}")
    say(f"per byte, 1 KB to 1 MB     {figures['growth_1kb_to_1mb']:8.2f} times")
    say(f"hostile input, at worst    {figures['hostile_growth_worst']:8.2f} times")
