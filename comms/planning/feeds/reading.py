"""Reading a calendar file that somebody brings: nothing in it is believed, expanded or followed.

A file is refused as a whole when it is too large, too deep or no calendar; a single event that this portal cannot
keep is left out with the reason. Rules of repetition and time zones of the file are never worked out: a rule of a
few letters can stand for more dates than a machine can hold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from comms.planning.feeds.writing import one_line, some_lines

MOST_BYTES = 512 * 1024
MOST_LINES = 20_000
MOST_EVENTS = 300
MOST_DEPTH = 3
#: The zone of a time that names none, or one that nobody knows.
OUR_ZONE = ZoneInfo("Europe/Amsterdam")
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2045, 1, 1)
_BORDER = re.compile(r"^(BEGIN|END):\s*([A-Z-]+)\s*$", re.IGNORECASE)
_ZONE = re.compile(r';TZID=("[^"]*"|[^;:"]*)', re.IGNORECASE)


class CalendarFileError(ValueError):
    """The file is refused; the message says why, in one sentence for the reader."""


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event of a file, as this portal could keep it; or why not."""

    uid: str
    title: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    is_all_day: bool = False
    zone: str = OUR_ZONE.key
    description: str = ""
    sequence: int = 0
    problem: str = ""


def read_calendar(content: bytes) -> list[FoundEvent]:
    """Return the events of a calendar file, in order of time; raises `CalendarFileError` when it is refused."""
    text = "\r\n".join(_without_zones(_lines(content))) + "\r\n"
    try:
        calendar = Calendar.from_ical(text)
        events = [part for part in calendar.walk("VEVENT") if isinstance(part, Event)]
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError) as broken:
        raise CalendarFileError(_("Dit bestand kunnen wij niet lezen als agenda.")) from broken
    if len(events) > MOST_EVENTS:
        raise CalendarFileError(
            _("In dit bestand staan meer dan %(number)d afspraken. Deel het op.") % {"number": MOST_EVENTS}
        )
    found = {one.uid: one for one in map(_found, events)}  # of two with one uid the last one counts
    return sorted(found.values(), key=lambda one: (one.starts or datetime.max.replace(tzinfo=UTC), one.uid))


def _lines(content: bytes) -> list[str]:
    """Return the unfolded lines; refuses what is too large or no text."""
    if len(content) > MOST_BYTES:
        raise CalendarFileError(_("Het bestand is te groot. Het mag hoogstens 512 kB zijn."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise CalendarFileError(_("Dit bestand kunnen wij niet lezen als agenda.")) from broken
    lines = re.sub(r"\r?\n[ \t]", "", text).splitlines()
    lines = [line for line in lines if line.strip()]
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise CalendarFileError(_("Dit is geen agendabestand. Kies een bestand dat eindigt op .ics."))
    if len(lines) > MOST_LINES:
        raise CalendarFileError(_("Het bestand is te groot. Het mag hoogstens 512 kB zijn."))
    return lines


def _without_zones(lines: list[str]) -> Iterator[str]:
    """Yield the lines outside VTIMEZONE; refuses what is nested too deep or does not close."""
    open_parts: list[str] = []
    for line in lines:
        border = _BORDER.match(line)
        inside_zone = "VTIMEZONE" in open_parts
        if border and border[1].upper() == "BEGIN":
            open_parts.append(border[2].upper())
        elif border and (not open_parts or open_parts.pop() != border[2].upper()):
            raise CalendarFileError(_("Dit bestand kunnen wij niet lezen als agenda."))
        if len(open_parts) > MOST_DEPTH:
            raise CalendarFileError(_("Dit bestand zit te ingewikkeld in elkaar om te lezen."))
        if not inside_zone and "VTIMEZONE" not in open_parts:
            yield _ZONE.sub(_known_zone, line)
    if open_parts:
        raise CalendarFileError(_("Het bestand is niet compleet. Haal het opnieuw op."))


def _known_zone(parameter: re.Match[str]) -> str:
    """Return the zone of a line, or nothing where it is no name that this machine knows: such a time is ours."""
    return parameter[0] if parameter[1].strip('"') in available_timezones() else ""


def _found(event: Any) -> FoundEvent:
    """Return an event as it could be kept; its values can be of any type that its writer chose."""
    try:
        return _kept(event)
    except (ValueError, KeyError, AttributeError, TypeError, OverflowError):
        return FoundEvent(uid=one_line(str(event.get("UID", "")))[:200], problem=_("De datum is niet te lezen."))


def _kept(event: Any) -> FoundEvent:
    uid, title = one_line(str(event.get("UID", "")))[:200], one_line(str(event.get("SUMMARY", "")))[:200]
    start = event["DTSTART"].dt
    is_all_day = not isinstance(start, datetime)
    zone = _zone_of(event)
    starts, ends = _moment(start, zone), _end(event, zone)
    return FoundEvent(
        uid=uid,
        title=title,
        starts=starts,
        ends=ends if ends and ends > starts else None,
        is_all_day=is_all_day,
        zone=zone.key,
        description=some_lines(str(event.get("DESCRIPTION", "")))[:4000],
        sequence=max(0, min(int(event.get("SEQUENCE", 0)), 2**31 - 1)),
        problem=_problem(event, uid, title, starts),
    )


def _problem(event: Any, uid: str, title: str, starts: datetime) -> str:
    if not uid:
        return _("Er staat geen kenmerk (UID) bij. Zonder kenmerk weten wij niet of dit al in de kalender staat.")
    if not title:
        return _("Er staat geen titel bij.")
    if any(name in event for name in ("RRULE", "RDATE", "EXRULE")):
        return _("Deze afspraak herhaalt zich. Zet de keren die u nodig hebt er zelf in.")
    if not FIRST_DAY <= starts.date() <= LAST_DAY:
        return _("De datum ligt te ver weg.")
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return _("Deze afspraak is afgezegd.")
    return ""


def _zone_of(event: Any) -> ZoneInfo:
    """Return the zone in which an event happens; ours for a time in UTC, and for a day."""
    zone = getattr(event["DTSTART"].dt, "tzinfo", None)
    return zone if isinstance(zone, ZoneInfo) and zone.key != "UTC" else OUR_ZONE


def _moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    """Return a moment; a day begins at midnight where it happens."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time.min, tzinfo=zone)
    return value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)


def _end(event: Any, zone: ZoneInfo) -> datetime | None:
    """Return the end; that of a day is its last moment, because the file names the day after it."""
    if "DTEND" not in event:
        return None
    value = event["DTEND"].dt
    end = _moment(value, zone)
    return end if isinstance(value, datetime) else end - timedelta(minutes=1)
