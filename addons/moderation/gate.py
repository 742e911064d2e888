"""What follows from what the engine found: plain Python, no database.

The engine says where which rule applies; the rules' administrators say at whom a
rule is aimed and what is done. A verdict is the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .engine.types import Finding

# From the mildest to the strictest, as in ``moderation.rule.action``.
LADDER = ("allow", "notify", "outreach", "mask", "coach", "hold", "block")


@dataclass(frozen=True)
class RuleFacts:
    """What the gate has to know of a rule without asking the database."""

    id: int
    action: str
    disguised_action: str
    insist: str  # "no", "hold" or "publish"
    category_id: int
    advice: Mapping[str, str] = field(default_factory=dict)  # by language code

    def action_for(self, finding: Finding) -> str:
        if finding.disguised and self.disguised_action:
            return self.disguised_action
        return self.action


@dataclass(frozen=True)
class Verdict:
    """What is to be done with one content.

    ``pairs``: each finding with the rule that it belongs to.
    """

    pairs: Sequence[tuple[Finding, RuleFacts]] = ()
    insisted: bool = False

    @property
    def findings(self) -> list[Finding]:
        return [finding for finding, _rule in self.pairs]

    @property
    def action(self) -> str:
        """The strictest of what the rules ask for. An author who was told what to
        change and insists gets what the coaching rules allow."""
        return max(self._actions(), key=LADDER.index, default="allow")

    def _actions(self) -> Iterable[str]:
        for finding, rule in self.pairs:
            action = rule.action_for(finding)
            if action == "coach" and self.insisted:
                action = {"no": "coach", "hold": "hold", "publish": "notify"}[
                    rule.insist
                ]
            yield action

    def of(self, *actions: str) -> list[Finding]:
        """The findings for which one of these actions is asked."""
        return [f for f, rule in self.pairs if rule.action_for(f) in actions]

    @property
    def may_insist(self) -> bool:
        """Whether insisting leads anywhere."""
        return self.action == "coach" and all(
            rule.insist != "no"
            for finding, rule in self.pairs
            if rule.action_for(finding) == "coach"
        )

    @property
    def worst(self) -> Finding | None:
        return max(self.findings, key=lambda f: f.severity, default=None)

    @property
    def category_id(self) -> int:
        worst = self.worst
        return next((r.category_id for f, r in self.pairs if f is worst), 0)

    @property
    def can_mask(self) -> bool:
        """Whether all that stands in the way can be masked by the author."""
        return all(f.spans and f.part in ("title", "body") for f in self.of("coach"))

    def finding_values(self) -> list[dict]:
        """Values of ``moderation.finding``, one for each."""
        return [
            {
                "rule_id": rule.id,
                "category_id": rule.category_id,
                "severity": str(int(finding.severity)),
                "kind": finding.kind,
                "part": finding.part,
                "start": finding.start,
                "spans": [list(span) for span in finding.spans],
                "read_as": finding.read_as,
                "disguised": finding.disguised,
                "secret": finding.secret,
                "facts": dict(finding.facts),
            }
            for finding, rule in self.pairs
        ]
