"""Characters that must not reach a database or a screen."""

import re

# Null and the other control characters (a tab and a line feed stay), halves of
# UTF-16 pairs (PostgreSQL refuses both), and the bidirectional overrides,
# embeddings and isolates: they reorder what stands around the text. The marks
# U+200E/200F stay: Arabic and Hebrew need them and they reorder nothing else.
_DROP = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
    "\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_BREAK = re.compile("\r\n?|[\x85\u2028\u2029]")
NAME_LENGTH = 100


def clean(text: str) -> str:
    """``text`` without anything that harms; line ends are "\\n"."""
    if text.isascii() and text.isprintable():
        return text
    return _DROP.sub("", _BREAK.sub("\n", text))


def one_line(text: str, length: int = NAME_LENGTH) -> str:
    """A name: cleaned, spaces collapsed, at most ``length`` characters."""
    text = " ".join(clean(text[: length * 10]).split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def file_name(text: str, length: int = NAME_LENGTH) -> str:
    """A file's name without folders; when cut, it keeps its extension."""
    name = one_line(text.replace("\\", "/").rpartition("/")[2], 1000).lstrip(".")
    stem, dot, extension = name.rpartition(".")
    if len(name) <= length or len(extension) > 10:
        return name[:length]
    return stem[: length - len(extension) - 1] + dot + extension


def utf16(text: str) -> int:
    """Length in UTF-16 code units, in which providers count characters."""
    return len(text) + sum(c > "\uffff" for c in text)
