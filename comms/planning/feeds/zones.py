"""Time zones in a calendar file: the rules of a zone as RFC 5545 wants them, from the tables of the machine.

What `icalendar` makes of a zone writes a change one hour late (RFC 5545, 3.6.5: the onset is told in the time before
the change), ends in a few years and comes in another order each time; hence our own.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

#: Years of which the changes are told; where they follow one rule it goes on after the last one.
FIRST_YEAR, LAST_YEAR = 2024, 2037
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_Change = tuple[timedelta, timedelta, str, bool]


@lru_cache(maxsize=64)
def timezone_text(name: str) -> bytes:
    """Return the VTIMEZONE of a zone, ready to be read into a calendar."""
    zone, component = ZoneInfo(name), Timezone()
    component.add("tzid", name)
    changes = defaultdict(list)
    for onset, change in _changes(zone):
        changes[change].append(onset)
    if not changes:
        component.add_component(_part(_constant(zone), [datetime(FIRST_YEAR, 1, 1)]))
    for change, onsets in sorted(changes.items(), key=lambda pair: pair[1][0]):
        component.add_component(_part(change, onsets))
    return bytes(component.to_ical())


def _constant(zone: ZoneInfo) -> _Change:
    moment = datetime(FIRST_YEAR, 1, 1, tzinfo=zone)
    offset = moment.utcoffset() or timedelta()
    return offset, offset, moment.tzname() or "", False


def _changes(zone: ZoneInfo) -> Iterator[tuple[datetime, _Change]]:
    """Yield each change of the clock: when, in the time before it, and from what to what."""
    day = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    while day.year <= LAST_YEAR:
        after = day + timedelta(days=1)
        if _offset(day, zone) != _offset(after, zone):
            moment = _first_moment(day, after, zone)
            old, new = _offset(day, zone), _offset(after, zone)
            local = moment.astimezone(zone)
            onset = (moment + old).replace(tzinfo=None)
            yield onset, (old, new, local.tzname() or "", bool(local.dst()))
        day = after


def _first_moment(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first second with the new offset."""
    old = _offset(before, zone)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        before, after = (middle, after) if _offset(middle, zone) == old else (before, middle)
    return after


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _part(change: _Change, onsets: list[datetime]) -> TimezoneStandard | TimezoneDaylight:
    old, new, name, is_daylight = change
    part = TimezoneDaylight() if is_daylight else TimezoneStandard()
    part.add("dtstart", onsets[0])
    part.add("tzoffsetfrom", old)
    part.add("tzoffsetto", new)
    part.add("tzname", name)
    if rule := _rule(onsets):
        part.add("rrule", rule)
    elif len(onsets) > 1:
        part.add("rdate", onsets[1:])
    return part


def _rule(onsets: list[datetime]) -> vRecur | None:
    """Return "the last Sunday of March, every year" where that is what it is."""
    days = [onset.date() for onset in onsets]
    years_follow = [day.year for day in days] == list(range(days[0].year, LAST_YEAR + 1))
    alike = len({(day.month, day.weekday()) for day in days}) == 1 and len({onset.time() for onset in onsets}) == 1
    if len(days) < 2 or not years_follow or not alike:
        return None
    weekday = WEEKDAYS[days[0].weekday()]
    if all((day + timedelta(days=7)).month != day.month for day in days):
        return vRecur({"freq": "yearly", "bymonth": days[0].month, "byday": f"-1{weekday}"})
    weeks = {_week(day) for day in days}
    return (
        vRecur({"freq": "yearly", "bymonth": days[0].month, "byday": f"{weeks.pop()}{weekday}"})
        if len(weeks) == 1
        else None
    )


def _week(day: date) -> int:
    return (day.day - 1) // 7 + 1
