"""Writing a calendar file (RFC 5545): stable, the same bytes for the same data, and no line that a title put there."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone
from icalendar.prop import vText

from comms.enums import RESTRICTED, Tlp
from comms.planning.feeds.zones import timezone_text
from comms.planning.sources import CalendarItem

PRODUCT = "-//Cyberweerbaarheidsnetwerk//CWN portaal//NL"
#: When something was changed of which nobody knows: no clock may get into the file, or each reading is a new one.
UNKNOWN = datetime(2026, 1, 1, tzinfo=UTC)
#: Hours between two readings that calendar programs are asked to keep.
HOURS_BETWEEN = 4
#: Letters that mean something to a calendar program or to nobody.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?")


def write_calendar(items: Iterable[CalendarItem], *, name: str, language: str) -> bytes:
    """Write things with a date as a calendar file, in a language.

    Of AMBER and AMBER+STRICT it says only that there is something and where; RED does not get in at all
    (security.md, TLP x channel).
    """
    with translation.override(language):
        events = [_event(item) for item in items if item.label != Tlp.RED]
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(one_line(name)))
    calendar.add("name", vText(one_line(name)))
    calendar.add("refresh-interval", timedelta(hours=HOURS_BETWEEN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText(f"PT{HOURS_BETWEEN}H"))
    for zone in sorted({zone for event in events for zone in _zones_of(event)}):
        calendar.add_component(Timezone.from_ical(timezone_text(zone).decode()))
    for event in sorted(events, key=lambda event: str(event["UID"])):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def one_line(text: str) -> str:
    """Return a text without line ends and control characters, so that it stays one value."""
    return " ".join(_CONTROL.sub(" ", text).split())


def some_lines(text: str) -> str:
    """Return a text of which the line ends are the only control characters."""
    return _CONTROL.sub(" ", _LINE_END.sub("\n", text)).strip()


def _event(item: CalendarItem) -> Event:
    event, changed = Event(), (item.changed_at or UNKNOWN).astimezone(UTC).replace(microsecond=0)
    event.add("uid", vText(one_line(item.uid)))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", item.sequence)
    event.add("summary", vText(_summary(item)))
    _add_time(event, item)
    event.add("url", urljoin(settings.SITE_URL + "/", one_line(item.url).lstrip("/")))
    event.add("status", "CANCELLED" if item.is_cancelled else "TENTATIVE" if item.is_tentative else "CONFIRMED")
    event.add("class", "PUBLIC" if item.label == Tlp.CLEAR else "PRIVATE")
    event.add("transp", "OPAQUE" if isinstance(item.starts, datetime) and item.ends else "TRANSPARENT")
    if item.label not in RESTRICTED:
        if description := some_lines(item.description):
            event.add("description", vText(description))
        if place := one_line(item.place):
            event.add("location", vText(place))
    return event


def _summary(item: CalendarItem) -> str:
    label = Tlp(item.label)
    if label in RESTRICTED:
        return _("%(label)s-bericht") % {"label": label.label}
    title = one_line(item.title)
    return title if label == Tlp.CLEAR else f"{label.label} {title}"


def _add_time(event: Event, item: CalendarItem) -> None:
    """Add begin and end; a last day is the day after it here, and a moment keeps the zone in which it happens."""
    if isinstance(item.starts, datetime):
        event.add("dtstart", in_its_zone(item.starts))
        if isinstance(item.ends, datetime) and item.ends > item.starts:
            event.add("dtend", in_its_zone(item.ends))
        return
    last: date = item.ends if item.ends and not isinstance(item.ends, datetime) else item.starts
    event.add("dtstart", item.starts)
    event.add("dtend", max(last, item.starts) + timedelta(days=1))


def in_its_zone(moment: datetime) -> datetime:
    """Return a moment as a calendar file can tell it.

    A time that the clock skips becomes the one an hour later. A time that comes twice means the first one in a file
    (RFC 5545, 3.3.5), so the second one is told in UTC, as is a moment without a named zone.
    """
    zone: tzinfo | None = moment.tzinfo
    if not isinstance(zone, ZoneInfo) or zone.key in ("UTC", "Etc/UTC"):
        return moment.astimezone(UTC)
    local = moment.astimezone(UTC).astimezone(zone)
    is_second = local.fold == 1
    return local.astimezone(UTC) if is_second else local


def _zones_of(event: Any) -> set[str]:
    zones = (getattr(event[name].dt, "tzinfo", None) for name in ("DTSTART", "DTEND") if name in event)
    return {zone.key for zone in zones if isinstance(zone, ZoneInfo) and zone.key != "UTC"}
