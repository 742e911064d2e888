"""How long X counts a post: https://docs.x.com/fundamentals/counting-characters"""

import re
import unicodedata

from ..text import Styled, plain
from ..text.links import ADDRESS

POST = 280
LINK = 23  # whatever its length
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_URL = re.compile(ADDRESS, re.IGNORECASE)
# a flag, a keycap, or signs that joiners, tones and tags make one of
_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3|"
    "(?:[\u2190-\u2bff\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff"
    "\U000e0020-\U000e007f]*)(?:\u200d[\u2190-\u2bff\U0001f000-\U0001faff]"
    "[\ufe0f\U0001f3fb-\U0001f3ff]*)*"
)


def weight(text: str) -> int:
    text, links = _URL.subn("", unicodedata.normalize("NFC", text))
    text, emoji = _EMOJI.subn("", text)
    return links * LINK + emoji * 2 + sum(map(_one, text))


def _one(character: str) -> int:
    code = ord(character)
    return 1 if any(low <= code <= high for low, high in LIGHT) else 2


def size(runs: Styled) -> int:
    return weight(plain(runs))
