"""Telegram's formatting: entities come in, a small HTML goes out.

https://core.telegram.org/bots/api#formatting-options
"""

from typing import Any

from ..text import Run, Styled, to_html

MARKS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "quote",
    "expandable_blockquote": "quote",
}
LINKS = ("http://", "https://", "mailto:", "tel:")
# a message has at most 4,096 characters; Telegram itself ignores what is beyond
# 100 entities, which keeps the work for a hostile list small
MOST_ENTITIES = 100


def read(text: str, entities: list[dict[str, Any]]) -> Styled:
    """
    :param text: exactly as it came: offsets count its UTF-16 code units
    :param entities: hostile; what makes no sense is left out
    """
    data = text.encode("utf-16-le", "surrogatepass")
    spans = [span for e in entities[:MOST_ENTITIES] if (span := _span(e, data))]
    edges = {0, len(data)} | {s[0] for s in spans} | {s[1] for s in spans}
    cuts = sorted(edges)
    runs: Styled = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        over = [s for s in spans if s[0] <= start and end <= s[1]]
        marks = frozenset(s[2] for s in over if s[2])
        href = next((s[3] for s in over if s[3]), "")
        runs.append(Run(data[start:end].decode("utf-16-le", "ignore"), marks, href))
    return runs


def _span(entity: Any, data: bytes) -> tuple[int, int, str, str] | None:
    """Start and end in bytes, mark, link."""
    if not isinstance(entity, dict):
        return None
    kind, offset, length = (entity.get(k) for k in ("type", "offset", "length"))
    if type(offset) is not int or type(length) is not int or type(kind) is not str:
        return None
    start, end = 2 * offset, 2 * (offset + length)
    if not 0 <= start < end <= len(data):
        return None
    if _inside_pair(data, start) or _inside_pair(data, end):
        return None
    href = _href(kind, entity, data[start:end])
    mark = MARKS.get(kind, "")
    return (start, end, mark, href) if mark or href else None


def _inside_pair(data: bytes, at: int) -> bool:
    """Whether the unit at ``at`` is the second half of a character."""
    return 0xDC <= (data[at + 1] if at < len(data) else 0) <= 0xDF


def _href(kind: str, entity: dict[str, Any], data: bytes) -> str:
    href = entity.get("url") if kind == "text_link" else ""
    if kind in ("url", "email"):
        href = data.decode("utf-16-le", "ignore")
        if kind == "email":
            href = f"mailto:{href}"
        elif "://" not in href:
            href = f"https://{href}"
    known = isinstance(href, str) and href.lower().startswith(LINKS)
    return href if known else ""


def write(runs: Styled) -> str:
    return to_html(runs, newline="\n")
