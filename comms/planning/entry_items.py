"""What the calendar shows of items, and of publications that go out or went out (R86)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.enums import ISSUED, PublicationStatus, Tlp
from comms.models import Publication
from comms.planning.enums import EntryStatus
from comms.planning.models import CalendarEntry
from comms.planning.sources import CalendarItem, calendar_source

ENTRY, PUBLICATION = "item", "publicatie"
#: Items of these are not sure yet, so a calendar program shows them as tentative.
NOT_SURE = (EntryStatus.IDEA, EntryStatus.CONCEPT, EntryStatus.REVIEW)


def day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the moments between which days lie on the clocks of the page."""
    zone = timezone.get_current_timezone()
    return (
        datetime.combine(first, time(), tzinfo=zone),
        datetime.combine(last + timedelta(days=1), time(), tzinfo=zone),
    )


@calendar_source
def planned_items(user: Any, first: date, last: date) -> Iterator[CalendarItem]:
    """Name the items that somebody may know of."""
    start, end = day_bounds(first, last)
    rows = CalendarEntry.objects.visible_to(user).between(start - timedelta(days=1), end + timedelta(days=1))
    for entry in rows.order_by("starts_at", "pk"):
        item = item_of(entry)
        begins, ends = days_of(item)
        if begins <= last and ends >= first:
            yield item


def item_of(entry: CalendarEntry) -> CalendarItem:
    """Return an item as calendars show it."""
    zone = ZoneInfo(entry.time_zone)
    starts = entry.starts_at.astimezone(zone)
    ends = entry.ends_at.astimezone(zone) if entry.ends_at else None
    status = EntryStatus(entry.status)
    return CalendarItem(
        uid=f"entry-{entry.uid}@cwn",
        kind=ENTRY,
        title=entry.title,
        starts=starts.date() if entry.is_all_day else starts,
        ends=(ends or starts).date() if entry.is_all_day else ends,
        url=entry.get_absolute_url(),
        sequence=entry.sequence,
        changed_at=entry.updated_at,
        description=entry.message or entry.content,
        is_tentative=status in NOT_SURE,
        status=str(status.label),
        tone=status.tone,
        label=entry.tlp,
        functions=frozenset(entry.functions),
        organisations=frozenset({entry.owner_id}),
        campaign=entry.campaign_id,
    )


@calendar_source
def publications(user: Any, first: date, last: date) -> Iterator[CalendarItem]:
    """Name what is scheduled or was published, unless an item stands for it already; RED is in no calendar."""
    start, end = day_bounds(first, last)
    between = {"gte": start, "lt": end}
    scheduled = Q(status=PublicationStatus.SCHEDULED, **{f"publish_at__{key}": at for key, at in between.items()})
    issued = Q(status__in=ISSUED, **{f"published_at__{key}": at for key, at in between.items()})
    rows = Publication.objects.visible_to(user).exclude(tlp=Tlp.RED).filter(scheduled | issued)
    planned = CalendarEntry.objects.visible_to(user).filter(publication__isnull=False)
    for row in rows.exclude(pk__in=planned.values("publication")).order_by("pk"):
        yield CalendarItem(
            uid=f"publication-{row.pk}@cwn",
            kind=PUBLICATION,
            title=row.title,
            starts=((row.publish_at if row.status == PublicationStatus.SCHEDULED else row.published_at) or start),
            ends=None,
            url=row.get_absolute_url(),
            sequence=row.version,
            changed_at=row.updated_at,
            description=row.summary if row.tlp in (Tlp.CLEAR, Tlp.GREEN) else "",
            is_cancelled=row.status == PublicationStatus.WITHDRAWN,
            is_tentative=row.status == PublicationStatus.SCHEDULED,
            status=str(row.get_status_display()),
            tone="success" if row.status == PublicationStatus.PUBLISHED else "info",
            label=row.tlp,
            functions=frozenset(row.functions),
            organisations=frozenset({row.owner_id}),
        )


def local_day(moment: datetime | date) -> date:
    """Return the day on the clocks of the page."""
    if isinstance(moment, datetime):
        return moment.astimezone(timezone.get_current_timezone()).date()
    return moment


def days_of(item: CalendarItem) -> tuple[date, date]:
    """Return the first and the last day on which an item stands on the page."""
    last = item.ends
    if isinstance(last, datetime) and last.astimezone(UTC) > item.starts.astimezone(UTC):  # type: ignore[union-attr]
        last = last - timedelta(microseconds=1)  # what ends at midnight does not touch the next day
    return local_day(item.starts), local_day(last) if last else local_day(item.starts)


def kinds() -> dict[str, str]:
    """Return the kinds of things in the calendar, in words."""
    return {
        ENTRY: _("Item"),
        "mijlpaal": _("Mijlpaal"),
        "moment": _("Belangrijk moment"),
        "bijeenkomst": _("Bijeenkomst"),
        PUBLICATION: _("Publicatie"),
        "nieuwsbrief": _("Nieuwsbrief"),
        "campagne": _("Campagne"),
        "werkgroep": _("Sessie van de werkgroep"),
    }
