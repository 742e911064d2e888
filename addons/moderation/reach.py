"""Which everyday words a rule would hit: plain Python, no database."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import wordfreq

from . import engine
from .engine.types import AnyRule, Content

LANGUAGES = ("pt", "en")
COMMON = 50_000  # words of each language
CHUNK = 1_000  # words that are read as one text
ENOUGH = 1_000  # hits in a language after which the answer is clear
# Whole sentences, for what hits signs and spaces and thus no single word.
ORDINARY = (
    "Bom dia! O sistema não abre a tela de pedidos desde ontem.",
    "Preciso emitir uma nota fiscal, mas a tela fica em branco.",
    "Obrigado pela ajuda, agora está funcionando.",
    "Qual é o prazo para a nova versão?",
    "O relatório de vendas está com o total errado.",
    "Podem me ligar amanhã de manhã, por favor?",
    "Segue em anexo a imagem da tela.",
    "Hello, the report does not open any more.",
    "Thank you, it works now.",
    "When will the next release be ready?",
)


@dataclass(frozen=True)
class Everyday:
    """A common word that a rule would hit.

    ``zipf`` is how common: 7 is "de", 5 one in 10,000 words, 3 one in a million.
    """

    text: str
    language: str
    zipf: float


@lru_cache(maxsize=8)
def compiled(rule: AnyRule) -> engine.Compiled:
    """One rule by itself, made ready. Kept, as a search in the past asks for it once
    for each page.

    :raises RuleError: the rule cannot be used
    """
    return engine.compile_rules([rule])


@lru_cache(maxsize=16)
def everyday_hits(rule: AnyRule, common: int = COMMON) -> tuple[Everyday, ...]:
    """The common words that a rule hits, most common first; of a rule that hits
    about everything, the first thousand of a language. Kept, as a rule is asked for
    its hits several times until it is switched on.

    :raises RuleError: the rule cannot be used
    """
    ready = compiled(rule)
    found: dict[str, Everyday] = {}
    for language in LANGUAGES:
        for word in islice(_hit_words(ready, language, common), ENOUGH):
            zipf = wordfreq.zipf_frequency(word, language)
            if word not in found or found[word].zipf < zipf:
                found[word] = Everyday(word, language, zipf)
    return tuple(sorted(found.values(), key=lambda word: -word.zipf))


def ordinary_hits(rule: AnyRule) -> int:
    """How many of the ``ORDINARY`` sentences a rule hits."""
    ready = compiled(rule)
    return sum(_hits(ready, text) for text in ORDINARY)


def _hit_words(ready, language: str, common: int) -> Iterator[str]:
    """Many words are read as one text, as most hit nothing; what seems to be hit is
    then read by itself, because two neighbours in the list mean nothing."""
    words = _common_words(language, common)
    for first in range(0, len(words), CHUNK):
        chunk = words[first : first + CHUNK]
        for word in _suspects(ready, chunk, language):
            if _hits(ready, word, language):
                yield word


def _suspects(ready, words: tuple[str, ...], language: str) -> list[str]:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 2
    content = Content(body=".\n".join(words), is_html=False, language=language)
    found = {
        bisect_right(starts, finding.start) - 1
        for finding in engine.scan(content, ready)
        if finding.spans
    }
    return [words[index] for index in sorted(found)]


def _hits(ready, text: str, language: str = "") -> bool:
    return bool(
        engine.scan(Content(body=text, is_html=False, language=language), ready)
    )


@lru_cache(maxsize=4)
def _common_words(language: str, common: int) -> tuple[str, ...]:
    """Words of one letter are left out: in a list they would look like one word
    that is spelled out."""
    words = wordfreq.top_n_list(language, common)
    return tuple(word for word in words if len(word) > 1)
