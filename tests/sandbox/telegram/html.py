"""``parse_mode=HTML``: https://core.telegram.org/bots/api#html-style

Telegram is strict: an unknown tag, a wrong nesting or a stray ``<`` refuses the
whole message, with the byte at which it stumbled.
"""

import html as entities_of
import re
from dataclasses import dataclass

from .errors import TelegramError, bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
#: a tag, the start of one, or an entity
_TOKEN = re.compile(r"<(/?)([a-zA-Z][\w-]*)?([^>]*)(>?)|&(#?\w+);")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
#: the only named entities, says the documentation
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


@dataclass
class _Open:
    tag: str
    start: int
    attributes: dict[str, str]


def utf16(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


class _Reader:
    """Walks over the text once, with a stack of open tags."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.plain = ""
        self.found: list[dict] = []
        self.stack: list[_Open] = []

    def read(self) -> tuple[str, list[dict]]:
        position = 0
        for token in _TOKEN.finditer(self.source):
            self.plain += self.source[position : token.start()]
            position = token.end()
            if token[0].startswith("&"):
                self.plain += self._entity(token)
            elif token[1]:
                self._close(token)
            else:
                self._open(token)
        self.plain += self.source[position:]
        if self.stack:
            raise _cannot(
                f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"'
            )
        self.found.sort(key=lambda e: (e["offset"], -e["length"]))
        return self.plain, self.found

    def _at(self, token: re.Match) -> int:
        return len(self.source[: token.start()].encode())

    def _entity(self, token: re.Match) -> str:
        name = token[5]
        if name.startswith("#"):
            return entities_of.unescape(token[0])
        return _NAMED.get(name, token[0])

    def _open(self, token: re.Match) -> None:
        tag = (token[2] or "").lower()
        if tag not in _KINDS or not token[4]:
            raise _cannot(f'Unsupported start tag "{tag}"', self._at(token))
        attributes = {
            m[1].lower(): m[2] or m[3] or m[4] or ""
            for m in _ATTRIBUTE.finditer(token[3])
        }
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _cannot('Tag "span" must have class "tg-spoiler"', self._at(token))
        self.stack.append(_Open(tag, utf16(self.plain), attributes))

    def _close(self, token: re.Match) -> None:
        tag = (token[2] or "").lower()
        if not self.stack:
            raise _cannot(f'Unexpected end tag "{tag}"', self._at(token))
        opened = self.stack.pop()
        if tag not in ("", opened.tag):
            raise _cannot(
                f"Unmatched end tag at byte offset {self._at(token)}, expected "
                f'"</{opened.tag}>", found "</{tag}>"'
            )
        self._keep(opened)

    def _keep(self, opened: _Open) -> None:
        length = utf16(self.plain) - opened.start
        entity = {
            "type": _KINDS[opened.tag],
            "offset": opened.start,
            "length": length,
        }
        if opened.tag == "a":
            url = entities_of.unescape(opened.attributes.get("href", ""))
            if not re.match(r"(https?|tg|mailto|tel):", url):
                return  # Telegram keeps the words and drops a link it does not like
            entity["url"] = url
        language = opened.attributes.get("class", "")
        if opened.tag == "code" and language.startswith("language-"):
            entity["language"] = language.removeprefix("language-")
        if length:
            self.found.append(entity)


def _cannot(why: str, at: int | None = None) -> TelegramError:
    place = "" if at is None else f" at byte offset {at}"
    return bad_request(f"can't parse entities: {why}{place}")


def parse(text: str) -> tuple[str, list[dict]]:
    """Text without tags, and its entities in UTF-16 units.

    :raises TelegramError: 400 can't parse entities
    """
    return _Reader(text).read()
