"""Other engines, asked through one door; run by ``tests.load.moderation`` as a program
of its own, with the packages of ``peers_moderation.txt`` and nothing of ours.

Reads a question as JSON from stdin and answers as JSON on stdout::

    {"words": [...], "texts": [...]}  ->  {"name": {"hits": "0110…", "ms_per_kb": 1.5}}
"""

import json
import sys
import time
from collections.abc import Callable

Ask = Callable[[str], bool]
ROUNDS = 5


def better_profanity(words: list[str]) -> Ask:
    from better_profanity import Profanity

    engine = Profanity()
    engine.load_censor_words(words)
    return engine.contains_profanity


def badwords(words: list[str], **options) -> Ask:
    from badwords import Options, ProfanityFilter

    engine = ProfanityFilter()
    engine.init(languages=["pt"], options=Options(**options))
    engine.clear_words()
    engine.add_words(words)
    return engine.is_profane


def badwords_all(words: list[str]) -> Ask:
    return badwords(
        words, split_on_punctuation=True, collapse_repeats=True, leetspeak=True
    )


def glin(words: list[str], **options) -> Ask:
    from glin_profanity import Filter

    # It always brings a language along; its own words must not count.
    english = Filter({"languages": ["english"]}).words
    config = {"custom_words": words, "ignore_words": sorted(english - {*words})}
    return Filter({"languages": ["english"], **config, **options}).is_profane


def glin_all(words: list[str]) -> Ask:
    return glin(
        words,
        obfuscation="strict",
        detect_leetspeak=True,
        leetspeak_level="aggressive",
    )


# As each comes, and with all that its documentation offers against evasion and that
# still looks for whole words.
PEERS: dict[str, Callable[[list[str]], Ask]] = {
    "better-profanity": better_profanity,
    "badwords-py": badwords,
    "badwords-py, all on": badwords_all,
    "glin-profanity": glin,
    "glin-profanity, all on": glin_all,
}


def asked(ask: Ask, texts: list[str]) -> str:
    return "".join("1" if ask(text) else "0" for text in texts)


def ms_per_kb(ask: Ask, text: str) -> float:
    """The quickest of some rounds."""
    took = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        ask(text)
        took.append(time.perf_counter() - began)
    return min(took) * 1000 / (len(text.encode()) / 1024)


def main() -> None:
    question = json.load(sys.stdin)
    make = PEERS[question["peer"]]
    answer = {}
    if "texts" in question:
        answer["hits"] = asked(make(question["words"]), question["texts"])
    if "kb" in question:
        answer["ms_per_kb"] = ms_per_kb(make(question["words"]), question["kb"])
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
