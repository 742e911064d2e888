"""The evasion table as code: each way of hiding a word from a list of words.

A way takes a word of small letters and gives HTML; where a way says nothing about a
word (a mask needs four letters) it gives None. Nothing here is taken from the
engine's own tables: a table that both sides share would find itself.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator

from tests.unit.moderation.samples import NOT_TURNED

Way = Callable[[str], str | None]

CYRILLIC = dict(zip("aeopcxyiskhdbmtuvw", "аеорсхуіѕкһԁьмтυѵѡ", strict=True))
GREEK = dict(zip("aeiokputvxn", "αειοκρυτνχη", strict=True))
SMALL = dict(zip("abcdeghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", strict=True))
TURNED = dict(
    zip("abcdefghijklmnopqrstuvwxyz", "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz", strict=True)
)
SYLLABICS = dict(
    zip("abcdefghijklmnopqrstuvwxz", "ᗩᗷᑕᗪᗴᖴᘜᕼIᒍKᒪᗰᑎOᑭᑫᖇᔕTᑌᐯᗯ᙭ᘔ", strict=True)
)
CURRENCY = dict(zip("abcdefghklmnoprstuwz", "₳฿₵ĐɆ₣₲Ⱨ₭Ⱡ₥₦Ø₱Ɽ₴₮Ʉ₩Ⱬ", strict=True))
STROKES = dict(zip("acehilmnoprstuz", "卂匚乇卄丨ㄥ爪几ㄖ卩尺丂ㄒㄩ乙", strict=True))
DIGITS = dict(zip("aeiost", "431057", strict=True))
SIGNS = dict(zip("aesilt", "@€$!|+", strict=True))
BOTH = {**SIGNS, "e": "3", "i": "1", "o": "0"}
INVISIBLE = ("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e")
FILLERS = ("\u115f", "\u3164", "\u2800", "\ufe0f", "\u034f", "\u1160")
MARKS = "\u0301\u0308\u0323\u0336\u0302"
EMOJI = ("😀", "🔥", "👍🏽", "❤️", "⭐")


def bare(word: str) -> str:
    """Without accents, which the tables above do not have."""
    return unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode()


def swap(table: dict[str, str]) -> Way:
    return lambda word: "".join(table.get(letter, letter) for letter in bare(word))


def where_it_changes(way: Way) -> Way:
    return lambda word: None if way(word) == word else way(word)


def moved(first: int) -> Way:
    """Each letter as a character of an alphabet that begins at ``first``."""
    return lambda word: "".join(chr(first + ord(one) - ord("a")) for one in bare(word))


def between(*signs: str) -> Way:
    """Signs between the letters, by turns."""

    def way(word: str) -> str:
        pieces = [one + signs[n % len(signs)] for n, one in enumerate(word[:-1])]
        return "".join(pieces) + word[-1]

    return way


def after_each(signs: tuple[str, ...] | str) -> Way:
    return lambda word: "".join(
        one + signs[n % len(signs)] for n, one in enumerate(word)
    )


def chain(*ways: Way) -> Way:
    """One way after the other."""

    def way(word: str) -> str | None:
        result: str | None = word
        for one in ways:
            result = one(result) if result else None
        return result

    return way


def html_split(word: str) -> str:
    return f"{word[0]}<b>{word[1]}</b><i></i>{word[2:]}"


def comments(word: str) -> str:
    return "<!-- x > y -->".join(word)


def entities(word: str) -> str:
    forms = ("&#{};", "&#x{:x};", "&#0{}", "&#X{:X};")
    return "".join(
        forms[n % len(forms)].format(ord(letter)) for n, letter in enumerate(word)
    )


def hidden_letters(word: str) -> str:
    decoy = '<span style="color:red; display : none">xyz</span>'
    return word[:1] + decoy + word[1:]


def tiny_letters(word: str) -> str:
    return word[:-1] + '<span style="font-size:0px">q</span>' + word[-1:]


def cells(word: str) -> str:
    return "".join(f"<div>{letter}</div>" for letter in word)


def half(way: Way) -> Way:
    """Every other letter only: scripts mixed within the word."""
    return lambda word: "".join(
        way(one) or one if n % 2 else one for n, one in enumerate(bare(word))
    )


def repeats(word: str) -> str:
    middle = 1 if len(word) > 2 else len(word) - 1
    return word[:middle] + word[middle] * 4 + word[middle + 1 :] + word[-1] * 2


def every_letter_twice(word: str) -> str:
    return "".join(letter * (3 if letter in "rs" else 2) for letter in word)


def mask(sign: str) -> Way:
    def way(word: str) -> str | None:
        if len(word) < 4:
            return None
        return word[0] + sign * (len(word) - 2) + word[-1]

    return way


def one_masked(word: str) -> str | None:
    return word[:2] + "*" + word[3:] if len(word) >= 4 else None


def keycaps(word: str) -> str:
    return "".join(
        one + "\ufe0f\u20e3" if one.isdigit() else one for one in swap(DIGITS)(word)
    )


def override_inside(word: str) -> str:
    return f"{word[0]}\u202e\u202c{word[1:]}"


def override_around(word: str) -> str:
    return f"\u202e{word[::-1]}\u202c"


def backwards(word: str) -> str | None:
    word = bare(word)
    turned = None if word in NOT_TURNED or len(word) < 4 else word[::-1]
    return None if turned == word else turned


def upside_down(word: str) -> str | None:
    turned = swap(TURNED)(word)[::-1]
    return turned if backwards(word) and not turned.isascii() else None


def posing(word: str) -> str | None:
    """A capital I for an l."""
    return word.replace("l", "I") if "l" in word[1:] and word[0] != "l" else None


def at_random(seed: str, gaps: tuple[str, ...]) -> Way:
    """Each letter and each gap in one of several ways; the same in each run."""

    def way(word: str) -> str:
        dice = random.Random(seed + word)
        looks = dice.sample(LOOKS, 3)
        letters = [dice.choice(looks)(letter) or letter for letter in bare(word)]
        gap = [dice.choice(gaps) for _letter in letters[1:]]
        return letters[0] + "".join(map("".join, zip(gap, letters[1:], strict=True)))

    return way


def capitals(word: str) -> str:
    return "".join(one.upper() if n % 2 else one for n, one in enumerate(word))


def wrong_accents(word: str) -> str:
    return word.translate(str.maketrans("aeiou", "âéïôü"))


LOOKS: list[Way] = [
    str.upper,
    swap(CYRILLIC),
    swap(SMALL),
    swap(STROKES),
    swap(SIGNS),
    swap({"a": "4", "o": "0"}),
    moved(ord("ａ")),
    moved(ord("𝓪")),
    lambda letter: letter * 3,
    lambda letter: letter + "\u0308",
    lambda letter: f"&#{ord(letter)};",
]
WAYS: dict[str, Way] = {
    "as it is": lambda word: word,
    "capitals": capitals,
    "HTML split": html_split,
    "HTML comments": comments,
    "HTML entities": entities,
    "hidden letters between": hidden_letters,
    "letters of size 0 between": tiny_letters,
    "zero-width characters": after_each(INVISIBLE),
    "fillers, variation selectors": after_each(FILLERS),
    "full-width": moved(ord("ａ")),
    "mathematical": moved(ord("𝓪")),
    "circled": moved(ord("ⓐ")),
    "squared": moved(0x1F170),
    "regional indicators": after_each("\u200b")
    and chain(moved(0x1F1E6), lambda text: "\u200b".join(text)),
    "keycaps": where_it_changes(keycaps),
    "combining marks": after_each(MARKS),
    "wrong accents": wrong_accents,
    "no accents": where_it_changes(bare),
    "Cyrillic": swap(CYRILLIC),
    "Cyrillic, every other letter": half(swap(CYRILLIC)),
    "Greek": swap(GREEK),
    "small capitals": swap(SMALL),
    "syllabics": swap(SYLLABICS),
    "currency signs": swap(CURRENCY),
    "strokes": swap(STROKES),
    "leet, digits": where_it_changes(swap(DIGITS)),
    "leet, signs": where_it_changes(swap(SIGNS)),
    "leet, both": where_it_changes(swap(BOTH)),
    "capital I for l": posing,
    "repeats": repeats,
    "every letter twice": every_letter_twice,
    "dots": between("."),
    "dots, capitals": chain(str.upper, after_each(".")),
    "spaces": between(" "),
    "hyphens": between("-"),
    "mixed signs": between("-", "_", ".", "/", "*"),
    "signs and spaces": between(" - ", " . ", "  "),
    "emoji between": between(*EMOJI),
    "one letter per line": cells,
    "line breaks": between("<br/>"),
    "cut in two": lambda word: word[:2] + "." + word[2:] if len(word) > 3 else None,
    "mask": mask("*"),
    "mask, #": mask("#"),
    "one letter masked": one_masked,
    "override inside": override_inside,
    "override around": override_around,
    "override by a tag": lambda word: f'<bdo dir="rtl">{word[::-1]}</bdo>',
    "backwards": backwards,
    "upside down": upside_down,
    "plural": lambda word: word + "s",
    "diminutive": lambda word: word + "zinho",
    "leet, dots": chain(swap(DIGITS), between(".")),
    "leet, dots, HTML": chain(swap(DIGITS), between("<b>.</b>")),
    "leet, spaces": chain(swap(DIGITS), between(" ")),
    "signs, hyphens": chain(swap({"a": "@", "s": "$"}), between("-")),
    "repeats, spaces": chain(every_letter_twice, lambda word: " ".join(word)),
    "repeats, leet": chain(repeats, swap({"a": "4", "o": "0"})),
    "full-width, dots": chain(moved(ord("ａ")), between(".")),
    "Cyrillic, zero-width": chain(swap(CYRILLIC), after_each(INVISIBLE)),
    "Cyrillic, spaces": chain(swap(CYRILLIC), between(" ")),
    "small capitals, HTML": chain(swap(SMALL), html_split),
    "marks, dots": chain(
        after_each(MARKS),
        lambda text: ".".join(text[at : at + 2] for at in range(0, len(text), 2)),
    ),
    "at random": at_random("a", ("", "\u200b", "<b></b>", "<!-- -->")),
    "at random, signs": at_random("b", (".", "-", "_", "/", "·", "🔥", "😀.")),
    "at random, blanks": at_random("c", (" ", "  ", " . ", "\n", "<br>")),
    "circled, line breaks": chain(moved(ord("ⓐ")), between("<br>")),
}


def disguised(words: tuple[str, ...], name: str) -> Iterator[tuple[str, str]]:
    """Each word that this way says something about, and how it looks then."""
    for word in words:
        if written := WAYS[name](word):
            yield word, written
