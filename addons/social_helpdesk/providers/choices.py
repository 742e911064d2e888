"""Answers to choose from: offered, written as numbers, and recognised."""

import re
import unicodedata
from collections.abc import Sequence
from html import escape

from .types import Choice, Limits

# the first ten, as people type them; the rest only as numbers
ORDINALS = (
    ("primeira", "primeiro", "um", "uma", "first", "one", "1a", "1o", "1st"),
    ("segunda", "segundo", "dois", "duas", "second", "two", "2a", "2o", "2nd"),
    ("terceira", "terceiro", "tres", "third", "three", "3a", "3o", "3rd"),
    ("quarta", "quarto", "quatro", "fourth", "four", "4a", "4o", "4th"),
    ("quinta", "quinto", "cinco", "fifth", "five", "5a", "5o", "5th"),
    ("sexta", "sexto", "seis", "sixth", "six", "6a", "6o", "6th"),
    ("setima", "setimo", "sete", "seventh", "seven", "7a", "7o", "7th"),
    ("oitava", "oitavo", "oito", "eighth", "eight", "8a", "8o", "8th"),
    ("nona", "nono", "nove", "ninth", "nine", "9a", "9o", "9th"),
    ("decima", "decimo", "dez", "tenth", "ten", "10a", "10o", "10th"),
)
LAST = ("ultima", "ultimo", "last")
# what people put around a number or a word of place
AROUND = frozenset(
    (
        *("a", "o", "as", "os", "e", "opcao", "numero", "alternativa", "resposta"),
        *("escolho", "quero", "prefiro", "pode", "ser", "por", "favor"),
        *("the", "option", "number", "answer", "choice", "i", "choose", "want"),
        *("take", "please"),
    )
)
LONGEST = 80  # a longer text is a message that happens to hold a number
WORD = re.compile(r"[a-z0-9]+")
# what a tapped button brings back, where it brings back what we like: our mark
# tells it from the buttons of others
OURS = "choice:"
TAPPED = re.compile(OURS + r"([\w:-]{1,40})", re.ASCII)


def payload_of(choice: Choice) -> str:
    return f"{OURS}{choice.id}"


def choice_of(payload: str) -> str:
    """Our own id of the answer that a button stands for; "" if it is not ours."""
    found = TAPPED.fullmatch(payload)
    return found[1] if found else ""


def offered(choices: Sequence[Choice], limits: Limits) -> bool:
    """Whether a message can show them all to be tapped."""
    return 0 < len(choices) <= limits.choices and all(
        len(choice.label) <= limits.choice for choice in choices
    )


def numbered(choices: Sequence[Choice]) -> str:
    """The same as HTML that every channel can write; a link stands for itself."""
    answers = [choice for choice in choices if not choice.url]
    links = [choice for choice in choices if choice.url]
    lines = [f"{i}. {escape(c.label)}" for i, c in enumerate(answers, start=1)]
    lines += [f'<a href="{escape(c.url)}">{escape(c.label)}</a>' for c in links]
    return "<p>" + "<br/>".join(lines) + "</p>" if lines else ""


def recognise(text: str, choices: Sequence[Choice]) -> Choice | None:
    """Which one somebody means who types instead of tapping: its label, "2",
    "2)", "a segunda", "opção 2", "the last one". None if it is not clear.

    Links are no answers and are not counted, as in :func:`numbered`.
    """
    answers = [choice for choice in choices if not choice.url]
    said = words_of(text)
    if not answers or not said or len(text) > LONGEST:
        return None
    same = [choice for choice in answers if words_of(choice.label) == said]
    if same:
        return same[0] if len(same) == 1 else None
    core = [word for word in said if word not in AROUND]
    if len(core) > 1 and core[-1] == "one":  # "the second one"
        core.pop()
    if len(core) != 1:
        return None
    number = _number(core[0], len(answers))
    return answers[number - 1] if 1 <= number <= len(answers) else None


def _number(word: str, count: int) -> int:
    """The place that ``word`` names, from 1; 0 if none."""
    if word.isascii() and word.isdigit() and len(word) < 4:
        return int(word)
    if word in LAST:
        return count
    for place, names in enumerate(ORDINALS, start=1):
        if word in names:
            return place
    return 0


def words_of(text: str) -> list[str]:
    """Lower case, without accents and marks; "2ª" is "2a", "2️⃣" is "2"."""
    text = unicodedata.normalize("NFKD", text.casefold())
    return WORD.findall("".join(c for c in text if not unicodedata.combining(c)))
