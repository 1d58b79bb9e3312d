"""Moments at which something must be said; each app registers what its reminders do.

A reminder is a row (`cwn.delivery.models.Reminder`). `cwn.delivery.tasks.run_reminders` calls the function of its kind
in a transaction that also marks the row, so a crash, a double beat or a late start changes nothing: the function
writes rows in the outbox and no more.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from cwn.delivery.models import Reminder

#: Writes what must be sent and returns "", or says why nothing need be said any more.
Announce = Callable[["Reminder"], str]
_kinds: dict[str, Announce] = {}


def reminder_kind(slug: str) -> Callable[[Announce], Announce]:
    """Register the function that says what a reminder of this kind says."""

    def register(announce: Announce) -> Announce:
        _kinds[slug] = announce
        return announce

    return register


def announcer_of(slug: str) -> Announce:
    """Return the function of a kind; raises KeyError when no app knows it."""
    return _kinds[slug]


def local_moment(day: date, at: time, zone: str = "Europe/Amsterdam") -> datetime:
    """Return a time of the clock on the wall as a moment in UTC.

    A time that the change to summer skips becomes the one an hour later; in the night that has an hour twice it is
    the first of the two (security.md H01).
    """
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)
