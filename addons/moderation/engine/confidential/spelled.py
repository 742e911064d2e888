"""Numbers written in words, digit by digit: "onze nove oito sete …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..phrases import fold
from ..regions import regions

_PORTUGUESE = "zero um dois tres quatro cinco seis sete oito nove"
_ENGLISH = "zero one two three four five six seven eight nine"
_SPANISH = "cero uno dos tres cuatro cinco seis siete ocho nueve"
_VALUES = {
    word: str(value)
    for language in (_PORTUGUESE, _ENGLISH, _SPANISH)
    for value, word in enumerate(language.split())
}
# Half a dozen; the feminine; what area codes are called.
_VALUES |= {"meia": "6", "uma": "1", "duas": "2", "oh": "0"}
_VALUES |= {"dez": "10", "onze": "11", "doze": "12", "treze": "13", "quinze": "15"}
_VALUES |= {"vinte e um": "21", "trinta e um": "31", "quarenta e um": "41"}
_WORDS = "|".join(sorted(_VALUES, key=len, reverse=True))
_WORD = re.compile(rf"{_WORDS}|[0-9]+")
LEAST = 8  # words and digits in a row; fewer are a quantity or a price
_RUN = re.compile(
    rf"(?<![^\W_])(?:(?:{_WORDS}|[0-9]{{1,2}})[\W_]{{1,3}}){{{LEAST - 1},60}}"
    rf"(?:{_WORDS}|[0-9]{{1,2}})(?![^\W_])"
)
# One of these is in nearly every number that is long enough; they make it cheap.
_HINTS = ("nove", "oito", "sete", "cinco", "nine", "eight", "seven", "nueve", "ocho")
_REACH = (250, 250)


def spelled(text: str, lower: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and digits of each number in words, in order."""
    if not any(hint in lower for hint in _HINTS):
        return
    folded = fold(text)
    for start, end in regions(folded, _HINTS, *_REACH):
        for run in _RUN.finditer(folded, start, end):
            words = _WORD.findall(run[0])
            if sum(word in _VALUES for word in words) * 2 >= len(words):
                digits = "".join(_VALUES.get(word, word) for word in words)
                yield run.start(), run.end(), digits
