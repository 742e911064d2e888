"""Access tokens and API keys: whoever holds one may act as its owner."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from .match import HIDDEN, Match
from .text import Taken, Text

# name, what must be in the text (in small letters), its form. The forms are those
# that the providers document or that their own secret scanning looks for.
_KNOWN: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (name, hint, re.compile(rf"(?<![A-Za-z0-9])(?:{form})"))
    for name, hint, form in (
        ("JWT", "eyj", r"eyJ[\w-]{8,4096}\.eyJ[\w-]{4,8192}\.[\w-]{0,2048}"),
        ("AWS", "akia", r"AKIA[A-Z0-9]{16}(?![A-Za-z0-9])"),
        ("AWS", "asia", r"ASIA[A-Z0-9]{16}(?![A-Za-z0-9])"),
        ("GitHub", "gh", r"gh[pousr]_[A-Za-z0-9]{30,255}"),
        ("GitHub", "github_pat_", r"github_pat_\w{22,255}"),
        ("GitLab", "glpat-", r"glpat-[\w-]{20,255}"),
        ("Slack", "xox", r"xox[abeoprs]-[\w-]{10,255}"),
        ("Slack", "xapp-", r"xapp-[\w-]{10,255}"),
        ("Slack", "hooks.slack.com/", r"hooks\.slack\.com/services/[\w/]{20,255}"),
        ("Google", "aiza", r"AIza[\w-]{35}"),
        ("Google", "ya29.", r"ya29\.[\w-]{20,2048}"),
        ("Google", "gocspx-", r"GOCSPX-[\w-]{20,64}"),
        ("Stripe", "_live_", r"[srp]k_live_[A-Za-z0-9]{10,255}"),
        ("Stripe", "_test_", r"[sr]k_test_[A-Za-z0-9]{10,255}"),
        ("Stripe", "whsec_", r"whsec_[A-Za-z0-9+/=]{16,255}"),
        ("Meta", "eaa", r"EAA[A-Za-z0-9]{40,512}"),
        ("Telegram", ":aa", r"[0-9]{6,12}:AA[\w-]{32,40}"),
        ("OpenAI", "sk-", r"sk-(?:proj-|ant-|svcacct-)?[\w-]{20,255}"),
        ("SendGrid", "sg.", r"SG\.[\w-]{16,64}\.[\w-]{16,128}"),
        ("npm", "npm_", r"npm_[A-Za-z0-9]{30,64}"),
        ("PyPI", "pypi-", r"pypi-[\w-]{50,512}"),
        ("Mercado Pago", "app_usr-", r"APP_USR-[\w-]{20,128}"),
        ("Asaas", "aact_", r"\$?aact_[\w:+/=-]{20,255}"),
        ("Twilio", "sk", r"SK[0-9a-f]{32}(?![0-9a-f])"),
        ("Django", "django-insecure-", r"django-insecure-[^\s\"']{20,80}"),
        ("Hugging Face", "hf_", r"hf_[A-Za-z0-9]{30,64}"),
        ("DigitalOcean", "dop_v1_", r"dop_v1_[0-9a-f]{64}"),
    )
)
_VALUE = re.compile(r"[\w.~+/$-]{16,4096}={0,2}")
# What stands directly before a value that has no form of its own.
_NAMED = re.compile(
    r"(?:key|token|secret|chave(?: d[aeo] (?:api|acesso|odoo))?|\bapi|bearer|basic"
    r"|credential|credencial)[\w -]{0,12}[\"']?\s{0,3}"
    r"(?:[:=>]{1,2}|\bé|\beh|\bis|\bes|(?<=bearer)|(?<=basic))\s{0,3}[\"']?$"
)
_NAMES = ("key", "token", "secret", "chave", "api", "bearer", "basic", "credenc")
_REACH = 60
_LETTER, _DIGIT = re.compile(r"[A-Za-z]"), re.compile(r"[0-9]")
MIN_BITS = 3.0  # per character; words have about 2.5, random hexadecimal nearly 4
# Words joined by signs (``ir.config_parameter``) mix less than keys do.
_WORDS = re.compile(r"[a-z]{4,}[._/-][a-z]{2,}")


def token(text: Text) -> Iterator[Match]:
    """Bearer tokens, JSON Web Tokens, the keys of well-known providers, and what
    stands behind ``api_key=`` and looks drawn by lot."""
    if not text.long_words:
        return
    taken = Taken(len(text.text))
    for match in _all(text):
        if not taken.holds(match.start, match.end):
            taken.add(match.start, match.end)
            yield match


def _all(text: Text) -> Iterator[Match]:
    for start, word in text.long_words:
        lower = word.lower()
        for name, hint, form in _KNOWN:
            if hint in lower:
                for found in form.finditer(word):
                    if _DIGIT.search(found[0]):
                        yield _match(start + found.start(), found[0], name)
    if any(name in text.lower for name in _NAMES):
        for start, word in text.long_words:
            yield from _named(text, start, word)


def _named(text: Text, start: int, word: str) -> Iterator[Match]:
    for found in _VALUE.finditer(word):
        value = found[0]
        if looks_random(value) and text.before(_NAMED, start + found.start(), _REACH):
            yield _match(start + found.start(), value)


def looks_random(value: str) -> bool:
    """Whether a key was drawn by lot: letters and digits, well mixed."""
    if not _LETTER.search(value) or not _DIGIT.search(value):
        return False
    return entropy(value) >= MIN_BITS and not _WORDS.search(value)


def entropy(value: str) -> float:
    """Shannon's, in bits per character."""
    size = len(value)
    shares = (count / size for count in Counter(value).values())
    return -sum(share * math.log2(share) for share in shares)


def _match(start: int, value: str, name: str = "") -> Match:
    shown = f"{name} {HIDDEN * 8}".strip()
    return Match(start, start + len(value), value, shown)
