"""What somebody typed, as words that PostgreSQL can look for."""

import math
import re
from dataclasses import dataclass, field

from odoo.tools import SQL

from .community_search_text import english, folded, portuguese

TEXT_LIMIT = 200  # characters of what was typed
WORD_LIMIT = 12
BEGUN = 3  # characters from which a last word may be the beginning of a longer one
RARE = 0.005  # share of the posts
TYPED = re.compile(r"\S+")


@dataclass
class Word:
    """One word that was typed."""

    stems: set[str] = field(default_factory=set)
    share: float = 0.0
    begun: bool = False
    meant: str = ""

    @property
    def query(self) -> str:
        """In the notation of ``tsquery``."""
        mark = ":*" if self.begun else ""
        found = [f"{quoted(stem)}{mark}" for stem in sorted(self.stems)]
        if self.meant:
            found.append(quoted(self.meant))
        return f"({' | '.join(found)})"


@dataclass
class Words:
    """All of them, in the order in which they were typed."""

    words: list[Word]

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def all(self) -> str:
        """Posts with all words."""
        return " & ".join(word.query for word in self.words)

    @property
    def any(self) -> str:
        """Posts with one of them, to tell how much a post has of all."""
        return " | ".join(word.query for word in self.words)

    @property
    def rare(self) -> bool:
        """Whether few posts are likely to hold all of them."""
        return math.prod(word.share for word in self.words) < RARE

    def alike(self) -> "tuple[str, bool]":
        """Posts with two of the rarest words, and whether these are rare."""
        words = sorted(self.words, key=lambda word: word.share)[:5]
        rare = [word for word in words if word.share < RARE]
        if len(words) == 1:
            return words[0].query, bool(rare)
        pairs = []
        for place, one in enumerate(rare or words[:-1]):
            others = " | ".join(word.query for word in words[place + 1 :])
            if others:
                pairs.append(f"({one.query} & ({others}))")
        return " | ".join(pairs), bool(rare)


def quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def parse(env, text: str, begun: bool = True) -> Words:
    """:param text: anything that somebody typed
    :param begun: whether the last word may be the beginning of a longer one
    """
    text = " ".join(TYPED.findall(str(text or "").replace("\0", " ")))[:TEXT_LIMIT]
    words = _words(env, text) if text else []
    if words and begun:
        last = max(words[-1].stems, key=len)
        words[-1].begun = len(last) >= BEGUN
    _weigh(env, words)
    return Words(words)


def _words(env, text: str) -> list[Word]:
    """Both stemmers count the words alike, so that their stems of one word meet."""
    column = SQL("typed.text")
    env.cr.execute(
        SQL(
            "SELECT place, lexeme FROM (SELECT %s AS text) typed, LATERAL ("
            "SELECT unnest(positions) AS place, lexeme FROM unnest(%s) "
            "UNION SELECT unnest(positions), lexeme FROM unnest(%s)) found "
            "ORDER BY place, lexeme",
            folded(SQL("%s", text)),
            portuguese(column),
            english(column),
        )
    )
    found: dict[int, Word] = {}
    for place, lexeme in env.cr.fetchall():
        found.setdefault(place, Word()).stems.add(lexeme)
    unique = {frozenset(word.stems): word for word in found.values()}
    return list(unique.values())[:WORD_LIMIT]


def _weigh(env, words: list[Word]) -> None:
    vocabulary = env["community.search.word"].sudo()
    shares = vocabulary._shares({stem for word in words for stem in word.stems})
    for word in words:
        word.share = max((shares.get(stem, 0.0) for stem in word.stems), default=0.0)
    doubtful = {
        max(word.stems, key=len): word.share for word in words if word.share < RARE
    }
    meant = vocabulary._meant(doubtful)
    for word in words:
        stem = max(word.stems, key=len)
        if word.begun:
            word.share = max(word.share, vocabulary._begun(stem))
        if stem in meant and word.share * 10 < meant[stem][1]:
            word.meant, word.share = meant[stem]
