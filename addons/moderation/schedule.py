"""When a rule holds: plain Python, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Hours:
    """One line of a working calendar: ``weekday`` 0 is Monday, hours are local."""

    weekday: int
    start: float
    end: float
    week: int | None = None  # 0 or 1 where the calendar has two weeks


@dataclass(frozen=True)
class Schedule:
    """Moments are UTC and naive. ``outside`` turns the calendar round: evenings,
    weekends and holidays."""

    start: datetime | None = None
    end: datetime | None = None
    hours: Sequence[Hours] | None = None  # None: at any hour
    holidays: Sequence[tuple[datetime, datetime]] = ()
    zone: str = "UTC"
    outside: bool = False

    def holds(self, now: datetime) -> bool:
        """Whether the rule is in force at this moment."""
        if (self.start and now < self.start) or (self.end and now >= self.end):
            return False
        return self.hours is None or self._at_work(now) != self.outside

    def _at_work(self, now: datetime) -> bool:
        if any(first <= now <= last for first, last in self.holidays):
            return False
        local = now.replace(tzinfo=UTC).astimezone(ZoneInfo(self.zone))
        hour = local.hour + local.minute / 60 + local.second / 3600
        week = (local.toordinal() - 1) // 7 % 2  # as resource.calendar counts
        return any(
            line.weekday == local.weekday()
            and line.week in (None, week)
            and line.start <= hour < line.end
            for line in self.hours or ()
        )
