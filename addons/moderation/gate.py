"""What follows from what the engine found: plain Python, no database.

The engine says where which rule applies; the rules' administrators say at whom a
rule is aimed and what is done. A verdict is the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .engine.types import Finding
from .schedule import Schedule

# What becomes of coaching when the author wants to send it all the same.
INSISTED = {"no": "coach", "hold": "hold", "publish": "notify"}
# From the mildest to the strictest, as in ``moderation.rule.action``.
LADDER = ("allow", "notify", "outreach", "mask", "coach", "hold", "block")


# In a context: an object of this process, which nobody can send over RPC. For the
# gate's own writing, and for what came over a channel: that has been sent, so it is
# marked for triage and never held up.
PASS = object()


@dataclass(frozen=True)
class Audience:
    """Who wrote a text, as far as rules tell people apart."""

    internal: bool = False
    new: bool = False
    company_id: int = 0  # res.partner, the commercial one
    tag_ids: frozenset[int] = frozenset()
    now: datetime | None = None  # UTC, naive


@dataclass(frozen=True)
class RuleFacts:
    """What the gate has to know of a rule without asking the database."""

    id: int
    action: str
    disguised_action: str
    insist: str  # "no", "hold" or "publish"
    category_id: int
    audience: str = "everybody"  # "external", "new" or "internal"
    exempt_staff: bool = False
    company_ids: frozenset[int] = frozenset()  # res.partner; with the tags: who is
    tag_ids: frozenset[int] = frozenset()  # meant, or everybody if both are empty
    schedule: Schedule | None = None  # None: always
    advice: Mapping[str, str] = field(default_factory=dict)  # by language code

    def applies(self, who: Audience) -> bool:
        """Whether the rule is aimed at this author, now."""
        if self.schedule and who.now and not self.schedule.holds(who.now):
            return False
        return self._is_meant(who) and self._in_group(who)

    def _is_meant(self, who: Audience) -> bool:
        if not self.company_ids and not self.tag_ids:
            return True
        return who.company_id in self.company_ids or bool(who.tag_ids & self.tag_ids)

    def _in_group(self, who: Audience) -> bool:
        if who.internal:
            return self.audience in ("everybody", "internal") and not self.exempt_staff
        return self.audience in ("everybody", "external") or (
            self.audience == "new" and who.new
        )

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
    sanction: str = ""  # "hold" or "block": what the author's sanction asks for
    sentence: str = ""  # of the sanction, for the author

    @property
    def findings(self) -> list[Finding]:
        return [finding for finding, _rule in self.pairs]

    @property
    def action(self) -> str:
        """The strictest of what the rules ask for. An author who was told what to
        change and insists gets what the coaching rules allow."""
        actions = [self._action(finding, rule) for finding, rule in self.pairs]
        return max([self.sanction or "allow", *actions], key=LADDER.index)

    def _action(self, finding: Finding, rule: RuleFacts) -> str:
        action = rule.action_for(finding)
        return INSISTED[rule.insist] if action == "coach" and self.insisted else action

    def of(self, *actions: str) -> list[Finding]:
        """The findings for which one of these actions is asked."""
        return [f for f, rule in self.pairs if self._action(f, rule) in actions]

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
