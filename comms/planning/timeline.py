"""The schedule of a campaign as a small drawing and as a list that says the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from comms.planning.enums import EntryStatus
from comms.planning.models import CalendarEntry, Campaign

#: Width of the drawing in its own units, and the margin left and right for the marks.
WIDTH, MARGIN = 1000, 12


@dataclass(frozen=True, slots=True)
class Mark:
    """One planned item on the line."""

    entry: CalendarEntry
    status: EntryStatus
    x: int
    """From 0 to `WIDTH`."""
    is_outside: bool
    """Whether it lies before the first or after the last day of the campaign."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The marks in order of time, and where today lies."""

    marks: list[Mark]
    today: int | None

    def __bool__(self) -> bool:
        return bool(self.marks)


def schedule_of(campaign: Campaign, entries: Iterable[CalendarEntry]) -> Schedule:
    """Place items on the line from the first to the last day of a campaign."""
    marks = [_mark(campaign, entry) for entry in entries]
    today = timezone.localdate()
    runs = campaign.starts_on <= today <= campaign.ends_on
    return Schedule(marks, _place(campaign, today) if runs else None)


def _mark(campaign: Campaign, entry: CalendarEntry) -> Mark:
    day = timezone.localdate(entry.starts_at)
    outside = not campaign.starts_on <= day <= campaign.ends_on
    return Mark(entry, EntryStatus(entry.status), _place(campaign, day), outside)


def _place(campaign: Any, day: date) -> int:
    days = max((campaign.ends_on - campaign.starts_on).days, 1)
    share = min(max((day - campaign.starts_on).days / days, 0), 1)
    return round(MARGIN + share * (WIDTH - 2 * MARGIN))
