"""What can stand for a letter: data for :mod:`.fold` and :mod:`.forms`.

The look-alikes follow Unicode's confusables (UTS #39), cut down to what looks like
a letter of the Latin alphabet to a hurried reader.
"""

from __future__ import annotations

# A letter and those of other alphabets that look like it: Cyrillic, Greek,
# Armenian, Cherokee, small capitals, phonetic and other Latin letters, and letters
# turned upside down.
LOOKALIKES = {
    "a": "аαɑᴀɐⱥꭺᗅⲁ",
    "b": "ьвʙƅɓвβЬᏏƀᑲꞵⲃ",
    "c": "сϲᴄƈȼɔↄꮯⅽⲥͻ",
    "d": "ԁɗđᴅժɖꭰᗪðⅾꓒ",
    "e": "еєεᴇǝəɛҽɘέꭼⲉ℮",
    "f": "ƒꜰϝғſẝɟꬵ",
    "g": "ɡցɢɠǥƍƃ",
    "h": "һհнʜħɦɥꮋⱨԋђ",
    "i": "іɩιıɪӏᎥꭵɨᴉⅰįǐ",
    "j": "јʝᴊϳɉɾյ",
    "k": "кκᴋƙĸʞⱪҝꮶқ",
    "l": "ӏʟłḷⅼɭƚɫլꓡⳑƖ",
    "m": "мᴍɱɯⅿꮇϻ",
    "n": "пηոɴռлийƞɲŋպᴎ",
    "o": "оοσօөᴏøɵ๐ဝㅇⲟ۵",
    "p": "рρᴘƥþṗքᑭꮲⲣ",
    "q": "ԛզʠգգϙ",
    "r": "гʀɹяɾꭱᖇꮁɼɽ",
    "s": "ѕꜱʂςտꮪƽ",
    "t": "тτᴛʇƭŧтꭲեƫ",
    "u": "υцսᴜʊʉμꞟսվꭎ",
    "v": "νѵᴠʌʋⅴꮩ",
    "w": "ѡωԝᴡʍшщɯաⱳꮃ",
    "x": "хχҳⅹӽ᙮ꭓ",
    "y": "уүʏγʎɣყƴỿ",
    "z": "ᴢʐƶȥⱬꮓ",
}
# The alphabet upside down.
TURNED = dict(
    zip("abcdefghijklmnopqrstuvwxyz", "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz", strict=True)
)
TURNED_SIGNS = frozenset("ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ")

# Letters in boxes and circles that NFKC leaves alone; all in alphabetical order.
ALPHABETS = (0x1F150, 0x1F170, 0x1F1E6)  # circled, squared, regional indicators

# Signs that stand for a letter though they are none, as Latin-1 characters.
SIGNS = {"€": "\xa4", "⭕": "°", "🔴": "°", "❌": "×", "✖": "×", "💲": "$", "➕": "+"}
SIGNS |= {"❗": "!", "❕": "!", "∣": "|", "●": "·", "№": "·", "✝": "+", "†": "+"}

# Digits that stand for a letter anywhere, and signs that do between letters.
DIGITS = {"a": "4", "b": "86", "e": "3", "g": "96", "i": "1", "l": "1", "o": "0"}
DIGITS |= {"s": "5", "t": "7", "z": "2", "q": "9"}
LEET = {"a": "@^", "c": "(<[{¢©", "e": "¤&£", "i": "!|¡¦", "l": "|£!¦", "o": "°"}
LEET |= {"r": "®", "s": "$§", "t": "+", "x": "×%", "y": "¥", "p": "¶"}

ACCENTED = {"a": "àáâãäå", "c": "ç", "e": "èéêë", "i": "ìíîï", "n": "ñ"}
ACCENTED |= {"o": "òóôõö", "u": "ùúûü", "y": "ýÿ"}

# Letters that one may not tell apart before looking closely: one of each group
# stands for all of them in the reading that is searched.
ALIKE = ("il", "bgq")

# One-letter words that may stand before or behind a word spelled out.
SINGLE_WORDS = frozenset("aàáâeéêoóôuy")
