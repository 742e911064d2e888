"""What a stage says it has found, before it becomes a finding of a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from .plain import Plain
from .types import Severity, Span


@dataclass(frozen=True, slots=True)
class Hit:
    """One place in one part of the content. The fields mean what they mean in
    :class:`~.types.Finding`; ``spans`` are in the original part, and empty where
    the whole part is meant."""

    spans: tuple[Span, ...]
    kind: str
    read_as: str = ""
    disguised: bool = False
    secret: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None  # None: the rule's


class Reader(Protocol):
    """One part of the content, in the readings that stages ask for.

    A stage is a module with ``compile(rule) -> compiled``, which raises
    :class:`~.types.RuleError`, and ``find(reader, compiled, author, space)``, which
    yields :class:`Hit`.
    """

    part: str  # "title", "body" or "file:0"
    original: str  # as the author sent it
    is_html: bool
    notes: dict[str, Any]  # what one stage worked out and another asks for again
    is_first: bool  # of the content's parts, for what is said of a content once

    @property
    def plain(self) -> Plain:
        """Without markup, entities resolved, everything else as it was."""

    @property
    def clean(self) -> Plain:
        """NFKC, without invisible characters, digits of every script as 0-9; upper
        and lower case are kept."""
