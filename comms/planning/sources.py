"""What stands in calendars: each app names its dated things, the calendar pages and the calendar files show them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """Something with a date, as a reader may see it now."""

    uid: str
    """Stays the same for ever, and in every file: "entry-<uuid>@cwn"."""
    kind: str
    """Slug of the kind: "item", "mijlpaal", "moment", "bijeenkomst", "publicatie", "nieuwsbrief", "campagne"."""
    title: str
    starts: datetime | date
    """A moment with its own time zone, or a day."""
    ends: datetime | date | None
    """For days the last one, inclusive; None for a moment without length."""
    url: str
    """Path of its page on the portal."""
    sequence: int = 0
    changed_at: datetime | None = None
    description: str = ""
    place: str = ""
    is_cancelled: bool = False
    is_tentative: bool = False
    status: str = ""
    """Words for a badge, in the language of the page."""
    tone: str = "neutral"
    label: str = "clear"
    """TLP label; the calendar file of AMBER says no more than that there is something (TLP x channel)."""
    functions: frozenset[str] = field(default_factory=frozenset)
    organisations: frozenset[int] = field(default_factory=frozenset)
    campaign: int | None = None


#: (reader, first day, last day inclusive) → what he or she may see that touches those days.
CalendarSource = Callable[[Any, date, date], Iterable[CalendarItem]]
_sources: list[CalendarSource] = []


def calendar_source(source: CalendarSource) -> CalendarSource:
    """Register a function that names dated things; it asks `visible_to(user)` itself."""
    _sources.append(source)
    return source


def items_between(user: Any, first: date, last: date) -> list[CalendarItem]:
    """Return everything dated that a reader may see in those days, in order of time."""
    items = [item for source in _sources for item in source(user, first, last)]
    return sorted(items, key=_when)


def _when(item: CalendarItem) -> tuple[date, float, str]:
    """Return what puts items in order: the day on the clocks of the page, whole days first, then the moment."""
    if isinstance(item.starts, datetime):
        return timezone.localtime(item.starts).date(), item.starts.timestamp(), item.uid
    return item.starts, float("-inf"), item.uid
