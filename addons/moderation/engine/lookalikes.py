"""What can stand for a letter: data for :mod:`.fold` and :mod:`.forms`.

The look-alikes follow Unicode's confusables (UTS #39), cut down to what looks like
a letter of the Latin alphabet to a hurried reader.
"""

from __future__ import annotations

# A letter and those of other alphabets that look like it: Cyrillic, Greek,
# Armenian, Cherokee, small capitals, phonetic and other Latin letters, letters turned
# upside down, and what "fancy text" pages take: syllabics, Lisu, currency, strokes.
LOOKALIKES = {
    "a": "аαɑᴀɐⱥꭺᗅⲁλдƛ∀ᗩꓮ卂₳ค",
    "b": "ьвʙƅɓβЬᏏƀᑲꞵⲃбɮᗷꓐ乃฿",
    "c": "сϲᴄƈȼɔↄꮯⅽⲥͻςᑕꓚ匚₵",
    "d": "ԁɗđᴅժɖꭰᗪðⅾꓒ∂ꓓ",
    "e": "еєεᴇǝəɛҽɘέꭼⲉ℮зэξᗴꓰ乇ɇ",
    "f": "ƒꜰϝғſẝɟꬵʄᖴꓝ千₣",
    "g": "ɡցɢɠǥƍƃᘜꓖ₲",
    "h": "һհнʜħɦɥꮋⱨԋђћᕼꓧ卄",
    "i": "іɩιıɪᎥꭵɨᴉⅰįǐꓲ丨เ",
    "j": "јʝᴊϳɉյᒍꓙフנ",
    "k": "кκᴋƙĸʞⱪҝꮶқӄᛕꓗ₭",
    "l": "ӏʟłḷⅼɭƚɫլꓡⳑƖᒪㄥⱡןℓ",
    "m": "мᴍɱⅿꮇϻᗰꓟ爪₥ʍ",
    "n": "пηոɴռлийƞɲŋպᴎᑎꓠ几₦ภ",
    "o": "оοσօөᴏøɵ๐ဝㅇⲟ۵ꓳㄖ๏",
    "p": "рρᴘƥþṗքᑭꮲⲣꓑ卩₱",
    "q": "ԛզʠգϙᑫ",
    "r": "гʀɹяɾꭱᖇꮁɼɽґꓣ尺",
    "s": "ѕꜱʂտꮪƽᔕꓢ丂₴รֆ",
    "t": "тτᴛʇƭŧꭲեƫꓔㄒ₮ȶ",
    "u": "υцսᴜʊʉμꞟվꭎᑌꓴㄩยψ",
    "v": "νѵᴠʌʋⅴꮩᐯꓦ",
    "w": "ѡωԝᴡшщɯաⱳꮃᗯꓪ山₩שฬ",
    "x": "хχҳⅹӽ᙮ꭓ᙭ꓫ乂ӿא",
    "y": "уүʏγʎɣყƴỿꓬㄚɏץч",
    "z": "ᴢʐƶȥⱬꮓᘔꓜ乙",
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

ACCENTED = {"a": "àáâãäå", "c": "ç", "d": "ð", "e": "èéêë", "i": "ìíîï", "n": "ñ"}
ACCENTED |= {"o": "òóôõöø", "p": "þ", "u": "ùúûü", "y": "ýÿ"}

# Letters that one may not tell apart before looking closely: one of each group
# stands for all of them in the reading that is searched.
ALIKE = ("il", "bgq")

# One-letter words that may stand before or behind a word spelled out.
SINGLE_WORDS = frozenset("aàáâeéêoóôuy")
