"""One part of the content, in the readings that stages ask for."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from . import markup, normalise
from .plain import Plain
from .types import Content


class Readings:
    """Implements :class:`~.hit.Reader`. Each reading is made when it is first asked
    for, and kept for the other rules."""

    def __init__(
        self, part: str, original: str, is_html: bool = False, is_first: bool = True
    ):
        self.part = part  # "title", "body" or "file:0"
        self.original = original
        self.is_html = is_html
        self.is_first = is_first
        self.notes: dict[str, Any] = {}

    @cached_property
    def plain(self) -> Plain:
        return markup.read(self.original) if self.is_html else Plain(self.original)

    @cached_property
    def clean(self) -> Plain:
        return normalise.clean(self.plain)


def parts(content: Content) -> list[Readings]:
    """The parts of a content that hold anything."""
    texts = [("title", content.title, False), ("body", content.body, content.is_html)]
    texts += [(f"file:{n}", name, False) for n, name in enumerate(content.file_names)]
    filled = [text for text in texts if text[1]]
    return [Readings(*text, is_first=not n) for n, text in enumerate(filled)]
