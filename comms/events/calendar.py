"""Events in calendars: on the pages of the portal, and as files for calendar programs (R98)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from comms.enums import RESTRICTED
from comms.events.enums import EventStatus
from comms.events.models import Event
from comms.planning.sources import CalendarItem, calendar_source


@calendar_source
def events_between(user: Any, first: date, last: date) -> Iterator[CalendarItem]:
    """Name the events of those days that a reader may know of."""
    zone = timezone.get_current_timezone()
    begin = datetime.combine(first, time.min, tzinfo=zone)
    end = datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone)
    return (item_of(event) for event in Event.objects.visible_to(user).between(begin, end))


def item_of(event: Event, *, place: str = "") -> CalendarItem:
    """Return an event as it stands in a calendar; `place` is the precise one, for who registered.

    Of AMBER and stricter the item says no more than title and place on the portal (TLP x channel).
    """
    return CalendarItem(
        uid=f"event-{event.uid}@cwn",
        kind="bijeenkomst",
        title=event.title,
        starts=event.starts_there,
        ends=event.ends_there,
        url=event.get_absolute_url(),
        sequence=event.sequence,
        changed_at=event.updated_at,
        description="" if event.tlp in RESTRICTED else event.summary,
        place=place or ("" if event.tlp in RESTRICTED else event.place),
        is_cancelled=event.status == EventStatus.CANCELLED,
        is_tentative=event.status == EventStatus.DRAFT,
        status=str(EventStatus(event.status).label),
        tone=EventStatus(event.status).tone,
        label=event.tlp,
        functions=frozenset(event.functions),
        organisations=frozenset({event.owner_id}),
        campaign=event.campaign_id,
    )


def full_place(event: Event) -> str:
    """Return where somebody who registered must be."""
    return ", ".join(part for part in (event.place, event.address, event.online_address) if part)
